"""`stancewatch trace`: every step that an item went through, and why it did or did not alert."""

from __future__ import annotations

import dataclasses
import sys
from typing import TYPE_CHECKING

from extractors.identity import canonical_url
from flows.analyse import rule_rows
from flows.engine import least_confidence
from flows.settings import load_alerts, load_theme_names, locate
from flows.trace_alerts import arrival_step, delivery_step
from flows.trace_arrival import arrival, drop_step, fetch_step, waiting_words
from flows.trace_ledger import actor_fates, actor_groups, actor_steps, analysis_steps, not_analysed
from flows.trace_picture import as_json, as_text
from flows.trace_steps import Fate, Step, Tone, Trace, clock_time, count, sentence
from flows.wording import THEMES, clean_line
from warehouse.tracing import LEAST_KEY, Owner, Subject, open_tracer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extractors.records import Theme
    from flows.alert_settings import AlertsFile
    from warehouse.traced import FeedEntrySeen
    from warehouse.tracing import FeedHistory, ItemHistory, MessageHistory, Tracer

_SHOWN = 8
_OWNED = ("event", "statement", "alert", "message", "article", "entry", "feed", "address")
"""What one key may name at once; the first in this order is what is meant."""


def trace_item(key: str, *, is_json: bool) -> int:
    """Print the trace of what ``key`` names; returns the exit status: 0, 1 if it is unknown, 2 if it names several."""
    key = key.encode("utf-8", "replace").decode().strip()
    if not key:
        sys.stderr.write("stancewatch: nothing is named; give an address or the beginning of an id\n")
        return 2
    places = locate()
    alerts, themes = load_alerts(places), load_theme_names(places)
    with open_tracer(places.warehouse) as tracer:
        subjects = choose(tracer.find(key))
        if len(subjects) > 1:
            named = ", ".join(f"{subject.kind} {subject.id}" for subject in subjects[:_SHOWN])
            more = f" and {len(subjects) - _SHOWN} more" if len(subjects) > _SHOWN else ""
            how = "are called" if subjects[0].is_whole else "begin with"
            sys.stderr.write(f"stancewatch: several {how} {clean_line(key)}: {named}{more}; give the id of one\n")
            return 2
        if not subjects and len(key) < LEAST_KEY:
            sys.stderr.write(
                f"stancewatch: {clean_line(key)} is too short; give at least {LEAST_KEY} characters of an id\n"
            )
            return 2
        trace = build_trace(tracer, key, subjects[0] if subjects else None, alerts, themes)
    sys.stdout.write(as_json(trace) if is_json else as_text(trace))
    return 0 if trace.is_known else 1


def choose(subjects: Sequence[Subject]) -> list[Subject]:
    """What the key names in full, of the kind that comes first; else all whose id it begins."""
    if subjects and subjects[0].is_whole:
        kind = min((subject.kind for subject in subjects), key=_OWNED.index)
        return [*{subject.id: subject for subject in subjects if subject.kind == kind}.values()]
    return [*{subject.id: subject for subject in sorted(subjects, key=lambda one: -_OWNED.index(one.kind))}.values()]


def build_trace(
    tracer: Tracer, key: str, subject: Subject | None, alerts: AlertsFile, themes: Mapping[Theme, str] = THEMES
) -> Trace:
    """The trace of one subject, or of a key that nothing is known of."""
    if subject is None:
        return _unknown(tracer, key)
    if subject.kind == "feed":
        return _trace_feed(tracer.feed(subject.id))
    if subject.kind == "message":
        return _trace_message(tracer.message(subject.id))
    owner = Owner() if subject.kind == "address" else tracer.owner(subject)
    urls = [subject.id] if subject.kind == "address" else []
    return _trace_item(subject, tracer.item(owner, urls, rule_rows(alerts)), alerts, themes)


