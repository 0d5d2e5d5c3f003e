"""All engine benchmarks, one after another: `python -m benchmarks.engine`. Exits with 1 where a bar is missed."""

import sys

from benchmarks.engine import http_ratios, overhead

sys.exit(max([overhead.main([]), http_ratios.main([])]))
