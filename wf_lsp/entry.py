"""`wf lsp`: its options, and over what it talks."""

import argparse
import logging

from wf_lsp.parents import Parents
from wf_lsp.protocol import Sender
from wf_lsp.server import WfServer
from wf_lsp.transport import FrameReader, Frames


def main(argv: list[str]) -> int:
    """Serves a client. Returns the exit code."""
    options = _parser().parse_args(argv)
    log_format = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    level, file = options.log_level.upper(), options.log_file
    if file is None:
        logging.basicConfig(level=level, format=log_format)
    else:
        logging.basicConfig(filename=file, encoding="utf-8", errors="backslashreplace", level=level, format=log_format)
    logging.getLogger("pygls").setLevel(logging.DEBUG if options.log_level == "debug" else logging.CRITICAL)
    if options.check:
        from wf_lsp.checking import check

        return check()
    if options.tcp is not None or options.ws is not None:
        return _listen(options.tcp, options.ws)
    return WfServer().serve()


def _listen(tcp: str | None, websocket: str | None) -> int:
    from wf_lsp.listening import Address, serve_tcp, serve_websocket

    try:
        address = Address.of(tcp if tcp is not None else websocket or "")
    except ValueError as error:
        _parser().error(str(error))
    serve, parents = serve_tcp if tcp is not None else serve_websocket, Parents()

    def converse(sender: Sender, frames: FrameReader | Frames, token: str | None) -> None:
        server = WfServer()
        with parents.watched(server):
            server.converse(sender, frames, token)

    return serve(address, converse)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wf lsp", description="The language server.")
    over = parser.add_mutually_exclusive_group()
    over.add_argument("--stdio", action="store_true", help="talk on stdin and stdout (the default)")
    over.add_argument("--tcp", metavar="[HOST:]PORT", help="listen on this machine, and print the token that it wants")
    over.add_argument("--ws", metavar="[HOST:]PORT", help="the same as a WebSocket")
    over.add_argument("--check", action="store_true", help="print what it would use, and how long it takes to start")
    parser.add_argument("--log-file", help="write the log there instead of to stderr")
    parser.add_argument("--log-level", default="warning", choices=["debug", "info", "warning", "error"])
    return parser
