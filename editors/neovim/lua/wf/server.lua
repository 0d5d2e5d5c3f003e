--- The language server: which program it is, and how Neovim starts it.
local M = {}

M.filetypes = { 'yaml.workflow', 'yaml' }
M.root_markers = { 'wf.toml', '.git' }

--- The command line of the server for files under `root`: the one of setup(), that of the project's .venv, or `wf`.
---@param root? string
---@return string[]
function M.command(root)
  local options = require('wf').options
  local program = options.cmd or M.project_command(root) or { 'wf' }
  return vim.list_extend(vim.list_extend({}, program), { 'lsp', '--stdio' })
end

--- `wf` of the nearest .venv at or above `root`; nil without one, or when setup() said that files are not trusted.
---@param root? string
---@return string[]?
function M.project_command(root)
  if not root or require('wf').options.trusted == false then
    return nil
  end
  local folder = root
  while folder do
    local program = vim.fs.joinpath(folder, '.venv', 'bin', 'wf')
    if vim.fn.executable(program) == 1 then
      return { program }
    end
    local parent = vim.fs.dirname(folder)
    folder = parent ~= folder and parent or nil
  end
  return nil
end

--- The root of a buffer's file: the nearest folder up with a marker, else the file's own.
---@param buffer integer
---@return string
function M.root(buffer)
  return vim.fs.root(buffer, M.root_markers) or vim.fs.dirname(vim.api.nvim_buf_get_name(buffer))
end

--- The client configuration, as `vim.lsp.config` and `vim.lsp.start` take it.
function M.config()
  local runs = require('wf.runs')
  return {
    name = 'wf',
    cmd = function(dispatchers, config)
      local command = M.command(config and config.root_dir or M.root(0))
      if vim.fn.executable(command[1]) ~= 1 then
        error(('wf: the program %q was not found; see :checkhealth wf'):format(command[1]), 0)
      end
      return vim.lsp.rpc.start(command, dispatchers, { cwd = config and config.root_dir })
    end,
    filetypes = M.filetypes,
    root_markers = M.root_markers,
    get_language_id = function(_, filetype)
      return filetype == 'yaml.workflow' and 'workflow' or filetype
    end,
    init_options = { trusted = require('wf').options.trusted },
    commands = {
      ['wf.run'] = function(command)
        runs.run(command.arguments[1])
      end,
      ['wf.dryRun'] = function(command)
        runs.dry_run(command.arguments[1])
      end,
    },
    handlers = {
      ['wf/event'] = function(_, notification)
        runs.on_event(notification)
      end,
    },
  }
end

--- Neovim 0.10, which has no vim.lsp.enable: starts the server when a file of ours is opened.
function M.attach_by_autocmd()
  local function attach(buffer)
    local config = M.config()
    config.root_dir = M.root(buffer)
    vim.lsp.start(config, { bufnr = buffer })
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('wf.server', {}),
    pattern = M.filetypes,
    callback = function(event)
      attach(event.buf)
    end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.list_contains(M.filetypes, vim.bo[buffer].filetype) then
      attach(buffer)
    end
  end
end

--- The running client of a buffer, or of any buffer.
---@param buffer? integer
function M.client(buffer)
  return vim.lsp.get_clients({ name = 'wf', bufnr = buffer })[1] or vim.lsp.get_clients({ name = 'wf' })[1]
end

--- The symbols of a buffer: its documents, with their steps below them; none when the server does not answer soon.
---@param buffer integer
---@return table[]
function M.symbols(buffer)
  local client = M.client(buffer)
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) } }
  local method = 'textDocument/documentSymbol'
  local answer
  if client and vim.fn.has('nvim-0.11') == 1 then
    answer = client:request_sync(method, params, 2000, buffer)
  elseif client then
    answer = client.request_sync(method, params, 2000, buffer)
  end
  return answer and answer.result or {}
end

--- Asks the server to run a command; `callback` gets what it answers. A failure is told to the user.
---@param command string
---@param argument table
---@param callback fun(answer: any)
function M.execute(command, argument, callback)
  local client = M.client()
  if not client then
    vim.notify('wf: the workflow server is not running here; see :checkhealth wf', vim.log.levels.WARN)
    return
  end
  local function answered(failure, answer)
    if failure then
      vim.notify('wf: ' .. failure.message, vim.log.levels.ERROR)
    else
      callback(answer)
    end
  end
  local params = { command = command, arguments = { argument } }
  if vim.fn.has('nvim-0.11') == 1 then
    client:request('workspace/executeCommand', params, answered)
  else
    client.request('workspace/executeCommand', params, answered)
  end
end

return M
