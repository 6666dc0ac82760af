"""A look at markup before any parser sees it, and what parsers raise that have seen it."""

from __future__ import annotations

import re

_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{3000,}")
_VALUE = re.compile(rb"\"[^\"]*\"|'[^']*'")
_MAX_ATTRIBUTES = 2_000
PARSER_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the libraries that read documents raise on those that nobody thought of; none of our own code runs within."""


def has_monstrous_tag(body: bytes) -> bool:
    """Whether a tag has thousands of attributes: parsers compare each with each, which takes them minutes.

    A long value, such as a picture written out in an attribute, is no such thing.
    """
    return any(len(_VALUE.sub(b"", found[0]).split()) > _MAX_ATTRIBUTES for found in _LONG_TAG.finditer(body))
