-- For `vim.lsp.enable('wf')` (Neovim 0.11 and later); `:help wf-lsp`.
return require('wf.server').config()
