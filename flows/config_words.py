"""What is wrong with a value in a configuration file, in words that tell what to write instead."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDEST: Final = 60
_QUOTED: Final = re.compile(r"'([^']*)'")
_LIMITS: Final = {
    "greater_than_equal": ("ge", "must be {} or more"),
    "greater_than": ("gt", "must be more than {}"),
    "less_than_equal": ("le", "must be {} or less"),
    "less_than": ("lt", "must be less than {}"),
}
_ADVICE: Final = (
    (re.compile("datetime|date"), "write a day or a moment, 2026-12-24 or 2026-12-24T09:00"),
    (re.compile("tuple|list|set"), "write a list, [a, b]"),
    (re.compile("int"), "write a whole number"),
    (re.compile("float|decimal|finite"), "write a number"),
    (re.compile("bool"), "write true or false"),
    (re.compile("string"), "write a text, if need be in quotation marks"),
    (re.compile("dict|mapping|dataclass"), "write keys with values, indented below it"),
)
"""By pydantic's names of errors; the first that is found in the name."""


def misfit(error: Any) -> str:
    """One of pydantic's errors, in words of ours."""
    name, context = error["type"], error.get("ctx", {})
    if name in {"missing", "missing_argument"}:
        return "is missing; add it"
    given = repr(error["input"])
    shown = given if len(given) <= _WIDEST else given[: _WIDEST - 3] + "..."
    return f"{shown} does not fit: {_advice(name, context, error)}"


def choices(error: Any) -> list[str]:
    """The values that a closed list admits, of the error that another one gave."""
    return _QUOTED.findall(error["ctx"]["expected"]) if error["type"] == "enum" else []


def nearest(word: str, known: Sequence[str]) -> str:
    """What somebody may have meant, or all there is."""
    match = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"did you mean `{match[0]}`?" if match else f"known here: {', '.join(known) or 'none yet'}"


def _advice(name: str, context: Any, error: Any) -> str:
    if known := choices(error):
        return nearest(str(error["input"]).casefold(), known)
    if name in _LIMITS:
        key, words = _LIMITS[name]
        return words.format(f"{context[key]:.15g}")
    if name == "value_error":
        return str(context["error"])
    words = next((advice for kind, advice in _ADVICE if kind.search(name)), "")
    return words or error["msg"][0].lower() + error["msg"][1:]