def _trace_item(subject: Subject, history: ItemHistory, alerts: AlertsFile, themes: Mapping[Theme, str]) -> Trace:
    rules, article, detection = rule_rows(alerts), history.article, alerts.detection
    least = detection.seed_confidence if article and article.kind == "seed" else least_confidence(detection)
    steps, fates = [*arrival(history)], []
    if article is not None:
        steps += analysis_steps(history, article)
        for said in actor_groups(history):
            steps += actor_steps(history, said, least, rules, themes)
            fates += actor_fates(history, said, least)
    fates = fates or [_stop(subject, history)]
    first = history.entries[0] if history.entries else None
    title = article.title if article else first.title if first else ""
    url = article.url if article else first.url if first else subject.id
    is_told = any(fate.is_told for fate in fates)
    return Trace(
        subject.kind, subject.id, title, url, tuple(steps), is_known=True, is_told=is_told, verdict=sentence(fates)
    )


def _stop(subject: Subject, history: ItemHistory) -> Fate:
    """Why an item came to no statement."""
    article = history.article
    if article is not None:
        why = not_analysed(history, article) or "nobody is quoted in it"
        return Fate(2, is_told=False, who=_what(article.title, article.url), words=why)
    for entry in history.entries[-1:]:
        words = {"waiting": waiting_words(entry), "dropped": f"it was dropped: {clean_line(entry.reason, 300)}"}
        why = words.get(entry.state, "its page gave no article yet")
        return Fate(1, is_told=False, who=_what(entry.title, entry.url), words=why)
    why = "it is no article, and no feed named it as one"
    if history.drops:
        why = f"it was dropped at {history.drops[-1].stage}: {clean_line(history.drops[-1].reason, 300)}"
    elif history.fetches and history.fetches[-1].outcome in {"failed", "refused"}:
        why = f"it {history.fetches[-1].outcome}: {clean_line(history.fetches[-1].reason, 300)}"
    return Fate(0, is_told=False, who=clean_line(subject.id, 300), words=why)


def _trace_feed(history: FeedHistory) -> Trace:
    """What the last poll of a feed brought, and how far it came."""
    feed = history.feed
    state = "configured" if feed.is_configured else "no longer in feeds.yml: it is not polled"
    steps = [Step(None, 0, "feed", f"feed of {clean_line(feed.publisher, 80)}, {state}", id=feed.feed_id)]
    if feed.baseline_at:
        steps.append(Step(feed.baseline_at, 1, "feed", "first poll: what stood there is history and alerts nobody"))
    steps += [*map(fetch_step, history.fetches), *map(drop_step, history.drops)]
    brought_last = feed.brought_at is not None and feed.brought_at == feed.polled_at
    if feed.polled_at is None:
        steps.append(Step(None, 0, "poll", "never polled", Tone.HELD))
    elif not brought_last:
        tone = Tone.STOPPED if feed.failures else Tone.PLAIN
        steps.append(
            Step(feed.polled_at, 0, "poll", f"the last poll brought nothing new: {_feed_reason(history)}", tone)
        )
    new = [entry for entry in history.entries if entry.is_new]
    if new:
        what = "the last poll" if brought_last else "the last poll that did"
        steps.append(Step(feed.brought_at, 0, "poll", f"{what} brought {count(len(new), 'new entry', 'new entries')}"))
        steps += [_feed_entry(entry) for entry in new]
    if feed.next_fetch_at:
        steps.append(Step(feed.next_fetch_at, 0, "feed", "not asked again before this"))
    alerts = sum(entry.alerts_sent for entry in new)
    verdict = f"Told: {count(alerts, 'alert')} of what {feed.feed_id} brought last."
    if not alerts:
        verdict = f"Not told: {feed.feed_id}, because {_feed_silence(history, new)}."
    return Trace(
        "feed", feed.feed_id, feed.publisher, feed.url, tuple(steps), is_known=True, is_told=alerts > 0, verdict=verdict
    )


def _feed_reason(history: FeedHistory) -> str:
    feed = history.feed
    return f"{feed.status}{f', {clean_line(feed.reason, 300)}' if feed.reason else ''}"


