"""Days and months as London has them: embargoes at one past midnight, both changes of the clocks, in any client."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import duckdb

from flows.export import Order, export
from tests.warehouse.timeline import PEAKE, Page, Said, page, words
from warehouse.published import publish, published_path, query_published

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.warehouse.timeline import Timeline

EMBARGO = datetime(2026, 5, 31, 23, 1, tzinfo=UTC)
"""One past midnight on the first of June, summer time."""
SAID = " UNION ALL ".join(
    f"SELECT said_on FROM {view}"  # noqa: S608 - views of ours
    for view in ("articles", "statements", "stance_history", "stance_events")
)
BARE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def test_days_are_those_of_london(timeline: Timeline) -> None:
    moments = {
        "2026-06-02 23:01:00+00": "2026-06-03",
        "2026-03-28 23:59:00+00": "2026-03-28",  # the night before the clocks go forward
        "2026-03-29 00:59:00+00": "2026-03-29",
        "2026-03-29 23:00:00+00": "2026-03-30",
        "2026-10-24 22:59:00+00": "2026-10-24",  # the night in which they go back
        "2026-10-24 23:00:00+00": "2026-10-25",
        "2026-10-25 23:59:00+00": "2026-10-25",
        "2026-12-31 23:59:00+00": "2026-12-31",
    }
    for moment, day in moments.items():
        assert timeline.query(f"SELECT london_day(TIMESTAMPTZ '{moment}')::VARCHAR") == [(day,)], moment
    assert timeline.query("SELECT london_day(NULL::TIMESTAMPTZ)") == [(None,)]
    other = "SELECT count(*), count(*) FILTER (london_day(moment) <> timezone('Europe/London', moment)::DATE) FROM"
    hours = "range(TIMESTAMPTZ '1996-01-01 00:00:00+00', '2040-01-01 00:00:00+00', INTERVAL 1 HOUR)"
    assert timeline.query(f"{other} (SELECT unnest({hours}) AS moment)") == [(385_704, 0)]


def test_an_embargo_falls_on_its_day_in_every_client(
    timeline: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    timeline.read(page("seed", -40, Said(PEAKE, "central", words(2)), kind="seed", is_live=False))
    timeline.read(Page("a", (Said(PEAKE, "local", words(1)),), EMBARGO))
    publish(timeline.warehouse)
    wanted = [(date(2026, 6, 1),)] * 4
    newest = f"FROM ({SAID}) WHERE said_on > '2026-05-15'"
    assert list(query_published(timeline.warehouse.path, newest).rows) == wanted
    with duckdb.connect(str(published_path(timeline.warehouse.path)), read_only=True, config=BARE) as plain:
        plain.execute("SET TimeZone = 'America/New_York'")
        assert plain.execute(newest).fetchall() == wanted
        assert plain.execute("SELECT max(month) FROM theme_trends").fetchall() == [(date(2026, 6, 1),)]
    with duckdb.connect() as other:
        other.execute(f"ATTACH '{published_path(timeline.warehouse.path)}' AS ledger (READ_ONLY)")
        assert other.execute("SELECT max(said_on) FROM ledger.statements").fetchall() == [(date(2026, 6, 1),)]
    monkeypatch.setenv("STANCEWATCH_HOME", str(tmp_path))
    monkeypatch.setenv("STANCEWATCH_WAREHOUSE", str(timeline.warehouse.path))
    export(Order(tmp_path / "out", ("statements",), since="2026-06-01"))
    assert [path.name for path in (tmp_path / "out" / "statements").iterdir()] == ["month=2026-06"]
