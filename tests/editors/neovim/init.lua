-- The whole configuration of the Neovim under test: the plugin of this checkout, set up as its help says.
local checkout = assert(vim.env.WF_CHECKOUT)
vim.opt.runtimepath:prepend(checkout .. '/editors/neovim')
vim.cmd('filetype plugin indent on')
vim.cmd('syntax on')
vim.o.columns = 160
vim.o.lines = 50
vim.o.swapfile = false
require('wf').setup({ cmd = { checkout .. '/.venv/bin/wf' }, trusted = true })
