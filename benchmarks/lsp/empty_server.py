"""An empty pygls server: what starting up costs whoever builds on it."""

from pygls.lsp.server import LanguageServer

LanguageServer("empty", "1").start_io()
