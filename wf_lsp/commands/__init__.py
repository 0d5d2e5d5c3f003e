"""One file a `wf.*` command: JSON in, JSON out."""
