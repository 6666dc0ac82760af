"""What templates may see of a message to the operator: what began, lasts and is over, in cleaned words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flows.wording import clean_line, count_words, long_time

if TYPE_CHECKING:
    from flows.message_content import OperatorContent, OperatorLine

SHOWN: Final = 40
_WORDS, _ADVICE = 600, 400
_GROUPS: Final = (("begins", "New", "✗"), ("lasts", "Still so", "✗"), ("ends", "Over", "✓"))


@dataclass(frozen=True, slots=True)
class LineView:
    """One trouble; ``advice`` is empty where it is over."""

    words: str
    when: str
    advice: str


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
    over = len(content.lines) - len(wrong)
    first = (
        clean_line((wrong or list(content.lines))[0].words, 90) if content.lines else "details are not known any more"
    )
    if not wrong:
        return f"Over: {first}" + (f", and {over - 1} more" if over > 1 else "")
    more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
    ended = f"; {count_words(over, 'trouble is', 'troubles are')} over" if over else ""
    return f"{'Still' if all(line.change == 'lasts' for line in wrong) else 'Trouble'}: {first}{more}{ended}"


def _line(line: OperatorLine) -> LineView:
    when = f"since {long_time(line.began_at)} (London)"
    if line.ended_at:
        when = f"{long_time(line.began_at)} to {long_time(line.ended_at)} (London)"
    return LineView(clean_line(line.words, _WORDS), when, "" if line.ended_at else clean_line(line.advice, _ADVICE))
