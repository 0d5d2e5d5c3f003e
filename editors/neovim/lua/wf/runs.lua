--- Running and dry-running: asks for what the server says is missing, shows what it answers.
local server = require('wf.server')

local M = {}

---@class wf.Target what to run: a workflow of a file
---@field uri string
---@field workflow? string
---@field input? table
---@field mode? string

--- The execution of this session that runs or ran last, by what its events say: `{ id, uri, running, inputs }`.
M.watched = nil

local function present(value)
  return value ~= nil and value ~= vim.NIL
end

local function refusal(answer)
  return type(answer) == 'table' and not present(answer.executionId) and type(answer.error) == 'table' and answer.error or nil
end

local function tell(failure)
  local hint = present(failure.hint) and (' ' .. failure.hint) or ''
  vim.notify('wf: ' .. failure.message .. hint, vim.log.levels.ERROR)
end

local function ask_input(answer, continue)
  local example = present(answer.example) and answer.example or vim.empty_dict()
  vim.ui.input({ prompt = ('Input of %s as JSON: '):format(answer.workflow), default = vim.json.encode(example) }, function(text)
    if not text then
      return
    end
    local ok, input = pcall(vim.json.decode, text)
    if ok then
      continue(input)
    else
      vim.notify('wf: this is no JSON: ' .. text, vim.log.levels.ERROR)
    end
  end)
end

--- Calls the command, and once more with the user's input if the server wants one.
local function ask(command, target, show)
  server.execute(command, target, function(answer)
    if type(answer) == 'table' and answer.needsInput == true then
      ask_input(answer, function(input)
        ask(command, vim.tbl_extend('force', target, { input = input }), show)
      end)
    elseif refusal(answer) then
      tell(refusal(answer))
    elseif present(answer) then
      show(answer)
    end
  end)
end

--- Runs the workflow and opens its trace.
---@param target wf.Target
function M.run(target)
  ask('wf.run', vim.tbl_extend('force', target, { mode = 'live' }), function(execution)
    local watched = M.watched and M.watched.id == execution.executionId and M.watched.inputs or nil
    server.execute('wf.trace', { executionId = execution.executionId, uri = target.uri }, function(trace)
      if present(trace) and not refusal(trace) then
        require('wf.trace').open(target, trace, execution, watched)
      end
    end)
  end)
end

--- Shows the plan and what the templates will be, without a request.
---@param target wf.Target
function M.dry_run(target)
  ask('wf.dryRun', target, function(answer)
    require('wf.plan').open(target, answer)
  end)
end

--- Opens the trace of an execution; of the file's last one without an id.
---@param target wf.Target
---@param id? string
function M.trace(target, id)
  server.execute('wf.trace', { uri = target.uri, executionId = id }, function(trace)
    if not present(trace) then
      vim.notify('wf: no workflow of this file has been run yet')
    elseif refusal(trace) then
      tell(refusal(trace))
    else
      require('wf.trace').open(target, trace)
    end
  end)
end

--- Lists earlier executions to choose one from, and opens its trace.
---@param target wf.Target
function M.history(target)
  server.execute('wf.history', { uri = target.uri }, function(answer)
    if refusal(answer) then
      return tell(refusal(answer))
    end
    local executions = present(answer) and (answer.executions or answer) or {}
    if #executions == 0 then
      return vim.notify('wf: nothing has been run yet')
    end
    vim.ui.select(executions, {
      prompt = 'Executions',
      format_item = function(one)
        return ('%s  %s  %s  %s'):format(one.startedAt, one.workflowName, one.status, one.executionId)
      end,
    }, function(one)
      if one then
        M.trace(target, one.executionId)
      end
    end)
  end)
end

--- Cancels the execution that runs now.
function M.cancel()
  if not (M.watched and M.watched.running) then
    return vim.notify('wf: nothing is running')
  end
  server.execute('wf.cancel', { executionId = M.watched.id, uri = M.watched.uri }, function() end)
end

--- Takes in one `wf/event` notification.
function M.on_event(notification)
  local event = notification.event
  if not M.watched or M.watched.id ~= notification.executionId then
    M.watched = { id = notification.executionId, uri = notification.uri, running = true, inputs = {} }
  end
  if event.type == 'stepStarted' then
    M.watched.inputs[event.path] = event.input
  elseif event.type == 'executionFinished' then
    M.watched.running = false
  end
end

return M
