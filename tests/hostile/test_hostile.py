"""One run of the real product over the whole hostile world: each fault ends as one recorded outcome of its class."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from flows.prefect_setup import prefect_server, prepare_prefect
from tests.hostile.case import FAILED, Case
from tests.hostile.product import LONGEST_SECONDS, Ended, Product, Record
from tests.hostile.world import CASES, Running, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.prefect
PEAK_KIB = 300 * 1024
FETCH_SECONDS = 20.0
MINUTES_OFF = 7
"""A tenth of an hour is cut off a pause at random, and a run begins before its feeds are asked."""


@dataclass(frozen=True, slots=True)
class Aftermath:
    """Both runs, and what the last one in which a case took part left of it."""

    world: Running
    product: Product
    runs: tuple[Ended, ...]
    records: dict[int, Record]


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    home = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch, running(home) as world:
        for name, value in _prefect(home).items():
            patch.setenv(name, value)
        with prefect_server() as api_url:
            product = Product(home, world, api_url)
            product.configure(range(len(CASES)))
            runs = [product.run()]
            records = product.records()
            again = [number for number, case in enumerate(CASES) if case.again]
            world.show_again()
            product.configure(again)
            runs.append(product.run())
            records |= {number: record for number, record in product.records().items() if number in again}
        yield Aftermath(world, product, tuple(runs), records)


def _prefect(home: Path) -> dict[str, str]:
    environment = dict(os.environ)
    prepare_prefect(home, environment)
    return {name: value for name, value in environment.items() if os.environ.get(name) != value}


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.name for case in CASES])
def test_case(aftermath: Aftermath, number: int) -> None:
    case, record = CASES[number], aftermath.records[number]
    _check_feed(aftermath, number)
    _check_pages(case, record)
    _check_stored(case, record)
    _check_requests(case, aftermath, number)


def _check_feed(aftermath: Aftermath, number: int) -> None:
    """One outcome a run, of the right class, for the right reason, in time."""
    case, record = CASES[number], aftermath.records[number]
    assert record.health is not None, "no outcome is recorded"
    url = aftermath.world.url(number)
    outcomes = [fetch for fetch in record.fetches if fetch.kind == "feed" and fetch.url == url]
    assert len(outcomes) == (2 if case.again else 1)
    assert max(fetch.seconds for fetch in record.fetches) <= FETCH_SECONDS
    classes = FAILED if record.health.status == "retired" else {record.health.status}
    assert classes <= case.expected, record.health
    assert case.reason in record.health.reason
    assert "\n" not in record.health.reason
    if case.moved:
        assert record.health.url.endswith(case.moved)
    if case.wait_minutes is not None:
        pause = record.health.next_fetch_at - outcomes[-1].started_at
        assert abs(pause.total_seconds() / 60 - case.wait_minutes) < MINUTES_OFF


def _check_pages(case: Case, record: Record) -> None:
    fetches = [fetch for fetch in record.fetches if fetch.kind == "page"]
    assert len({(fetch.url, fetch.started_at) for fetch in fetches}) == len(fetches)
    if case.page is None:
        return
    assert {fetch.outcome for fetch in fetches} <= case.page, fetches
    assert bool(fetches) == bool(case.page) or not case.page - {"refused"}
    assert all(case.page_reason in fetch.reason for fetch in fetches), fetches


def _check_stored(case: Case, record: Record) -> None:
    if case.entries is not None:
        assert len(record.entries) == case.entries
    if case.articles is not None:
        assert len(record.articles) == case.articles, (record.drops, record.fetches)
    for name, expected in case.article.items():
        value = str(record.articles[0][name])
        assert expected in value if expected else not value
    if case.drop is None:
        assert not record.drops
    else:
        assert any(case.drop in reason for reason in record.drops) or not case.drop, record.drops


def _check_requests(case: Case, aftermath: Aftermath, number: int) -> None:
    received = [r for r in aftermath.world.sites[number].received if not r.path.startswith("/.well-known/")]
    if case.asked is not None:
        assert [request.path for request in received] == list(case.asked)
    for before, after in pairwise(request.at for request in received):
        assert after - before >= case.gap_seconds


def test_names_are_told_apart() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names)) >= 120


def test_the_canary_was_never_called(aftermath: Aftermath) -> None:
    assert aftermath.world.canary.connections == 0


def test_both_runs_ended_well_and_in_time(aftermath: Aftermath) -> None:
    for run in aftermath.runs:
        assert run.status == 0, run.complaints
        assert "Traceback" not in run.complaints
        assert run.seconds < LONGEST_SECONDS


def test_the_main_process_stayed_small(aftermath: Aftermath) -> None:
    assert max(run.peak_kib for run in aftermath.runs) < PEAK_KIB


def test_no_file_of_ours_was_read_into_the_warehouse(aftermath: Aftermath) -> None:
    assert not aftermath.product.rows("SELECT url FROM articles WHERE concat(title, byline, text) LIKE '%root:%:0:0%'")
    assert not aftermath.product.rows("SELECT url FROM store.entries WHERE concat(title, content) LIKE '%root:%:0:0%'")


def test_every_request_of_the_world_took_its_time_at_most(aftermath: Aftermath) -> None:
    assert not aftermath.product.rows(f"SELECT * FROM fetches WHERE seconds > {FETCH_SECONDS}")  # noqa: S608
