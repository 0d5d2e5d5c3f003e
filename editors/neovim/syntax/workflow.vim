" The expressions inside {{ }}; the rest is syntax/yaml.vim's. A hyphen right after a word belongs to a name.
syntax region wfTemplate matchgroup=wfBraces start=/{{/ end=/}}/ oneline contains=wfString,wfNumber,wfConstant,wfRoot,wfFunction,wfOperator containedin=yamlFlowString,yamlPlainScalar,yamlBlockString,yamlFlowMapping
syntax region wfString start=/'/ skip=/\\./ end=/'/ contained oneline
syntax region wfString start=/\\\?"/ skip=/\\[^"]/ end=/\\\?"/ contained oneline
syntax match wfNumber /\<\d\+\(\.\d\+\)\?\>/ contained
syntax keyword wfConstant true false null contained
syntax match wfRoot /\(\.\)\@1<!\<\(input\|tasks\|env\|secrets\|forEach\|execution\|error\|item\|index\|payload\)\>-\@!/ contained
syntax match wfFunction /\<\h\w*\ze\s*(/ contained
syntax match wfOperator /??\|?\.\|[=!<>]=\|&&\|||\|[+*\/%<>!?:|]\|\w\@1<!-/ contained

highlight default link wfBraces Delimiter
highlight default link wfTemplate Identifier
highlight default link wfString String
highlight default link wfNumber Number
highlight default link wfConstant Constant
highlight default link wfRoot Special
highlight default link wfFunction Function
highlight default link wfOperator Operator
