-- Runs after YAML's own ftplugin, for the second half of the filetype `yaml.workflow`.
vim.bo.commentstring = '# %s'
vim.bo.expandtab = true
vim.bo.shiftwidth = 2
vim.bo.softtabstop = 2
-- Names of steps and tasks have hyphens.
vim.opt_local.iskeyword:append('-')
