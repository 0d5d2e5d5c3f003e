"""The `wf` command: reads arguments, calls the engine, prints what it answers. Decides nothing about workflows.

`wf lsp` is dispatched before anything else is imported, so that the language server starts with its own imports only.
"""

from wf_engine.cli.entry import main

__all__ = ["main"]
