"""Tries the user's templates on sample messages, for `stancewatch doctor`: each kind once, with and without a past."""

from __future__ import annotations

import dataclasses
import difflib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from extractors.records import ActorType, Stance, Theme
from flows.message_content import (
    AlertContent,
    DigestContent,
    Earlier,
    HeartbeatContent,
    OperatorContent,
    OperatorLine,
    Past,
    SummaryContent,
)
from flows.render import Renderer
from flows.templating import OURS
from flows.wording import EventKind

if TYPE_CHECKING:
    from pathlib import Path

KINDS: Final = ("alert", "digest", "summary", "heartbeat", "operator", "test")
_AT: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
_BEFORE: Final = _AT - timedelta(days=90)
_QUOTE: Final = "Leave the choice with the boards, then hold them to it."
_FIRST: Final = AlertContent(
    alert_id="0123456789abcdef",
    event_kind=EventKind.FIRST,
    person="Wilhelmina Sample",
    role="chair",
    organisation="Sample Hospitals Group",
    actor_type=ActorType.LOCAL_NHS,
    stance=Stance.LOCAL,
    stance_score=0.9,
    confidence=0.93,
    quote=_QUOTE,
    lead_in="She said: “",
    lead_out="”",
    evidence=(0, 32),
    earlier=None,
    themes=(Theme.AUTONOMY_CONTROL,),
    new_themes=(),
    article_title="A sample",
    url="https://sample.example/a",
    publisher="Sample News",
    published_at=_AT,
    outlets=("Sample News",),
    detected_at=_AT,
    statement_id="fedcba9876543210",
    is_possible_repeat=False,
)
_SHIFT: Final = dataclasses.replace(
    _FIRST,
    event_kind=EventKind.SHIFT,
    earlier=Earlier(Stance.CENTRAL, "One rule for all.", _BEFORE, "Sample News", "https://sample.example/b"),
    new_themes=(Theme.AUTONOMY_CONTROL,),
    outlets=("Sample News", "Sample Gazette"),
    is_possible_repeat=True,
    history=(Past(_BEFORE, Stance.CENTRAL), Past(_AT, Stance.LOCAL)),
)


def check_templates(folder: Path) -> tuple[list[str], list[str]]:
    """What is wrong with the templates in ``folder``, and which files there are none of ours and used by none."""
    paths = folder.iterdir() if folder.is_dir() else ()
    files = sorted(path.name for path in paths if path.is_file() and not path.name.startswith("."))
    if not files:
        return [], []
    problems: list[str] = []
    renderer = Renderer(folder, problems.append)
    for alert in (_FIRST, _SHIFT):
        renderer.alert(alert)
        renderer.digest(DigestContent("Sample digest", (_BEFORE, _AT), (alert,), feed_notes=("a note",)))
        renderer.summary(SummaryContent((alert,), 30, "", "stancewatch alerts list"))
    for troubles in ((), ("a trouble",)):
        renderer.heartbeat(HeartbeatContent(_BEFORE, _AT, 3, 2, 1, 4, troubles, troubles))
    for change, ended_at in (("begins", None), ("lasts", None), ("ends", _AT)):
        line = OperatorLine("disk", change, "a trouble", "a mend", _BEFORE, ended_at)
        renderer.operator(OperatorContent((line,), "sample"))
    renderer.test("sample", _AT)
    ours = [*(path.name for path in OURS.iterdir()), *(f"{kind}.slack.j2" for kind in KINDS)]
    strange = [name for name in files if name not in ours and name not in renderer.used_templates]
    return problems, [_mention(name, ours) for name in strange]


def _mention(name: str, ours: list[str]) -> str:
    near = difflib.get_close_matches(name, ours, n=1, cutoff=0.6)
    return f"{name} is none of ours{f'; did you mean {near[0]}?' if near else ': it is not used'}"
