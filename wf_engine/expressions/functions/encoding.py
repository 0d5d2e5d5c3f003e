"""Functions that encode texts."""

import base64
import binascii
import hashlib
from typing import Any
from urllib.parse import quote

from wf_engine.expressions.errors import MisuseError
from wf_engine.expressions.functions.model import Function, Parameter, to
from wf_engine.expressions.values import check_encodable, check_length, inserted
from wf_engine.types import STRING

_TEXT = Parameter("text", ("string",))


class RawUrl(str):
    """A text that `url` takes as it is, without percent-encoding; anywhere else it is just the text."""

    __slots__ = ()
    function = "rawUrl"


def _raw_url(value: Any) -> RawUrl:
    return RawUrl(inserted(value))


def _url_encode(text: str) -> str:
    encoded = quote(check_encodable(text), safe="")
    check_length(len(encoded))
    return encoded


def _base64_encode(text: str) -> str:
    encoded = base64.b64encode(check_encodable(text)).decode("ascii")
    check_length(len(encoded))
    return encoded


def _base64_decode(text: str) -> str:
    try:
        return base64.b64decode(check_encodable(text), validate=True).decode("utf-8")
    except binascii.Error:
        raise MisuseError("The text is not base64.", argument=0) from None
    except UnicodeDecodeError:
        raise MisuseError("What the base64 stands for is not a text in UTF-8.", argument=0) from None


def _sha256(text: str) -> str:
    return hashlib.sha256(check_encodable(text)).hexdigest()


FUNCTIONS = (
    Function(
        name="urlEncode",
        parameters=(_TEXT,),
        returns="string",
        documentation="The text percent-encoded, so that it can stand as one segment or value in a URL.",
        example="urlEncode('a b/ü') == 'a%20b%2F%C3%BC'",
        evaluate=_url_encode,
        infer=to(STRING),
    ),
    Function(
        name=RawUrl.function,
        parameters=(Parameter("x", ("string", "number", "boolean", "null")),),
        returns="string",
        documentation="The value as text that a `url` takes as it is, without percent-encoding.",
        example="rawUrl('a/b?c=d') == 'a/b?c=d'",
        evaluate=_raw_url,
        infer=to(STRING),
    ),
    Function(
        name="base64Encode",
        parameters=(_TEXT,),
        returns="string",
        documentation="The text's UTF-8 in base64.",
        example="base64Encode('user:pass') == 'dXNlcjpwYXNz'",
        evaluate=_base64_encode,
        infer=to(STRING),
    ),
    Function(
        name="base64Decode",
        parameters=(_TEXT,),
        returns="string",
        documentation="The text whose UTF-8 is encoded in base64.",
        example="base64Decode('dXNlcjpwYXNz') == 'user:pass'",
        evaluate=_base64_decode,
        infer=to(STRING),
    ),
    Function(
        name="sha256",
        parameters=(_TEXT,),
        returns="string",
        documentation="The SHA-256 digest of the text's UTF-8, in lower-case hexadecimal.",
        example="sha256('') == 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'",
        evaluate=_sha256,
        infer=to(STRING),
    ),
)
