--- `:checkhealth wf`.
local M = {}

local function check_neovim()
  local version = tostring(vim.version())
  if vim.fn.has('nvim-0.11') == 1 then
    vim.health.ok('Neovim ' .. version)
  elseif vim.fn.has('nvim-0.10') == 1 then
    vim.health.ok('Neovim ' .. version .. " (0.11 has vim.lsp.enable; here require('wf').setup{} starts the server)")
  else
    vim.health.error('Neovim ' .. version .. ' is too old', 'Install Neovim 0.10 or later')
  end
end

-- The health buffer is the current one; what is asked about is the file that was edited before.
local function edited_root()
  local server = require('wf.server')
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.list_contains(server.filetypes, vim.bo[buffer].filetype) then
      return server.root(buffer)
    end
  end
  return vim.fn.getcwd()
end

local function check_program()
  local command = require('wf.server').command(edited_root())
  if vim.fn.executable(command[1]) ~= 1 then
    vim.health.error(('the program %q was not found'):format(command[1]), {
      "Install it in the project's .venv or on the PATH: pip install wf",
      "Or say where it is: require('wf').setup{ cmd = { '/path/to/wf' } }",
    })
    return
  end
  vim.health.ok('server: ' .. table.concat(command, ' '))
  local answer = vim.fn.system({ command[1], '--version' })
  if vim.v.shell_error == 0 then
    vim.health.ok('version: ' .. vim.trim(answer))
  else
    vim.health.warn(command[1] .. ' --version failed: ' .. vim.trim(answer))
  end
end

local function check_client()
  local clients = vim.lsp.get_clients({ name = 'wf' })
  for _, client in ipairs(clients) do
    vim.health.ok(('running for %d buffer(s), root %s'):format(vim.tbl_count(client.attached_buffers), client.root_dir or 'none'))
  end
  if #clients == 0 then
    vim.health.info("not running: open a workflow file after require('wf').setup{} or vim.lsp.enable('wf')")
  end
end

function M.check()
  vim.health.start('wf')
  check_neovim()
  check_program()
  check_client()
end

return M
