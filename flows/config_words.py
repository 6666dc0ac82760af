"""What is wrong with a value in a configuration file, in words that tell what to write instead."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDEST: Final = 60
_ADDRESS: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(.*)", re.DOTALL)
_PUBLIC_HOSTS: Final = frozenset({"http", "https", "imap", "imaps", "mailto", "mailtos"})
"""Elsewhere apprise has tokens where a host would be."""
_HOST: Final = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")
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
    return f"{quoted(error['input'])} does not fit: {_advice(name, context, error)}"


def quoted(value: object) -> str:
    """A value as a complaint may quote it, cut to what fits; of addresses `shown_place` alone."""
    given = repr(_without_secrets(value))
    return given if len(given) <= _WIDEST else given[: _WIDEST - 3] + "..."


def shown_place(text: str) -> str:
    """Scheme and host of what looks like an address, since anything else in it may be a secret; other texts whole."""
    found = _ADDRESS.search(text)
    if found is None:
        return text if "://" not in text else "…://…"
    scheme, place, rest = found.groups()
    host = place.rpartition("@")[2]
    is_public = scheme.lower() in _PUBLIC_HOSTS and "@" not in rest.partition("?")[0] and _HOST.fullmatch(host)
    more = "/…" if is_public and (rest.strip("/") or host != place) else ""
    return f"{scheme}://{host}{more}" if is_public else f"{scheme}://…"


def _without_secrets(value: object) -> object:
    if isinstance(value, str):
        return shown_place(value)
    if isinstance(value, dict):
        return {_without_secrets(key): _without_secrets(each) for key, each in value.items()}
    return [_without_secrets(each) for each in value] if isinstance(value, list) else value


def choices(error: Any) -> list[str]:
    """The values that a closed list admits, of the error that another one gave."""
    return _QUOTED.findall(error["ctx"]["expected"]) if error["type"] == "enum" else []


def nearest(word: str, known: Sequence[str]) -> str:
    """What somebody may have meant, or all there is."""
    match = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return (
        f"did you mean `{shown_place(match[0])}`?"
        if match
        else f"known here: {', '.join(map(shown_place, known)) or 'none yet'}"
    )


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
