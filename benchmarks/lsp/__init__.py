"""Keystroke latency beside yaml-language-server, in one interleaved run."""
