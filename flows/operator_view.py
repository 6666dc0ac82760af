"""What templates may see of a message to the operator: what began, lasts and is over, in cleaned words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flows.wording import clean_line, count_words, long_time

if TYPE_CHECKING:
    from flows.message_content import OperatorContent, OperatorLine

SHOWN: Final = 40
_WORDS, _ADVICE = 600, 400
_NAMED: Final = 3
"""Troubles named in the subject."""
_TITLES: Final = {
    "runs": "runs of {name} fail",
    "configuration": "the configuration cannot be read",
    "late": "no run succeeds",
    "warehouse": "the warehouse cannot be opened",
    "disk": "the disk fills",
    "destination": "destination {name} takes nothing",
    "feed": "feed {name} brings nothing",
    "drift": "the share without a side is off",
}
_GROUPS: Final = (("begins", "New", "✗"), ("lasts", "Still so", "✗"), ("ends", "Over", "✓"))


@dataclass(frozen=True, slots=True)
class LineView:
    """One trouble; ``advice`` is empty where it is over, ``pieces`` are the same: each odd one is a command."""

    title: str
    words: str
    when: str
    advice: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """Troubles that changed alike."""

    title: str
    sign: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class OperatorView:
    """A message to the operator, ready for a template."""

    message_id: str
    subject: str
    host: str
    groups: tuple[GroupView, ...]
    left_out: int
    is_possible_repeat: bool


def view_operator(content: OperatorContent) -> OperatorView:
    """The lines by what changed, the first forty of them."""
    shown = content.lines[:SHOWN]
    groups = []
    for change, title, sign in _GROUPS:
        lines = tuple(_line(line) for line in shown if line.change == change)
        groups += [GroupView(title, sign, lines)] if lines else []
    return OperatorView(
        message_id=clean_line(content.message_id),
        subject=_subject(content),
        host=clean_line(content.host, 80),
        groups=tuple(groups),
        left_out=len(content.lines) - len(shown),
        is_possible_repeat=content.is_possible_repeat,
    )


def _subject(content: OperatorContent) -> str:
    wrong = [line for line in content.lines if line.change != "ends"]
    named = wrong or [line for line in content.lines if line.change == "ends"]
    titles = [_title(line.trouble) for line in named[:_NAMED]] or ["details are not known any more"]
    titles += [f"{len(named) - _NAMED} more"] if len(named) > _NAMED else []
    if not wrong:
        return f"Over: {', '.join(titles)}"
    over = len(content.lines) - len(wrong)
    ended = f"; {count_words(over, 'trouble is', 'troubles are')} over" if over else ""
    return f"{'Still' if all(line.change == 'lasts' for line in wrong) else 'Trouble'}: {', '.join(titles)}{ended}"


def _title(trouble: str) -> str:
    """A trouble in a few words."""
    kind, _, name = trouble.partition(":")
    return _TITLES.get(kind, "{name}").format(name=clean_line(name or kind, 60))


def _line(line: OperatorLine) -> LineView:
    when = f"since {long_time(line.began_at)} (London)"
    if line.ended_at:
        when = f"{long_time(line.began_at)} to {long_time(line.ended_at)} (London)"
    title, advice = _title(line.trouble), "" if line.ended_at else clean_line(line.advice, _ADVICE)
    return LineView(
        title[:1].upper() + title[1:], clean_line(line.words, _WORDS), when, advice, tuple(advice.split("`"))
    )
