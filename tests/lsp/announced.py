"""What a client has to be able to do to understand what a server sends: in the words of its own capabilities.

A need is the path of a capability, such as `textDocument/hover` has them for one; `path=value` where the capability is a
list that must have the value.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from tests.lsp.wire import Json

ITEM = "textDocument.completion.completionItem"
SIGNATURE = "textDocument.signatureHelp.signatureInformation"
CODE_ACTION = "textDocument.codeAction"
EDIT = "workspace.workspaceEdit"
PUSHED = "textDocument.publishDiagnostics."
REQUESTS = {
    "window/workDoneProgress/create": "window.workDoneProgress",
    "window/showDocument": "window.showDocument.support",
    "workspace/applyEdit": "workspace.applyEdit",
    "workspace/configuration": "workspace.configuration",
    "workspace/workspaceFolders": "workspace.workspaceFolders",
    "workspace/codeLens/refresh": "workspace.codeLens.refreshSupport",
    "workspace/diagnostic/refresh": "workspace.diagnostics.refreshSupport",
    "workspace/inlayHint/refresh": "workspace.inlayHint.refreshSupport",
    "workspace/inlineValue/refresh": "workspace.inlineValue.refreshSupport",
    "workspace/semanticTokens/refresh": "workspace.semanticTokens.refreshSupport",
    "workspace/foldingRange/refresh": "workspace.foldingRange.refreshSupport",
}
"""What a server may ask of a client, and who may be asked; `window/showMessageRequest` everybody."""
_BASE_SYMBOL_KINDS, _BASE_ITEM_KINDS = 18, 18
"""Kinds up to these are known to all."""


def announces(capabilities: Json, need: str) -> bool:
    """Whether a client said that it can do what is needed."""
    path, _, value = need.partition("=")
    if path.startswith(PUSHED) and announces(capabilities, need.replace(PUSHED, "textDocument.diagnostic.")):
        return True  # since 3.18 whoever pulls may say so there
    found: Any = capabilities
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    if value:
        return value in map(str, found or ())
    return found is not None and found is not False


def needs(method: str, result: Any) -> set[str]:
    """What the answer to a request takes; also that of a notification or request of the server's, by its parameters."""
    if method in REQUESTS:
        return {REQUESTS[method]}
    if result is None:
        return set()
    return set(_ANSWERS.get(method, lambda _: ())(result))


def _markup(content: Any, path: str) -> Iterator[str]:
    if isinstance(content, dict) and content["kind"] != "plaintext":
        yield f"{path}={content['kind']}"


def _registration(params: Json) -> Iterator[str]:
    for each in params["registrations"]:
        area, _, name = each["method"].partition("/")
        yield f"{area}.{name}.dynamicRegistration"


def _initialize(result: Json) -> Iterator[str]:
    capabilities = result["capabilities"]
    if isinstance(capabilities["renameProvider"], dict):
        yield "textDocument.rename.prepareSupport"
    if isinstance(capabilities["codeActionProvider"], dict):
        yield f"{CODE_ACTION}.codeActionLiteralSupport"
    if capabilities["positionEncoding"] != "utf-16":
        yield f"general.positionEncodings={capabilities['positionEncoding']}"


def _completion(result: Any) -> Iterator[str]:
    for item in result if isinstance(result, list) else result["items"]:
        yield from _item(item)
    if isinstance(result, dict) and "itemDefaults" in result:
        yield "textDocument.completion.completionList.itemDefaults"


def _item(item: Json) -> Iterator[str]:
    if item.get("insertTextFormat") == 2:
        yield f"{ITEM}.snippetSupport"
    if item.get("kind", 0) > _BASE_ITEM_KINDS:
        yield f"textDocument.completion.completionItemKind.valueSet={item['kind']}"
    if "insertTextMode" in item:
        yield f"{ITEM}.insertTextModeSupport.valueSet={item['insertTextMode']}"
    if "insert" in item.get("textEdit", {}):
        yield f"{ITEM}.insertReplaceSupport"
    for tag in item.get("tags", ()):
        yield f"{ITEM}.tagSupport.valueSet={tag}"
    for name in ("deprecated", "labelDetails", "preselect", "commitCharacters"):
        if name in item:
            yield f"{ITEM}.{name}Support"
    if "data" in item and "documentation" not in item:
        yield f"{ITEM}.resolveSupport.properties=documentation"
    yield from _markup(item.get("documentation"), f"{ITEM}.documentationFormat")


