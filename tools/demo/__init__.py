"""The demo: a broken workflow, from the editor to a trace."""
