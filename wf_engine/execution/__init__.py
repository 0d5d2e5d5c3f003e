"""Running workflows: a core that decides, a shell that does, requests and answers, retries, limits, and the events.

The execution is its event list; everything that is shown of a run is made from its events.
"""

from wf_engine.execution.answers import media_of
from wf_engine.execution.digest import normalised
from wf_engine.execution.engine import Engine, Mode, execute
from wf_engine.execution.errors import Failure, StepError
from wf_engine.execution.live import Live, Missed, Subscription
from wf_engine.execution.masking import Masker
from wf_engine.execution.mocking import MockAnswers, json_response, made_up_secrets, success_status, timed_out
from wf_engine.execution.program import Answers, Call, StepRun
from wf_engine.execution.recorder import Event, Sink
from wf_engine.execution.replaying import UNREADABLE, Outputs, ReplayAnswers, was_unreadable
from wf_engine.execution.transport import (
    Exchange,
    Origin,
    RefusedAddressError,
    Request,
    Response,
    Transport,
    TransportError,
    WholeAnswer,
)
from wf_engine.planning import InvalidInput

__all__ = [
    "UNREADABLE",
    "Answers",
    "Call",
    "Engine",
    "Event",
    "Exchange",
    "Failure",
    "InvalidInput",
    "Live",
    "Masker",
    "Missed",
    "MockAnswers",
    "Mode",
    "Origin",
    "Outputs",
    "RefusedAddressError",
    "ReplayAnswers",
    "Request",
    "Response",
    "Sink",
    "StepError",
    "StepRun",
    "Subscription",
    "Transport",
    "TransportError",
    "WholeAnswer",
    "execute",
    "json_response",
    "made_up_secrets",
    "media_of",
    "normalised",
    "success_status",
    "timed_out",
    "was_unreadable",
]
