"""Outside text in a page: JSON escaped for every place it may pass through.

A JSON island stands in HTML, may be read by JavaScript and, in a Folium map, is compiled by a
Jinja template (twice). So ``<``, ``>``, ``&``, the line separators U+2028 and U+2029, and braces
inside strings are written as ``\\uXXXX``: no tag, comment, entity, statement end or template
expression can arise, and a JSON parser reads the same values back.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from typing import Any

__all__ = ["LARGE_BYTES", "escaped_json", "packed_json"]

LARGE_BYTES = 150_000
"""From here on data is compressed; below it, it stays readable in the page's source."""

_LEVEL = 4  # the next packs 5 % closer and takes 40 % longer
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
_BRACES = {ord("{"): "\\u007b", ord("}"): "\\u007d"}
_STRING_WITH_BRACE = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def escaped_json(value: Any) -> str:
    """Return `value` as JSON that is inert in HTML, JavaScript and Jinja.

    Raises
    ------
    ValueError
        If `value` holds a number that JSON cannot write (NaN, infinity).

    Examples
    --------
    >>> print(escaped_json({"a": "</script>{{7*7}}"}))
    {"a":"\\u003c/script\\u003e\\u007b\\u007b7*7\\u007d\\u007d"}
    """
    text = _dumped(value).translate(_ESCAPES)
    return _STRING_WITH_BRACE.sub(lambda match: match[0].translate(_BRACES), text)


def packed_json(value: Any, *, level: int = _LEVEL) -> str:
    """Return `value` for the page's script: escaped JSON, or when large gzip in base64.

    The result is itself a JSON value: a large one is a JSON string of letters that need no escape.
    `level` says how closely it is packed, from 1 to 9.
    """
    text = _dumped(value)
    if len(text) < LARGE_BYTES:
        return escaped_json(value)
    # A fixed time stamp: the same report gives the same file.
    packed = gzip.compress(text.encode(), compresslevel=level, mtime=0)
    return f'"{base64.b64encode(packed).decode("ascii")}"'


def _dumped(value: Any) -> str:
    # A lone surrogate cannot be written as UTF-8; it becomes the replacement character.
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(text) else text


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
