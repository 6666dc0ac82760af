"""How what an article says fared, in steps: analysis, statements, positions, events, rules, alerts, deliveries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.records import Theme
from flows.trace_alerts import alert_steps, event_fate, rule_steps
from flows.trace_steps import Fate, Step, Tone, count, day, name, percent, percents, quoted, side
from flows.trace_verdicts import change_steps, correction_steps, taken_back
from flows.wording import clean_line, join_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from warehouse.ledger import RuleRow
    from warehouse.traced import ArticleSeen, EventSeen, PositionSeen, StatementSeen
    from warehouse.tracing import ItemHistory

_ANALYSED = ("en", "")
_GIVEN = "given"
"""Stands for the engine where labels came with the article."""


def analysis_steps(history: ItemHistory, article: ArticleSeen) -> Iterator[Step]:
    """What the engine found, or why it found nothing."""
    if why := not_analysed(history, article):
        yield Step(None, 0, "analyse", f"not analysed: {why}", Tone.STOPPED)
        return
    current = [statement for statement in history.statements if statement.is_current]
    sided = sum(statement.stance != "none" for statement in current)
    given = article.model_version == _GIVEN
    by = "labelled as the import gave it" if given else f"analysed by engine {article.model_version}"
    words = f"{by}, revision {article.analysed_revision}: "
    words += f"{count(len(current), 'statement')}, {sided} with a side" if current else "nobody is quoted in it"
    tone = Tone.DONE if sided else Tone.STOPPED
    yield Step(None, 0, "analyse", words, tone)
    if article.detected_at is None:
        yield Step(None, 0, "detect", "what is new in it is settled by the next run", Tone.HELD)
    elif sided:
        yield Step(article.detected_at, 0, "detect", "what is new in it was settled", Tone.DONE)


def not_analysed(history: ItemHistory, article: ArticleSeen) -> str:
    """Why an article has no analysis; an empty string if it has one."""
    if article.model_version == _GIVEN and article.analysed_revision is not None:
        return ""
    if article.language not in _ANALYSED:
        return f"it is not in English ({article.language})"
    failed = [drop.reason for drop in history.drops if drop.stage == "analyse"]
    if failed and not history.statements:
        return f"the engine gave up on it: {clean_line(failed[-1], 300)}"
    if article.analysed_revision is None:
        return "it waits for the next run"
    return ""


def actor_groups(history: ItemHistory) -> list[list[StatementSeen]]:
    """The statements by who speaks, in the order in which they speak first; of the actor asked for, if one is."""
    groups: dict[str, list[StatementSeen]] = {}
    for statement in history.statements:
        if _is_asked_for(history, statement):
            groups.setdefault(statement.actor_id or f"nameless {name(statement)}", []).append(statement)
    return list(groups.values())


def _is_asked_for(history: ItemHistory, statement: StatementSeen) -> bool:
    focus = history.focus
    if focus.statement_id and focus.actor_id is None:
        return statement.statement_id == focus.statement_id
    return focus.actor_id is None or statement.actor_id == focus.actor_id


def actor_steps(
    history: ItemHistory,
    said: Sequence[StatementSeen],
    least: float,
    rules: Sequence[RuleRow],
    themes: Mapping[Theme, str],
) -> Iterator[Step]:
    """One speaker: statements, what they add up to, the event, what came of it; ``themes``: what those are called."""
    told = {history.focus.statement_id, *(one.statement_id for one in history.corrections)}
    told |= {event.statement_id for event in history.events}
    shown = [one for one in said if one.stance != "none" or one.statement_id in told]
    silent = f"{count(len(said) - len(shown), 'statement')} without a side"
    if not shown:
        yield Step(None, 1, "actor", f"{name(said[-1])}: {silent}", id=said[0].actor_id or "")
        return
    yield Step(None, 1, "actor", name(said[-1]), id=said[0].actor_id or "")
    for statement in shown:
        yield from _statement(history, statement, least)
    if len(shown) < len(said):
        yield Step(None, 2, "statement", silent)
    actor_id = said[0].actor_id
    position = next((one for one in history.positions if one.actor_id == actor_id), None)
    events = _events(history, said)
    if position is not None:
        yield _position(position)
    if not events:
        yield Step(None, 2, "event", f"no event: {no_event(history, said, position, least)}", Tone.STOPPED)
    for event in events:
        yield event_step(history, event, themes)
        yield from change_steps(history, event.event_id)
        yield from rule_steps(history, event, rules)
        yield from alert_steps(history, event)


def actor_fates(history: ItemHistory, said: Sequence[StatementSeen], least: float) -> list[Fate]:
    """What became of one speaker's statements."""
    actor_id, who = said[0].actor_id, name(said[-1])
    asked = next((one for one in said if one.statement_id == history.focus.statement_id), None)
    if asked is not None and (asked.stance == "none" or not asked.is_current):
        carried = _events(history, said) if _took_a_side(history, asked) else []
        told = [_carried_fate(history, asked, event, who) for event in carried]
        return told or [Fate(3, is_told=False, who=who, words=no_event(history, [asked], None, least))]
    events = _events(history, said)
    if events:
        return [event_fate(history, event, who, why_repeat(history, event)) for event in events]
    position = next((one for one in history.positions if one.actor_id == actor_id), None)
    reach = 5 if position else 4 if actor_id and any(one.stance != "none" for one in said) else 3
    return [Fate(reach, is_told=False, who=who, words=no_event(history, said, position, least))]


