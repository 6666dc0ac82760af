"""A look at markup before any parser sees it."""

from __future__ import annotations

import re

_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{3000,}")
_VALUE = re.compile(rb"\"[^\"]*\"|'[^']*'")
_MAX_ATTRIBUTES = 2_000


def has_monstrous_tag(body: bytes) -> bool:
    """Whether a tag has thousands of attributes: parsers compare each with each, which takes them minutes.

    A long value, such as a picture written out in an attribute, is no such thing.
    """
    return any(len(_VALUE.sub(b"", found[0]).split()) > _MAX_ATTRIBUTES for found in _LONG_TAG.finditer(body))
