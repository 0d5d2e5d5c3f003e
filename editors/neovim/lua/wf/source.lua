--- From a step's path, as traces and plans name it, to the place where the step is written, as the server's symbols say.
local M = {}

local step_kind = 12

local function child(symbols, wanted)
  for _, symbol in ipairs(symbols or {}) do
    if wanted(symbol) then
      return symbol
    end
  end
end

--- The symbol of the step `path` of `workflow`; nil when it is not in the buffer.
local function locate(buffer, workflow, path)
  local scope = child(require('wf.server').symbols(buffer), function(symbol)
    return symbol.name == workflow and symbol.children ~= nil
  end)
  local found
  -- `orders[2].charge~fallback` is the step `charge` inside the step `orders`; the steps of a sub-workflow are in another
  -- file, and the last step that this one has is the one that runs it.
  for segment in vim.gsplit(path, '.', { plain = true }) do
    local id = segment:gsub('%[%d+%]', ''):gsub('~.*$', '')
    scope = child(scope and scope.children, function(symbol)
      return symbol.name == id and symbol.kind == step_kind
    end)
    found = scope or found
  end
  return found
end

--- Goes to the step in the window of its file.
function M.jump(buffer, workflow, path)
  local window = vim.fn.win_findbuf(buffer)[1]
  if window then
    vim.api.nvim_set_current_win(window)
  else
    vim.cmd('topleft sbuffer ' .. buffer)
  end
  local symbol = locate(buffer, workflow, path)
  if symbol then
    local start = symbol.selectionRange.start
    vim.cmd("normal! m'")
    -- An id is ASCII, and so is what stands before it: columns are the same in every encoding.
    vim.api.nvim_win_set_cursor(0, { start.line + 1, start.character })
    vim.cmd('normal! zv')
  else
    vim.notify(('wf: the step %s is not in this file'):format(path))
  end
end

return M
