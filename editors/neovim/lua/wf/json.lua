--- JSON for people: indented, with sorted keys.
local M = {}

local function scalar(value)
  if type(value) == 'number' and value == math.floor(value) and math.abs(value) < 2 ^ 53 then
    return ('%d'):format(value)
  end
  return vim.json.encode(value)
end

local function is_list(value)
  return vim.islist(value) and not (next(value) == nil and getmetatable(value) == getmetatable(vim.empty_dict()))
end

local function write(value, indent, lines)
  if type(value) ~= 'table' or next(value) == nil then
    lines[#lines] = lines[#lines] .. (type(value) == 'table' and (is_list(value) and '[]' or '{}') or scalar(value))
    return
  end
  local list = is_list(value)
  local keys = vim.tbl_keys(value)
  table.sort(keys)
  lines[#lines] = lines[#lines] .. (list and '[' or '{')
  for position, key in ipairs(keys) do
    lines[#lines + 1] = indent .. '  ' .. (list and '' or vim.json.encode(key) .. ': ')
    write(value[key], indent .. '  ', lines)
    lines[#lines] = lines[#lines] .. (position < #keys and ',' or '')
  end
  lines[#lines + 1] = indent .. (list and ']' or '}')
end

--- The lines of a value.
---@return string[]
function M.lines(value)
  local lines = { '' }
  write(value, '', lines)
  return lines
end

return M