def _feed_silence(history: FeedHistory, new: Sequence[FeedEntrySeen]) -> str:
    """Why what a feed brought told nobody anything."""
    if history.feed.polled_at is None:
        return "it was never polled"
    if history.feed.failures:
        return f"its last poll ended with {_feed_reason(history)}"
    if not new:
        return "it never brought an entry"
    if all(entry.is_history for entry in new):
        return "all that it brought is history"
    return "none of what it brought last raised an alert that was sent: trace an entry to see why"


def _feed_entry(entry: FeedEntrySeen) -> Step:
    state = {"waiting": "waits", "dropped": "dropped", "read": "read"}.get(entry.state, entry.state)
    state += f": {clean_line(entry.reason, 200)}" if entry.reason else ""
    more = [count(entry.events, "new stance")] if entry.events else []
    more += [count(entry.alerts_sent, "alert") + " sent"] if entry.alerts_sent else []
    words = f"{clean_line(entry.title, 80) or clean_line(entry.url, 200)}: {', '.join([state, *more])}"
    words += "; history" if entry.is_history else ""
    tone = Tone.STOPPED if entry.state == "dropped" else Tone.DONE if entry.events else Tone.PLAIN
    return Step(entry.published_at, 1, "entry", words, tone, entry.article_id or entry.entry_id)


def _trace_message(history: MessageHistory) -> Trace:
    """A digest or another message of its own: its alerts and its attempts."""
    message, attempts, message_id = history.message, history.deliveries, history.message_id
    steps = []
    if message is not None:
        window = (
            f" of {clock_time(message.window_start)} to {clock_time(message.window_end)}"
            if message.window_start
            else ""
        )
        words = f"{message.kind}{window} for {message.destination}: {message.status}"
        steps.append(Step(message.created_at, 0, "message", words, id=message_id))
    for alert in history.alerts:
        words = f"carries alert {alert.alert_id} of event {alert.event_id}"
        steps.append(Step(alert.created_at, 1, "alert", words, id=alert.alert_id))
    steps += [*map(delivery_step, attempts), *map(arrival_step, history.arrivals)]
    who = f"{message.kind if message else 'message'} {message_id}"
    due = (
        f"; it is tried again after {clock_time(message.next_attempt_at)}"
        if message and message.next_attempt_at
        else ""
    )
    last = f"the last attempt ended {attempts[-1].outcome}: {clean_line(attempts[-1].detail, 300)}" if attempts else ""
    fate = Fate(1, is_told=False, who=who, words=(last or "it was not sent yet") + due)
    if sent := [one for one in attempts if one.outcome == "sent"]:
        fate = Fate(1, is_told=True, who=who, words=f"to {sent[0].destination} at {clock_time(sent[0].attempted_at)}")
    trace = Trace("message", message_id, who, "", tuple(steps), is_known=True, is_told=fate.is_told, verdict="")
    return dataclasses.replace(trace, verdict=sentence([fate]))


def _unknown(tracer: Tracer, key: str) -> Trace:
    """What can be said of a key that names nothing."""
    feeds = tracer.host_feeds(key)
    steps = [
        Step(
            None,
            0,
            "unknown",
            "no entry, article, statement, event, alert, message or feed has this address or id",
            Tone.STOPPED,
        )
    ]
    for feed in feeds[:_SHOWN]:
        words = f"the feed {feed.feed_id} is of the same site, and none of its documents named this page"
        steps.append(
            Step(feed.last_ok_at, 1, "feed", f"{words}; {feed.status} {clean_line(feed.reason, 200)}".rstrip())
        )
    why = "nothing is known of it: no feed, import or seed ever brought it"
    if "://" in canonical_url(key) and not feeds:
        why += ", and no feed of its site is configured"
    fate = Fate(0, is_told=False, who=clean_line(key, 300), words=why)
    return Trace(
        "unknown", "", "", clean_line(key, 300), tuple(steps), is_known=False, is_told=False, verdict=sentence([fate])
    )


def _what(title: str, url: str) -> str:
    return f"“{clean_line(title)}”" if title.strip() else clean_line(url, 300)
