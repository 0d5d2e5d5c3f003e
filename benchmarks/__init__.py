"""Benchmarks: each states a promise, as a ratio inside one run wherever a peer is there."""
