--- The plan of a dry run as text: the steps by group, the order, and the values of the templates.
local scratch = require('wf.scratch')

local M = {}

local function add_groups(page, plan)
  local refs, after, critical = {}, {}, {}
  for _, node in ipairs(plan.nodes) do
    refs[node.id] = node.taskRef
  end
  for _, edge in ipairs(plan.edges) do
    after[edge.to] = after[edge.to] or {}
    table.insert(after[edge.to], edge.from)
  end
  for _, id in ipairs(plan.criticalPath) do
    critical[id] = true
  end
  for number, group in ipairs(plan.parallelGroups) do
    for position, id in ipairs(group) do
      local ref = type(refs[id]) == 'string' and refs[id] ~= id and ('  ' .. refs[id]) or ''
      local waits = after[id] and ('  after ' .. table.concat(after[id], ', ')) or ''
      local mark = critical[id] and { '● ', 'WfBusy' } or { '○ ', 'WfDim' }
      scratch.add(page, { { position == 1 and ('%2d  '):format(number) or '    ', 'WfDim' }, mark, id, { ref .. waits, 'WfDim' } }, id)
    end
  end
end

local function add_templates(page, templates)
  for _, template in ipairs(templates) do
    scratch.add(page, { '    ', { template.path, 'WfKey' }, '  ', template.expression, '  =  ', { template.display, 'String' } }, template.path)
  end
end

local function render(answer)
  local page = scratch.page()
  local plan = answer.plan
  local estimate = type(plan.estimatedDurationMs) == 'number' and require('wf.trace').duration(plan.estimatedDurationMs) or 'unknown until it has run'
  scratch.add(page, { { answer.workflow, 'WfTitle' }, '  dry run  ', { 'estimated: ' .. estimate, 'WfDim' } })
  scratch.add(page, {})
  scratch.add(page, { { 'Parallel groups (● is the critical path)', 'WfKey' } })
  add_groups(page, plan)
  scratch.add(page, {})
  scratch.add(page, { { 'Execution order', 'WfKey' } })
  scratch.add(page, { '    ', table.concat(plan.executionOrder, ' → ') })
  scratch.add(page, {})
  scratch.add(page, { { 'Templates', 'WfKey' } })
  add_templates(page, answer.templates)
  scratch.add(page, {})
  scratch.add(page, { { '<CR> go to step   r run   d dry run   q close', 'WfDim' } })
  return page
end

--- Opens the plan that `wf.dryRun` answered.
---@param target wf.Target
---@param answer table
function M.open(target, answer)
  scratch.show('wf://plan/' .. answer.workflow, target, answer.workflow, function()
    return render(answer)
  end)
end

return M
