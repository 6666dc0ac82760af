"""Yesterday's copy put back after today's alerts went out: found again, they are known as told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from flows.sinks import MailFault, MailSink
from tests.flows.desk import Desk, mail_url, subjects
from tests.warehouse.timeline import PEAKE, TARN, UNION, Said, at, page, words
from warehouse.copies import write_copy
from warehouse.database import Warehouse
from warehouse.inspection import inspect_file
from warehouse.published import publish, published_path, query_published
from warehouse.restoring import restore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST = page("a", 1, Said(PEAKE, "local", words(1)))
NEWS = (
    page("b", 3, Said(PEAKE, "central", words(2)), Said(TARN, "local", words(3))),
    page("c", 3, Said(UNION, "local", words(4))),
)


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with MailSink() as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path, sink: MailSink) -> Desk:
    """A desk on whose copy one alert was told, one waited for the digest, and nobody knew of today's news."""
    desk = Desk(tmp_path, config(sink))
    desk.read(at(1, 11), FIRST)
    desk.deliver(at(1, 12))
    with Warehouse.open(path(desk)) as warehouse:
        write_copy(warehouse, tmp_path / "copy.duckdb")
    return desk


def config(sink: MailSink) -> dict[str, Any]:
    destinations = {
        "desk": {"url": mail_url(sink)},
        "daily": {"url": mail_url(sink, "daily@example.org"), "digest_at": "08:00", "time_zone": "UTC"},
    }
    rules = [
        {"name": "sides", "kinds": ["first", "shift"], "destinations": ["desk"]},
        {"name": "list", "kinds": ["first", "shift"], "timing": "daily", "destinations": ["daily"]},
    ]
    return {"detection": {"minimum_confidence": 0.5}, "destinations": destinations, "rules": rules}


def path(desk: Desk) -> Path:
    return desk.settings.places.warehouse


def tell_news(desk: Desk, *, is_published: bool = True) -> None:
    """Today's run: the news is found, told at once, and told in the digest of the next morning."""
    desk.read(at(3, 11), *NEWS)
    desk.deliver(at(3, 12))
    desk.deliver(at(4, 9))
    if is_published:
        with Warehouse.open(path(desk)) as warehouse:
            publish(warehouse)


def put_back(desk: Desk, *, day: int = 5) -> Any:
    return restore(path(desk), desk.home / "copy.duckdb", at(day))


