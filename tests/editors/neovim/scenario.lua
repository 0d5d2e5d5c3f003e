-- A user's session in headless Neovim against the real server: a mistake is found and fixed, completion and hover answer,
-- the workflow is run and its trace read. Every wait is on a condition.
local workspace = assert(vim.env.WF_WORKSPACE)
local artifacts = assert(vim.env.WF_ARTIFACTS)
local patience = 30000

local function log(text)
  io.stdout:write(text, '\n')
  io.stdout:flush()
end

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

local function text()
  return table.concat(lines(), '\n')
end

local function until_(what, check)
  local found
  local ok = vim.wait(patience, function()
    found = check()
    return found
  end, 20)
  if not ok then
    error(('waited %d s in vain: %s; the buffer shows:\n%s'):format(patience / 1000, what, text()), 2)
  end
  log('ok: ' .. what)
  return found
end

local function expect(what, condition)
  if not condition then
    error(('not so: %s; the buffer shows:\n%s'):format(what, text()), 2)
  end
  log('ok: ' .. what)
end

local function row_of(pattern)
  for row, line in ipairs(lines()) do
    if line:find(pattern) then
      return row, line
    end
  end
  error(('no line has %s:\n%s'):format(pattern, text()), 2)
end

local function keys(written)
  vim.api.nvim_feedkeys(vim.keycode(written), 'xt', false)
end

local function save_view(name)
  vim.fn.writefile(lines(), ('%s/%s.txt'):format(artifacts, name))
end

local function request(method)
  local client = assert(require('wf.server').client(0))
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer = assert(client:request_sync(method, params, patience, 0))
  assert(not answer.err, vim.inspect(answer.err))
  return answer.result
end

local function errors()
  return vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR })
end

local function a_mistake_is_found_and_fixed()
  vim.cmd.edit(workspace .. '/workflows/pay-with-retry.workflow.yaml')
  expect('the file has our filetype', vim.bo.filetype == 'yaml.workflow')
  until_('the server is attached', function()
    return #vim.lsp.get_clients({ name = 'wf', bufnr = 0 }) == 1
  end)
  local row, line = row_of('taskRef: charge%-payment')
  vim.api.nvim_buf_set_lines(0, row - 1, row, false, { (line:gsub('charge%-payment', 'charge-paymnt')) })
  until_('the misspelt task is reported, and nothing else', function()
    return #errors() == 1 and errors()[1].lnum == row - 1
  end)
  local diagnostic = errors()[1]
  log(diagnostic.message)
  expect('with the name that was meant', diagnostic.message:find('charge-payment', 1, true))

  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find('charge-payment', 1, true) ~= nil
    end,
  })
  until_('the fix is applied', function()
    return lines()[row] == line
  end)
  until_('the report is gone', function()
    return #errors() == 0
  end)
end

local function completion_and_hover_answer()
  local row, line = row_of('taskRef: charge%-payment')
  vim.api.nvim_win_set_cursor(0, { row, line:find('charge', 1, true) - 1 })
  local answer = request('textDocument/completion')
  local labels = vim.tbl_map(function(item)
    return item.label
  end, answer.items or answer)
  expect('completion offers the tasks of the workspace', vim.list_contains(labels, 'charge-payment'))
  local hover = request('textDocument/hover')
  expect('hover tells about the task', hover and vim.inspect(hover.contents):find('charge%-payment'))
end

local asked

local function answer_inputs()
  vim.ui.input = function(options, answered)
    asked = options
    answered('{"orderId": "ord-1003"}')
  end
  -- The workflow sends POST requests, so it is asked about before it runs.
  local select = vim.ui.select
  vim.ui.select = function(items, options, answered)
    for number, item in ipairs(items) do
      if type(item) == 'table' and item.title == 'Run' then
        return answered(item, number)
      end
    end
    return select(items, options, answered)
  end
end

local function a_dry_run_shows_the_plan()
  expect('the workflow can be completed', vim.list_contains(vim.fn.getcompletion('Wf run ', 'cmdline'), 'pay-with-retry'))
  vim.cmd('Wf dry-run pay-with-retry')
  until_('the plan is shown', function()
    return vim.api.nvim_buf_get_name(0):find('wf://plan/pay-with-retry', 1, true)
  end)
  save_view('plan')
  expect('with its steps', text():find('charge') and text():find('receipt'))
  expect('and its templates', text():find('input.orderId', 1, true))
  keys('q')
end

local function a_run_shows_the_trace()
  asked = nil
  vim.cmd('Wf run pay-with-retry')
  until_('the trace is shown', function()
    return vim.api.nvim_buf_get_name(0):find('wf://trace/pay-with-retry', 1, true)
  end)
  expect('the input was asked for', asked and vim.json.decode(asked.default).orderId)
  save_view('trace')
  expect('the run succeeded', text():find('succeeded'))
  local row, line = row_of('charge ')
  expect('the two failed attempts are shown', line:find('↻2', 1, true))

  vim.api.nvim_win_set_cursor(0, { row, 0 })
  keys('<Tab>')
  expect('the step opens', text():find('amountCents', 1, true))
  save_view('trace-open')
  keys('<CR>')
  expect('and its source is one key away', vim.api.nvim_get_current_line():find('id: charge', 1, true))
end

local function the_last_trace_opens_again()
  vim.cmd('only')
  vim.cmd('Wf trace')
  until_('the last trace is shown', function()
    return vim.api.nvim_buf_get_name(0):find('wf://trace/pay-with-retry', 1, true)
  end)
  vim.cmd('checkhealth wf')
  until_('the health is good', function()
    return text():find('running for 1 buffer', 1, true) and not text():find('ERROR')
  end)
end

answer_inputs()
local ok, failure = xpcall(function()
  a_mistake_is_found_and_fixed()
  completion_and_hover_answer()
  a_dry_run_shows_the_plan()
  a_run_shows_the_trace()
  the_last_trace_opens_again()
end, debug.traceback)
if ok then
  vim.cmd('qall!')
else
  log('FAILED: ' .. failure)
  pcall(save_view, 'failure')
  vim.cmd('cquit 1')
end