def _signatures(result: Json) -> Iterator[str]:
    for each in result["signatures"]:
        yield from _markup(each.get("documentation"), f"{SIGNATURE}.documentationFormat")
        for parameter in each.get("parameters", ()):
            yield from _markup(parameter.get("documentation"), f"{SIGNATURE}.documentationFormat")
            if not isinstance(parameter["label"], str):
                yield f"{SIGNATURE}.parameterInformation.labelOffsetSupport"
        if "activeParameter" in each:
            yield f"{SIGNATURE}.activeParameterSupport"


def _diagnostics(items: Iterable[Json]) -> Iterator[str]:
    for each in items:
        for name, need in (("relatedInformation", "relatedInformation"), ("codeDescription", "codeDescriptionSupport"),
                           ("data", "dataSupport")):  # fmt: skip
            if name in each:
                yield f"{PUSHED}{need}"
        for tag in each.get("tags", ()):
            yield f"{PUSHED}tagSupport.valueSet={tag}"


def _locations(kind: str, result: list[Json]) -> Iterator[str]:
    if any("targetUri" in each for each in result):
        yield f"textDocument.{kind}.linkSupport"


def _document_symbols(result: list[Json]) -> Iterator[str]:
    for each in result:
        if "selectionRange" in each:
            yield "textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"
        if each["kind"] > _BASE_SYMBOL_KINDS:
            yield f"textDocument.documentSymbol.symbolKind.valueSet={each['kind']}"
        yield from _document_symbols(each.get("children", []))


def _workspace_symbols(result: list[Json]) -> Iterator[str]:
    for each in result:
        if each["kind"] > _BASE_SYMBOL_KINDS:
            yield f"workspace.symbol.symbolKind.valueSet={each['kind']}"
        if "range" not in each["location"]:
            yield "workspace.symbol.resolveSupport.properties=location.range"


def _workspace_edit(edit: Json | None) -> Iterator[str]:
    if edit is None:
        return
    if "documentChanges" in edit:
        yield f"{EDIT}.documentChanges"
    if "changeAnnotations" in edit:
        yield f"{EDIT}.changeAnnotationSupport"
    for change in edit.get("documentChanges", ()):
        if "kind" in change:
            yield f"{EDIT}.resourceOperations={change['kind']}"
        for each in change.get("edits", ()):
            if "snippet" in each:
                yield f"{EDIT}.snippetEditSupport"


def _actions(result: list[Json]) -> Iterator[str]:
    for each in result:
        if isinstance(each.get("command"), str):
            if each["command"] == "wf.applyEdit":
                yield "workspace.applyEdit"
                yield from _workspace_edit(each["arguments"][0])
            continue
        yield f"{CODE_ACTION}.codeActionLiteralSupport"
        for name in ("isPreferred", "disabled", "data"):
            if name in each:
                yield f"{CODE_ACTION}.{name}Support"
        if "edit" not in each and "command" not in each:
            yield f"{CODE_ACTION}.resolveSupport.properties=edit"
        yield from _workspace_edit(each.get("edit"))
        yield from _diagnostics(each.get("diagnostics", ()))


def _links(result: list[Json]) -> Iterator[str]:
    if any("tooltip" in each for each in result):
        yield "textDocument.documentLink.tooltipSupport"
    if any("target" not in each for each in result):
        yield "textDocument.documentLink.resolveSupport"


def _folds(result: list[Json]) -> Iterator[str]:
    if any("collapsedText" in each for each in result):
        yield "textDocument.foldingRange.foldingRange.collapsedText"


_ANSWERS: dict[str, Any] = {
    "initialize": _initialize,
    "client/registerCapability": _registration,
    "textDocument/publishDiagnostics": lambda params: _diagnostics(params["diagnostics"]),
    "textDocument/diagnostic": lambda report: _diagnostics(report.get("items", ())),
    "workspace/diagnostic": lambda answer: _diagnostics([each for r in answer["items"] for each in r.get("items", ())]),
    "textDocument/completion": _completion,
    "completionItem/resolve": _item,
    "textDocument/hover": lambda result: _markup(result["contents"], "textDocument.hover.contentFormat"),
    "textDocument/signatureHelp": _signatures,
    "textDocument/definition": lambda result: _locations("definition", result),
    "textDocument/typeDefinition": lambda result: _locations("typeDefinition", result),
    "textDocument/documentSymbol": _document_symbols,
    "workspace/symbol": _workspace_symbols,
    "textDocument/codeAction": _actions,
    "codeAction/resolve": lambda action: _workspace_edit(action.get("edit")),
    "textDocument/rename": _workspace_edit,
    "textDocument/documentLink": _links,
    "textDocument/foldingRange": _folds,
}
