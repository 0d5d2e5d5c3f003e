--- A read-only buffer beside the source, whose lines can belong to steps: <CR> goes to the step, <Tab> opens it.
local M = {}

local namespace = vim.api.nvim_create_namespace('wf')

for group, link in pairs({
  WfTitle = 'Title',
  WfDim = 'Comment',
  WfOk = 'DiagnosticOk',
  WfBad = 'DiagnosticError',
  WfWarn = 'DiagnosticWarn',
  WfBusy = 'DiagnosticInfo',
  WfKey = 'Identifier',
}) do
  vim.api.nvim_set_hl(0, group, { default = true, link = link })
end

---@class wf.Page lines under construction
---@field lines string[]
---@field marks { row: integer, from: integer, to: integer, group: string }[]
---@field steps table<integer, string> the step that a row (from 1) belongs to

---@return wf.Page
function M.page()
  return { lines = {}, marks = {}, steps = {} }
end

--- Adds a line made of `{ text, group? }` pieces; `step` is the step that the line belongs to.
---@param page wf.Page
---@param pieces (string|string[])[]
---@param step? string
function M.add(page, pieces, step)
  local text = ''
  local row = #page.lines + 1
  for _, piece in ipairs(pieces) do
    local content, group = piece, nil
    if type(piece) == 'table' then
      content, group = piece[1], piece[2]
    end
    -- A value may hold line breaks; a line of a buffer may not.
    content = content:gsub('[\r\n]+', ' ')
    if group then
      table.insert(page.marks, { row = row, from = #text, to = #text + #content, group = group })
    end
    text = text .. content
  end
  page.lines[row] = (text:gsub('%s+$', ''))
  page.steps[row] = step
end

local views = {}

--- The source buffer of the view in the current window; nil when it shows no view of ours.
function M.source()
  local view = views[vim.api.nvim_get_current_buf()]
  return view and vim.api.nvim_buf_is_valid(view.source) and view.source or nil
end

local function draw(buffer)
  local view = views[buffer]
  local page = view.render(view)
  view.page = page
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, page.lines)
  vim.bo[buffer].modifiable = false
  vim.api.nvim_buf_clear_namespace(buffer, namespace, 0, -1)
  for _, mark in ipairs(page.marks) do
    local to = math.min(mark.to, #page.lines[mark.row])
    vim.api.nvim_buf_set_extmark(buffer, namespace, mark.row - 1, mark.from, { end_col = to, hl_group = mark.group })
  end
end

local function step_at_cursor(buffer)
  local row = vim.api.nvim_win_get_cursor(0)[1]
  return views[buffer].page.steps[row]
end

local function map(buffer, key, what, act)
  vim.keymap.set('n', key, act, { buffer = buffer, desc = what, nowait = true })
end

local function map_keys(buffer)
  map(buffer, '<CR>', 'Go to the step', function()
    local step = step_at_cursor(buffer)
    if step then
      require('wf.source').jump(views[buffer].source, views[buffer].workflow, step)
    end
  end)
  map(buffer, '<Tab>', 'Show or hide the input, output and error of the step', function()
    local step = step_at_cursor(buffer)
    if step then
      views[buffer].open[step] = not views[buffer].open[step] or nil
      draw(buffer)
    end
  end)
  map(buffer, 'r', 'Run', function()
    require('wf.runs').run(views[buffer].target)
  end)
  map(buffer, 'd', 'Dry run', function()
    require('wf.runs').dry_run(views[buffer].target)
  end)
  map(buffer, 'q', 'Close', '<Cmd>close<CR>')
end

local function window_for(buffer)
  local window = vim.fn.win_findbuf(buffer)[1]
  if window then
    return vim.api.nvim_set_current_win(window)
  end
  vim.cmd(vim.o.columns >= 140 and 'botright vsplit' or 'botright split')
  vim.api.nvim_win_set_buf(0, buffer)
  vim.wo.wrap = false
  vim.wo.number = false
  vim.wo.relativenumber = false
  vim.wo.signcolumn = 'no'
  vim.wo.cursorline = true
end

--- Shows a view in its own window: one buffer for each `name`.
---@param name string
---@param target wf.Target
---@param workflow string
---@param render fun(view: table): wf.Page gets `open`, the steps that are unfolded, and `width`
function M.show(name, target, workflow, render)
  local buffer = vim.fn.bufnr('^' .. vim.fn.escape(name, '[]*?{}') .. '$')
  if buffer == -1 then
    buffer = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(buffer, name)
    vim.bo[buffer].filetype = 'wf'
    map_keys(buffer)
  end
  window_for(buffer)
  views[buffer] = {
    target = { uri = target.uri, workflow = workflow },
    workflow = workflow,
    source = vim.uri_to_bufnr(target.uri),
    render = render,
    open = {},
    width = vim.api.nvim_win_get_width(0),
  }
  draw(buffer)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
end

return M