def _took_a_side(history: ItemHistory, asked: StatementSeen) -> bool:
    """Whether a statement that takes no side now, or stands in the article no more, was on one once."""
    corrected = [one.own_stance for one in history.corrections if one.statement_id == asked.statement_id]
    is_carrier = any(event.statement_id == asked.statement_id for event in history.events)
    return is_carrier or any(stance != "none" for stance in (asked.stance, *corrected))


def _carried_fate(history: ItemHistory, asked: StatementSeen, event: EventSeen, who: str) -> Fate:
    """What became of an event that a statement carried, alone or with others, until it was on no side any more."""
    fate = event_fate(history, event, who, why_repeat(history, event))
    if event.statement_id == asked.statement_id:
        return fate
    return replace(fate, words=f"{fate.words} (the event rests on other words now)")


def _events(history: ItemHistory, said: Sequence[StatementSeen]) -> list[EventSeen]:
    """The events of one speaker, or the one that is asked for."""
    spoken = {statement.statement_id for statement in said}
    asked = history.focus.event_id
    own = [one for one in history.events if one.actor_id == said[0].actor_id or one.statement_id in spoken]
    return [one for one in own if asked in {None, one.event_id}]


def no_event(history: ItemHistory, said: Sequence[StatementSeen], position: PositionSeen | None, least: float) -> str:
    """Why a speaker's statements made no event, in words that go on from "because"."""
    article = history.article
    sided = [statement for statement in said if statement.stance != "none" and statement.is_current]
    if not sided:
        kept = any(statement.stance != "none" for statement in said)
        return "an edit or a newer engine took these words back" if kept else "nothing said takes a side"
    if said[0].actor_id is None:
        return "the speaker has no name: nobody's history is known, so nothing is new"
    if article is not None and article.detected_at is None:
        return "what is new in the article is settled by the next run"
    if position is None:
        surest = max(statement.confidence for statement in sided)
        told, needed = percents(surest, least)
        return f"no side is sure enough: {told} at most, where {needed} are needed"
    if article is not None and not article.is_live:
        return "the article is history, which news is new against"
    return "its words were no news when it was settled: an earlier revision or engine had them"


def _statement(history: ItemHistory, statement: StatementSeen, least: float) -> Iterator[Step]:
    sure = statement.stance == "none" or statement.confidence >= least
    told, needed = percents(statement.confidence, least)
    measured = percent(statement.confidence) if sure else f"{told} (below {needed})"
    how = "by an analyst" if statement.corrected else measured
    words = f"{side(statement.stance)}, {how}: {quoted(statement.text)}"
    tone = Tone.PLAIN if sure else Tone.HELD
    yield Step(None, 2, "statement", words, tone, statement.statement_id)
    if not statement.is_current:
        yield Step(None, 3, "statement", "no longer in the article: an edit or a newer engine took it back")
    if statement.opinion_judge:
        answer = statement.opinion_stance or clean_line(statement.opinion_outcome or "")
        yield Step(None, 3, "opinion", f"second opinion of {clean_line(statement.opinion_judge, 80)}: {answer}")
    yield from correction_steps(history, statement.statement_id)
    yield Step(statement.settled_at, 3, "original", _original(statement))


