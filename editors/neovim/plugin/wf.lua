if vim.g.loaded_wf then
  return
end
vim.g.loaded_wf = true

vim.api.nvim_create_user_command('Wf', function(arguments)
  require('wf.command').run(arguments.fargs)
end, {
  nargs = '+',
  desc = 'Run, dry-run and trace workflows',
  complete = function(lead, line)
    return require('wf.command').complete(lead, line)
  end,
})
