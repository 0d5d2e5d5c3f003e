--- From a step's path, as traces and plans name it, to the place where the step is written.
local M = {}

local function find(buffer, key, value, from)
  local lines = vim.api.nvim_buf_get_lines(buffer, from, -1, false)
  for index, line in ipairs(lines) do
    local before, written = line:match('^([%s%-{]*' .. key .. '%s*:%s*["\']?)([^%s"\',}#]+)')
    if written == value then
      return from + index, #before
    end
  end
end

--- Row (from 1) and column (from 0) of the id of the step `path` of `workflow`; nil when it is not in the buffer.
---@return integer?, integer?
function M.locate(buffer, workflow, path)
  local from = find(buffer, 'name', workflow, 0) or 0
  local row, column
  -- `orders[2].charge~fallback` is the step `charge` inside the step `orders`; a sub-workflow's steps are elsewhere,
  -- and the last step that this buffer has is the one that runs it.
  for segment in vim.gsplit(path, '.', { plain = true }) do
    local id = segment:gsub('%[%d+%]', ''):gsub('~.*$', '')
    local found, at = find(buffer, 'id', id, from)
    if not found then
      break
    end
    row, column, from = found, at, found
  end
  return row, column
end

--- Goes to the step in the window of its file.
function M.jump(buffer, workflow, path)
  vim.fn.bufload(buffer)
  local row, column = M.locate(buffer, workflow, path)
  local window = vim.fn.win_findbuf(buffer)[1]
  if window then
    vim.api.nvim_set_current_win(window)
  else
    vim.cmd('topleft sbuffer ' .. buffer)
  end
  if row then
    vim.cmd("normal! m'")
    vim.api.nvim_win_set_cursor(0, { row, column })
    vim.cmd('normal! zv')
  else
    vim.notify(('wf: the step %s is not in this file'):format(path))
  end
end

return M
