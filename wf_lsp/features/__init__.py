"""One file a method of the protocol, named as in `wf_engine.editing`."""
