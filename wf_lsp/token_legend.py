"""The legend of semantic tokens: which standard type stands for which kind of token. Imports nothing heavy."""

from collections.abc import Mapping

from lsprotocol import types

TOKEN_TYPES: Mapping[str, types.SemanticTokenTypes] = {
    "brace": types.SemanticTokenTypes.Macro,
    "root": types.SemanticTokenTypes.Namespace,
    "step": types.SemanticTokenTypes.Variable,
    "property": types.SemanticTokenTypes.Property,
    "function": types.SemanticTokenTypes.Function,
    "operator": types.SemanticTokenTypes.Operator,
    "string": types.SemanticTokenTypes.String,
    "number": types.SemanticTokenTypes.Number,
    "keyword": types.SemanticTokenTypes.Keyword,
    "task": types.SemanticTokenTypes.Interface,
    "workflow": types.SemanticTokenTypes.Class,
}
"""By kind, in the order of the legend."""

LEGEND = types.SemanticTokensLegend(
    [kind.value for kind in TOKEN_TYPES.values()], [types.SemanticTokenModifiers.Declaration.value]
)
