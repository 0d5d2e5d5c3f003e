--- `:Wf run|dry-run|trace|history|cancel`.
local M = {}

local function target(workflow)
  return { uri = vim.uri_from_bufnr(require('wf.scratch').source() or 0), workflow = workflow }
end

local subcommands = {
  ['run'] = function(name)
    require('wf.runs').run(target(name))
  end,
  ['dry-run'] = function(name)
    require('wf.runs').dry_run(target(name))
  end,
  ['trace'] = function(id)
    require('wf.runs').trace(target(), id)
  end,
  ['history'] = function()
    require('wf.runs').history(target())
  end,
  ['cancel'] = function()
    require('wf.runs').cancel()
  end,
}

--- Runs a subcommand; `arguments` as the user wrote them.
---@param arguments string[]
function M.run(arguments)
  local act = subcommands[arguments[1]]
  if act then
    act(arguments[2])
  else
    local names = table.concat(M.complete('', 'Wf '), ', ')
    vim.notify(('wf: there is no subcommand %q; there are %s'):format(arguments[1], names), vim.log.levels.ERROR)
  end
end

local function workflow_names()
  local names = {}
  for _, symbol in ipairs(require('wf.server').symbols(vim.api.nvim_get_current_buf())) do
    if symbol.detail == 'Workflow' then
      names[#names + 1] = symbol.name
    end
  end
  return names
end

--- The words that can stand at the cursor.
---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  local words = vim.split(vim.trim(line), '%s+')
  local in_first = #words == 1 or (#words == 2 and lead ~= '')
  local choices = {}
  if in_first then
    choices = vim.tbl_keys(subcommands)
  elseif words[2] == 'run' or words[2] == 'dry-run' then
    choices = workflow_names()
  end
  table.sort(choices)
  return vim.tbl_filter(function(choice)
    return vim.startswith(choice, lead)
  end, choices)
end

return M