def outbox(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.query("SELECT alert_id, event_id, destination, status, message_id FROM alerts ORDER BY ALL")


def is_sound(desk: Desk) -> bool:
    return all(observation.is_sound for observation in inspect_file(path(desk), desk.home))


def test_what_was_sent_since_is_not_sent_again_when_its_news_is_read_again(desk: Desk, sink: MailSink) -> None:
    tell_news(desk)
    told, alerts = subjects(sink), outbox(desk)
    done = put_back(desk)
    assert (done.carried.source, done.carried.problems) == (path(desk), ())
    assert (done.carried.counts["messages"], done.carried.counts["alerts"]) == (5, 7)
    assert is_sound(desk)
    desk.read(at(5, 11), *NEWS)
    for day in (5, 6):
        desk.deliver(at(day, 12))
    assert subjects(sink) == told
    assert outbox(desk) == alerts
    assert {status for *_, status, _ in alerts} == {"sent"}
    assert desk.query("SELECT count(DISTINCT event_id), count(*) FROM stance_events") == [(4, 4)]
    assert is_sound(desk)


def test_what_was_sent_is_there_with_its_words_though_nobody_prints_them_again(desk: Desk, sink: MailSink) -> None:
    tell_news(desk)
    told = subjects(sink)
    quotes = desk.query("SELECT event_id, quote, previous_quote, url FROM stance_events ORDER BY ALL")
    put_back(desk)
    assert desk.query("SELECT event_id, quote, previous_quote, url FROM stance_events ORDER BY ALL") == quotes
    desk.read(at(5, 11))  # a run without anything new from outside: the texts told of are analysed again
    desk.deliver(at(5, 12))
    assert desk.query("SELECT event_id, quote, previous_quote, url FROM stance_events ORDER BY ALL") == quotes
    assert desk.query("SELECT count(*) FROM actor_positions WHERE stance = 'central'") == [(1,)]
    assert subjects(sink) == told
    assert is_sound(desk)


def test_what_was_found_and_not_sent_goes_out_once(desk: Desk, sink: MailSink) -> None:
    desk.read(at(3, 11), *NEWS)
    done = put_back(desk)
    assert done.carried.left_behind["alerts"] == 6
    desk.read(at(5, 11), *NEWS)
    for day in (5, 6, 7):
        desk.deliver(at(day, 12))
    assert len(subjects(sink)) == len(set(subjects(sink))) == 1 + 3 + 2
    assert not [subject for subject in subjects(sink) if "repeat" in subject]


def test_what_may_have_arrived_is_sent_once_more_and_marked(desk: Desk, sink: MailSink) -> None:
    desk.read(at(1, 13), NEWS[1])
    sink.faults.append(MailFault.TAKE_AND_DROP)
    desk.deliver(at(1, 14))
    put_back(desk)
    told = subjects(sink)[-1]
    for _ in range(2):
        desk.read(at(2, 7), NEWS[1])
        desk.deliver(datetime.now(UTC) + timedelta(days=1))  # a message is due again by the clock on the wall
    assert [subject for subject in subjects(sink) if subject.startswith(told)] == [told, f"{told} (may be a repeat)"]


def test_news_after_a_restore_is_told_against_what_was_told(desk: Desk, sink: MailSink) -> None:
    tell_news(desk)
    put_back(desk)
    told = len(subjects(sink))
    desk.read(at(6, 11), page("d", 6, Said(PEAKE, "local", words(9))))
    desk.deliver(at(6, 12))
    assert len(subjects(sink)) == told + 1
    assert desk.query("SELECT kind, previous_stance FROM stance_events WHERE article_id = 'd'") == [
        ("shift", "central")
    ]


def test_the_published_file_tells_where_the_working_file_cannot(desk: Desk, sink: MailSink) -> None:
    tell_news(desk)
    told = subjects(sink)
    path(desk).write_bytes(b"no database")
    done = put_back(desk)
    assert done.carried.source == published_path(path(desk))
    assert "cannot be read" in done.carried.problems[0]
    assert done.set_aside.read_bytes() == b"no database"
    desk.read(at(5, 11), *NEWS)
    desk.deliver(at(5, 12))
    assert subjects(sink) == told


def test_where_nothing_tells_news_older_than_the_restore_is_marked(desk: Desk, sink: MailSink) -> None:
    tell_news(desk, is_published=False)
    told = subjects(sink)
    path(desk).write_bytes(b"no database")
    published_path(path(desk)).unlink(missing_ok=True)
    done = put_back(desk)
    assert done.carried.source is None
    desk.read(at(5, 11), *NEWS)
    desk.read(at(6, 11), page("d", 6, Said(PEAKE, "local", words(9))))
    desk.deliver(at(6, 12))
    again = subjects(sink)[len(told) :]
    assert len(again) == 5
    assert sum("repeat" in subject for subject in again) == 4  # three found again, the digest; not what came behind it


def test_the_copy_set_aside_can_be_put_back_too(desk: Desk, sink: MailSink) -> None:
    tell_news(desk)
    told, alerts = subjects(sink), outbox(desk)
    events = desk.query("SELECT * EXCLUDE (model_version) FROM stance_events ORDER BY ALL")
    done = put_back(desk)
    restore(path(desk), done.set_aside, at(5) + timedelta(hours=1))
    assert outbox(desk) == alerts
    assert desk.query("SELECT * EXCLUDE (model_version) FROM stance_events ORDER BY ALL") == events
    desk.deliver(at(5, 12))
    assert subjects(sink) == told
    assert query_published(path(desk), "SELECT count(*) FROM runs WHERE flow = 'restore'").rows == ((1,),)