def _original(statement: StatementSeen) -> str:
    """Whether the words are new, or who printed them before."""
    if statement.original_id is None:
        return "whether these words were printed before is settled by the next run"
    if statement.original_id == statement.statement_id:
        return "nobody printed these words before"
    words = "the same words" if statement.is_same_words else "nearly the same words"
    how = "syndicated: " if statement.is_same_story else "quoted again: "
    where = f"{clean_line(statement.original_publisher or '', 80)}, {clean_line(statement.original_url or '', 300)}"
    return f"{how}{words} were printed before, {day(statement.original_at)}, {where}"


def _position(position: PositionSeen) -> Step:
    counted = "counts in the history" if position.is_new else "does not count: all of it was printed before"
    words = f"adds up to {side(position.stance)}, {percent(position.confidence)}; {counted}"
    return Step(position.said_at, 2, "position", words, Tone.DONE if position.is_new else Tone.HELD)


def event_step(history: ItemHistory, event: EventSeen, names: Mapping[Theme, str]) -> Step:
    """An event, and in plain words why it is of its kind."""
    tone = Tone.STOPPED if event.kind == "repeat" else Tone.DONE
    words = f"{event.kind}: {side(event.stance)}, {percent(event.confidence)}, since {_why(history, event, names)}"
    return Step(event.detected_at, 2, "event", words, tone, event.event_id)


def _why(history: ItemHistory, event: EventSeen, names: Mapping[Theme, str]) -> str:
    if event.kind == "first":
        return "no earlier side of this actor is known"
    if event.kind == "shift":
        return f"the side before was {side(event.previous_stance or 'none')}: {_previous(event)}"
    if event.kind == "theme":
        themes = join_words(tuple(names[Theme(theme)] for theme in event.new_themes))
        return f"the side is the same as before, on a theme never touched before, {themes}: {_previous(event)}"
    return why_repeat(history, event)


def why_repeat(history: ItemHistory, event: EventSeen) -> str:
    """Why an event is a repeat, in words that go on from "because"; empty if it is none."""
    if event.kind != "repeat":
        return ""
    return taken_back(history, event.event_id) or _never_news(history, event)


def _never_news(history: ItemHistory, event: EventSeen) -> str:
    """Why an event was a repeat from the first."""
    if not event.is_new:
        return _printed_before(history, event)
    if event.told_before:
        return f"the event {event.told_before} tells of the same actor in the same article"
    if event.later_at is not None:
        where = f"{clean_line(event.later_publisher or '', 80)}, {clean_line(event.later_url or '', 300)}"
        return f"it arrived late: what the actor said later was known already, {day(event.later_at)}, {where}"
    if event.previous_stance == event.stance:
        return f"the side is the same as before and touches no new theme: {_previous(event)}"
    return "it is no news any more since actors were merged or parted"


def _printed_before(history: ItemHistory, event: EventSeen) -> str:
    """Where the words of an event that has none of its own stood first."""
    carrier = next((one for one in history.statements if one.statement_id == event.statement_id), None)
    if carrier is None or carrier.original_url is None or carrier.original_id == carrier.statement_id:
        return "all these words were printed before"
    where = f"{clean_line(carrier.original_publisher or '', 80)}, {clean_line(carrier.original_url, 300)}"
    how = "this is a copy of a text" if carrier.is_same_story else "these are old words"
    return (
        f"{how} that {'was' if carrier.is_same_story else 'were'} printed before, {day(carrier.original_at)}, {where}"
    )


def _previous(event: EventSeen) -> str:
    if event.previous_quote is None:
        return "an earlier position that is no longer kept"
    where = f"{clean_line(event.previous_publisher or '', 80)}, {clean_line(event.previous_url or '', 300)}"
    return f"{quoted(event.previous_quote)}, {day(event.previous_at)}, {where}"
