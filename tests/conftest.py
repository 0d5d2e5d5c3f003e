"""Hypothesis runs at a fixed seed and a small size; `WF_TEST_PROFILE=soak` runs the full figures."""

import os
import signal

from hypothesis import HealthCheck, settings

_QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
settings.register_profile("quick", derandomize=True, max_examples=100, deadline=None, suppress_health_check=_QUIET)
settings.register_profile("soak", max_examples=2000, deadline=None, suppress_health_check=_QUIET)
settings.load_profile(os.environ.get("WF_TEST_PROFILE", "quick"))

# Whatever starts the tests in the background of a shell makes them, and all that they start, deaf to these.
for _number, _usual in ((signal.SIGINT, signal.default_int_handler), (getattr(signal, "SIGHUP", None), signal.SIG_DFL)):
    if _number is not None and signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _usual)
