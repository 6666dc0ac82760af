"""What is logged, as lines of JSON on request (STANCEWATCH_LOG=json): each says what the run is at, none a secret.

Ids come from the context of the code that logs, so that whoever logs need not hand them on; Prefect's own records, of
server, flow and task, get them too. Without the setting nothing is changed.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VARIABLE: Final = "STANCEWATCH_LOG"
JSON: Final = "json"
OURS: Final = "stancewatch"
_PREFECTS: Final = ("", "prefect", "prefect.extra", "prefect.flow_runs", "prefect.task_runs", "uvicorn", "fastapi")
_MEASURES: Final = ("outcome", "seconds", "bytes", "number", "job", "memory_bytes", "attempt", "url")
"""What a record may say besides (``extra=``)."""
_LOGIN: Final = re.compile(r"(?<=//)[^/@\s]*:[^/@\s]*(?=@)")
_KEY: Final = re.compile(
    r"([?&][\w.-]*(?:key|token|secret|sig|password|auth|credential)[\w.-]*=)[^&\s]+", re.IGNORECASE
)
_SHORTEST_SECRET: Final = 4
_HIDDEN: Final = "***"

Doing = tuple[tuple[str, str], ...]
_doing: ContextVar[Doing] = ContextVar("doing", default=())
_learnt: set[str] = set()
"""Secrets that came to be known while lines were written already."""


@contextlib.contextmanager
def doing(**ids: str) -> Iterator[None]:
    """Have all that is logged within say these ids: run, flow, stage, feed, article, destination."""
    token = _doing.set((*((name, value) for name, value in _doing.get() if name not in ids), *ids.items()))
    try:
        yield
    finally:
        _doing.reset(token)


def present_doing() -> Doing:
    """The ids that hold here, for a process that goes on with the work."""
    return _doing.get()


def hide(secret: str) -> None:
    """Strike a secret out of all lines from now on."""
    _learnt.update(_forms(secret))


def _forms(secret: str) -> set[str]:
    """How a secret may look: as it is, and as addresses have it; too short, it would be found in every other word."""
    return {secret, quote(secret, safe=""), quote_plus(secret)} if len(secret) >= _SHORTEST_SECRET else set()


class JsonLines(logging.Formatter):
    """A record as one line of JSON, with ``secrets``, and logins and keys in addresses, struck out."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._secrets = frozenset(form for secret in secrets for form in _forms(secret))

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname.lower(), "logger": record.name}
        line |= {name: value for name, value in _doing.get() if value}
        line |= {name: value for name in _MEASURES if (value := getattr(record, name, None)) is not None}
        line["message"] = record.getMessage()
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps({name: self._clean(value) for name, value in line.items()}, ensure_ascii=False, default=str)

    def _clean(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        for secret in sorted(self._secrets | _learnt, key=len, reverse=True):  # none may leave the end of a longer one
            value = value.replace(secret, _HIDDEN)
        return _KEY.sub(rf"\1{_HIDDEN}", _LOGIN.sub(_HIDDEN, value))


class PrefectLines(JsonLines):
    """The same for what Prefect logs until `write_json` comes to it: Prefect makes it, as a formatter of its own."""

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__()


def is_json(environment: Mapping[str, str]) -> bool:
    """Whether lines of JSON are asked for."""
    return environment.get(VARIABLE, "").strip().lower() == JSON


def write_json(secrets: tuple[str, ...] = ()) -> None:
    """Log lines of JSON to standard error, ours from `INFO` on; call it again once Prefect has set up its own."""
    form = JsonLines(secrets)
    ours = logging.getLogger(OURS)
    if not any(isinstance(handler, _Lines) for handler in ours.handlers):
        ours.handlers = [handler for handler in ours.handlers if type(handler) is not logging.StreamHandler]
        ours.addHandler(_Lines(sys.stderr))
    ours.setLevel(logging.INFO)
    ours.propagate = False
    root = logging.getLogger()
    root.handlers = [_Lines(sys.stderr) if _is_console(handler) else handler for handler in root.handlers]
    for name in (OURS, *_PREFECTS):
        for handler in logging.getLogger(name).handlers:
            handler.setFormatter(form)


class _Lines(logging.StreamHandler):  # type: ignore[type-arg]  # not generic at run time before 3.11
    """Ours, to be told from those of others."""


def _is_console(handler: logging.Handler) -> bool:
    """Prefect's, which colours and folds what it prints."""
    return type(handler).__name__ == "PrefectConsoleHandler"
