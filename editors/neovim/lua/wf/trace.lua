--- The trace of a run as text: a Gantt, and what is known of the steps that are unfolded.
local json = require('wf.json')
local scratch = require('wf.scratch')

local M = {}

local looks = {
  succeeded = { '✓', 'WfOk' },
  failed = { '✗', 'WfBad' },
  interrupted = { '✗', 'WfBad' },
  cancelled = { '⊘', 'WfWarn' },
  timedOut = { '⧗', 'WfWarn' },
  running = { '▶', 'WfBusy' },
}

local function look(status)
  return unpack(looks[status] or { '·', 'WfDim' })
end

local function present(value)
  return value ~= nil and value ~= vim.NIL
end

--- `840 ms`, `1.24 s`; `–` when it is not known.
function M.duration(milliseconds)
  if not present(milliseconds) then
    return '–'
  elseif milliseconds < 1000 then
    return ('%.0f ms'):format(milliseconds)
  end
  return ('%.2f s'):format(milliseconds / 1000)
end

--- Milliseconds of a UTC time stamp since the start of its day; enough to subtract two of one run.
local function time_of(stamp)
  if not present(stamp) then
    return nil
  end
  local day, hours, minutes, seconds = stamp:match('(%d+)T(%d+):(%d+):([%d.]+)')
  return (((tonumber(day) * 24 + tonumber(hours)) * 60 + tonumber(minutes)) * 60 + tonumber(seconds)) * 1000
end

local function since(stamp, origin)
  local time = time_of(stamp)
  if not time or not origin then
    return nil
  end
  -- A run that goes on past the end of a month starts counting days again.
  return time >= origin and time - origin or nil
end

local function bar(timing, origin, total, width)
  local start = since(timing.startedAt, origin)
  if not start then
    return { { (' '):rep(width) } }
  end
  local queued = present(timing.waitTimeMs) and timing.waitTimeMs or 0
  local length = present(timing.durationMs) and timing.durationMs or 0
  local function column(at)
    return math.min(math.max(math.floor(at / total * width + 0.5), 0), width)
  end
  local from = math.min(column(start), width - 1)
  local to = math.max(column(start + length), from + 1)
  local ready = math.min(column(start - queued), from)
  local blocked = #(timing.waitedForTasks or {}) > 0
  local _, group = look(timing.status)
  return {
    { (blocked and '·' or ' '):rep(ready), 'WfDim' },
    { ('─'):rep(from - ready), 'WfBusy' },
    { ('━'):rep(to - from), group },
    { (' '):rep(width - to) },
  }
end

local function add_value(page, step, title, value)
  if not present(value) then
    return
  end
  scratch.add(page, { '    ', { title, 'WfKey' } }, step)
  for _, line in ipairs(json.lines(value)) do
    scratch.add(page, { '      ', line }, step)
  end
end

local function add_error(page, step, failure)
  if not present(failure) then
    return
  end
  scratch.add(page, { '    ', { failure.code, 'WfBad' }, '  ', failure.message }, step)
  if present(failure.http) then
    local status = present(failure.http.status) and (' answered ' .. failure.http.status) or ''
    scratch.add(page, { '    ', { ('%s %s%s'):format(failure.http.method, failure.http.url, status), 'WfDim' } }, step)
  end
  if present(failure.suggestion) then
    scratch.add(page, { '    ', { failure.suggestion, 'WfDim' } }, step)
  end
end

local function add_details(page, timing, result)
  local step = timing.taskId
  if #(timing.waitedForTasks or {}) > 0 then
    scratch.add(page, { '    ', { 'waited for ' .. table.concat(timing.waitedForTasks, ', '), 'WfDim' } }, step)
  end
  if result then
    add_error(page, step, result.error)
    add_value(page, step, 'Input', result.input)
    add_value(page, step, 'Output', result.output)
  end
end

local function add_step(page, timing, layout)
  local icon, group = look(timing.status)
  local took = present(timing.startedAt) and M.duration(timing.durationMs) or timing.status
  local retries = (timing.retryCount or 0) > 0 and ('↻%d '):format(timing.retryCount) or ''
  local name = timing.taskId .. (' '):rep(layout.name - vim.fn.strdisplaywidth(timing.taskId))
  local pieces = { { icon, group }, ' ', name, '  ' }
  vim.list_extend(pieces, bar(timing, layout.origin, layout.total, layout.bar))
  local gap = (' '):rep(math.max(11 - vim.fn.strdisplaywidth(retries .. took), 0))
  vim.list_extend(pieces, { '  ', gap, { retries, 'WfWarn' }, took })
  scratch.add(page, pieces, timing.taskId)
end

local function results_by_path(trace, execution, inputs)
  local results = {}
  for _, source in ipairs({ execution or {}, trace }) do
    for _, result in ipairs(present(source.tasks) and source.tasks or {}) do
      results[result.path] = vim.tbl_extend('force', { input = inputs[result.path] }, result)
    end
  end
  return results
end

local function layout_of(trace, width)
  local name = 4
  for _, timing in ipairs(trace.taskTimings) do
    name = math.max(name, vim.fn.strdisplaywidth(timing.taskId))
  end
  local total = present(trace.totalDurationMs) and trace.totalDurationMs or 0
  return { origin = time_of(trace.startedAt), total = math.max(total, 1), name = name, bar = math.max(width - name - 20, 10) }
end

local function status_of(trace, execution)
  if execution and present(execution.status) then
    return execution.status
  elseif present(trace.status) then
    return trace.status
  end
  for _, timing in ipairs(trace.taskTimings) do
    if timing.status == 'failed' then
      return 'failed'
    end
  end
  return 'succeeded'
end

local function render(view, trace, execution, inputs)
  local page = scratch.page()
  local status = status_of(trace, execution)
  local icon, group = look(status)
  scratch.add(page, { { trace.workflowName, 'WfTitle' }, '  ', { icon .. ' ' .. status, group }, '  ', M.duration(trace.totalDurationMs) })
  scratch.add(page, { { ('%s  %s'):format(present(trace.startedAt) and trace.startedAt or '', trace.executionId), 'WfDim' } })
  scratch.add(page, {})
  local results = results_by_path(trace, execution, inputs)
  local layout = layout_of(trace, view.width)
  for _, timing in ipairs(trace.taskTimings) do
    add_step(page, timing, layout)
    if view.open[timing.taskId] then
      add_details(page, timing, results[timing.taskId])
    end
  end
  scratch.add(page, {})
  for _, failure in ipairs(execution and present(execution.errors) and execution.errors or {}) do
    local step = present(failure.path) and failure.path ~= '' and failure.path or nil
    scratch.add(page, { { step or 'workflow', 'WfBad' } }, step)
    add_error(page, step, failure)
  end
  if execution then
    add_value(page, nil, 'Output of the workflow', execution.output)
  end
  if page.lines[#page.lines] ~= '' then
    scratch.add(page, {})
  end
  scratch.add(page, { { '<CR> go to step   <Tab> details   r run   d dry run   q close', 'WfDim' } })
  return page
end

--- Opens the trace; `execution` is the answer of the run and `inputs` are its steps', where it was watched.
---@param target wf.Target
---@param trace table
---@param execution? table
---@param inputs? table<string, any>
function M.open(target, trace, execution, inputs)
  scratch.show('wf://trace/' .. trace.workflowName, target, trace.workflowName, function(view)
    return render(view, trace, execution, inputs or {})
  end)
end

return M
