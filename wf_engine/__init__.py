"""The engine: the one implementation of the workflow language that every door (editor, command line, cluster) uses."""

__version__ = "0.1.0"
