"""The commands: what each is called, where it stands and what it does in a sentence."""

from importlib import import_module
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """A command. `target` is `module:function`, imported when the command is called."""

    target: str
    group: str
    summary: str
    own_arguments: bool = False
    """It reads its arguments itself, as they are."""

    def load(self) -> Any:
        """The function."""
        module, _, name = self.target.partition(":")
        return getattr(import_module(module), name)


COMMANDS = {
    "init": Entry("wf_engine.cli.init:init", "Write", "Start a project: a workflow that runs, a task, the settings."),
    "validate": Entry("wf_engine.cli.validate:validate", "Write", "Say what is wrong with files; --fix mends it."),
    "fmt": Entry("wf_engine.cli.rewriting:fmt", "Write", "Lay files out: indentation, spaces, blank lines."),
    "migrate": Entry("wf_engine.cli.rewriting:migrate", "Write", "Write old spellings as they are written today."),
    "explain": Entry("wf_engine.cli.explain:explain", "Write", "Explain a diagnostic such as WF301, or list them all."),
    "plan": Entry("wf_engine.cli.plan:plan", "Run", "Show what a run would do, without a request."),
    "graph": Entry("wf_engine.cli.graph:graph", "Run", "Draw a workflow as Mermaid, DOT or SVG."),
    "run": Entry("wf_engine.cli.run:run", "Run", "Run a workflow of a file."),
    "test": Entry("wf_engine.cli.testing:run_tests", "Run", "Run tests of workflows; no service is asked."),
    "trace": Entry("wf_engine.cli.trace:trace", "Run", "Draw a run: who waited for whom, what was tried again."),
    "history": Entry("wf_engine.cli.history:history", "Run", "List earlier runs."),
    "compare": Entry("wf_engine.cli.compare:compare", "Run", "Set two runs side by side: where they part."),
    "stats": Entry("wf_engine.cli.stats:stats", "Run", "Count runs: how many ended well, and how long they took."),
    "lsp": Entry(
        "wf_lsp.entry:main",
        "Serve",
        "The language server, for editors; speaks over stdin and stdout.",
        own_arguments=True,
    ),
    "test-api": Entry("wf_engine.cli.serving:serve_test_api", "Serve", "A local HTTP service for examples and tests."),
    "stage": Entry(
        "wf_stages.cli:main", "Prove", "Prove by evidence that a stage of a project is done.", own_arguments=True
    ),
}
