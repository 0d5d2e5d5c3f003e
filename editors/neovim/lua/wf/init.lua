--- Workflows in Neovim: `require('wf').setup{}`; `:help wf`.
local M = {}

---@class wf.Options
---@field cmd? string[] the server's command line without `lsp --stdio`; default: `.venv/bin/wf` above the file, else `wf`
---@field trusted? boolean whether workflows of these files may be run; default: the server asks before the first run

---@type wf.Options
M.options = {}

--- Starts the server for workflow files, now and when they are opened.
---@param options? wf.Options
function M.setup(options)
  M.options = options or {}
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.enable('wf')
  else
    require('wf.server').attach_by_autocmd()
  end
end

return M
