-- A workflow file is YAML with more in it: `yaml.workflow` keeps everything that knows YAML working.
vim.filetype.add({
  pattern = {
    ['.*%.workflow%.yaml'] = 'yaml.workflow',
    ['.*%.task%.yaml'] = 'yaml.workflow',
    ['.*%.wf%.yaml'] = 'yaml.workflow',
    ['.*%.wftest%.yaml'] = 'yaml.workflow',
  },
})
