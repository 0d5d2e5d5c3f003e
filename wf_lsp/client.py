"""What the client can do, as far as it matters to an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability

_AS_IS = types.InsertTextMode.AsIs
_FIRST_SYMBOL_KINDS = frozenset(kind for kind in types.SymbolKind if kind.value <= types.SymbolKind.Array.value)
"""Those that whoever says nothing of them knows."""


def _prefers_markdown(formats: Sequence[types.MarkupKind] | None) -> bool:
    """Whether Markdown is what a client likes best to show; formats come in the order of preference."""
    return bool(formats) and formats is not None and formats[0] == types.MarkupKind.Markdown


@dataclass(frozen=True)
class Client:
    """Capabilities, with what the protocol says of those that are not mentioned."""

    snippets: bool = False
    insert_as_is: bool = False
    """Indentation of inserted lines can be left to the server."""
    insert_replace: bool = False
    item_tags: bool = False
    item_deprecated: bool = False
    item_markdown: bool = False
    resolves_items: bool = False
    """Can ask for the documentation of a completion item when it is looked at."""
    hover_markdown: bool = False
    related: bool = False
    diagnostic_tags: frozenset[types.DiagnosticTag] = frozenset()
    diagnostic_data: bool = False
    """Gives back with a diagnostic what was sent along."""
    code_description: bool = False
    links: bool = False
    type_links: bool = False
    action_literals: bool = False
    applies_edits: bool = False
    """Can be handed an edit to apply."""
    preferred_actions: bool = False
    nested_symbols: bool = False
    symbol_kinds: frozenset[types.SymbolKind] = _FIRST_SYMBOL_KINDS
    """Those of workspace symbols that it can show."""
    document_changes: bool = False
    change_annotations: bool = False
    creates_files: bool = False
    resolves_edits: bool = False
    """Can ask for the edit of a code action when it is chosen."""
    resolves_symbols: bool = False
    """Can ask for the range of a workspace symbol when it is chosen."""
    progress: bool = False
    watches_files: bool = False
    """Tells of changes on disk if it is asked to."""
    configuration: bool = False
    """Can be asked for its settings."""
    registers_configuration: bool = False
    signature_markdown: bool = False
    fold_limit: int | None = None
    """The most folding ranges that it wants."""
    link_tooltips: bool = False
    refreshes_hints: bool = False
    refreshes_values: bool = False
    refreshes_lenses: bool = False
    refreshes_diagnostics: bool = False
    pulls_diagnostics: bool = False

    @classmethod
    def of(cls, capabilities: types.ClientCapabilities) -> "Client":
        """What a client says of itself."""

        def can(name: str) -> Any:
            return get_capability(capabilities, name, None)

        def diagnostics(name: str) -> Any:
            """Since 3.18 clients that pull say so of what they pull, too."""
            return can(f"text_document.publish_diagnostics.{name}") or can(f"text_document.diagnostic.{name}")

        item = "text_document.completion.completion_item"
        return cls(
            snippets=bool(can(f"{item}.snippet_support")),
            insert_as_is=_AS_IS in (can(f"{item}.insert_text_mode_support.value_set") or ()),
            insert_replace=bool(can(f"{item}.insert_replace_support")),
            item_tags=types.CompletionItemTag.Deprecated in (can(f"{item}.tag_support.value_set") or ()),
            item_deprecated=bool(can(f"{item}.deprecated_support")),
            item_markdown=_prefers_markdown(can(f"{item}.documentation_format")),
            resolves_items="documentation" in (can(f"{item}.resolve_support.properties") or ()),
            hover_markdown=_prefers_markdown(can("text_document.hover.content_format")),
            related=bool(diagnostics("related_information")),
            diagnostic_tags=frozenset(diagnostics("tag_support.value_set") or ()),
            diagnostic_data=bool(diagnostics("data_support")),
            code_description=bool(diagnostics("code_description_support")),
            links=bool(can("text_document.definition.link_support")),
            type_links=bool(can("text_document.type_definition.link_support")),
            action_literals=bool(can("text_document.code_action.code_action_literal_support")),
            applies_edits=bool(can("workspace.apply_edit")),
            preferred_actions=bool(can("text_document.code_action.is_preferred_support")),
            nested_symbols=bool(can("text_document.document_symbol.hierarchical_document_symbol_support")),
            symbol_kinds=frozenset(can("workspace.symbol.symbol_kind.value_set") or _FIRST_SYMBOL_KINDS),
            document_changes=bool(can("workspace.workspace_edit.document_changes")),
            change_annotations=can("workspace.workspace_edit.change_annotation_support") is not None,
            creates_files=types.ResourceOperationKind.Create
            in (can("workspace.workspace_edit.resource_operations") or ()),
            resolves_edits="edit" in (can("text_document.code_action.resolve_support.properties") or ())
            and bool(can("text_document.code_action.data_support")),
            resolves_symbols="location.range" in (can("workspace.symbol.resolve_support.properties") or ()),
            progress=bool(can("window.work_done_progress")),
            configuration=bool(can("workspace.configuration")),
            registers_configuration=bool(can("workspace.did_change_configuration.dynamic_registration")),
            signature_markdown=_prefers_markdown(
                can("text_document.signature_help.signature_information.documentation_format")
            ),
            fold_limit=can("text_document.folding_range.range_limit"),
            link_tooltips=bool(can("text_document.document_link.tooltip_support")),
            refreshes_hints=bool(can("workspace.inlay_hint.refresh_support")),
            refreshes_values=bool(can("workspace.inline_value.refresh_support")),
            refreshes_lenses=bool(can("workspace.code_lens.refresh_support")),
            refreshes_diagnostics=bool(can("workspace.diagnostics.refresh_support")),
            pulls_diagnostics=can("text_document.diagnostic") is not None,
            watches_files=bool(can("workspace.did_change_watched_files.dynamic_registration")),
        )
