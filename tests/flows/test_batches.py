"""Batches: who waits for whom, what a batch takes along, and by which versions it is answered."""

from __future__ import annotations

import asyncio
import pickle
import shutil
from typing import TYPE_CHECKING

import pytest

from extractors.records import ExtractedPage
from flows.batches import AT_ONCE_BYTES, Batches
from flows.config_file import ConfigError
from flows.jobs import AnalyseJob, DrawJob, ExtractPageJob, ReadInlineJob, Rejected
from flows.parcels import OtherVersions, Parcel, pack_knowledge, versions
from flows.settings import SHIPPED_CONFIG, Places, load_settings
from flows.spool import Spool

if TYPE_CHECKING:
    from pathlib import Path

    from flows.batches import HeavyJob
    from flows.jobs import Answer

SENTENCE = b"<p>The board of the trust has said that it will decide on the matter before the end of the year.</p>"
PLACES = Places(SHIPPED_CONFIG, SHIPPED_CONFIG, SHIPPED_CONFIG)


def page(number: int, size: int = 5) -> ExtractPageJob:
    return ExtractPageJob(Spool.of(SENTENCE * size), f"https://marsh.example/{number}", "")


class Post:
    """Takes batches and answers each job by its address, when told to."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.may_answer = asyncio.Event()

    async def send(self, jobs: tuple[HeavyJob, ...]) -> tuple[Answer, ...]:
        self.sizes.append(len(jobs))
        await self.may_answer.wait()
        return tuple(job.url if isinstance(job, ExtractPageJob) else "other" for job in jobs)


async def test_what_waits_while_a_batch_is_away_makes_the_next_one_and_each_gets_its_own_answer() -> None:
    post = Post()
    batches = Batches(post.send, size=1, most=1)
    asked = [asyncio.create_task(batches.run(page(number))) for number in range(60)]
    await asyncio.sleep(0)
    other = asyncio.create_task(batches.run(ReadInlineJob("<p>text</p>")))
    post.may_answer.set()
    assert await asyncio.gather(*asked) == [f"https://marsh.example/{number}" for number in range(60)]
    assert await other == "other"
    assert sorted(post.sizes) == [1, 10, 25, 25]


async def test_a_batch_ends_with_the_page_that_makes_it_large() -> None:
    post = Post()
    post.may_answer.set()
    batches = Batches(post.send, size=1, most=1)
    large = AT_ONCE_BYTES // len(SENTENCE) + 1
    await asyncio.gather(*(batches.run(page(number, large)) for number in range(3)))
    assert post.sizes == [1, 1, 1]


async def test_articles_go_at_once_and_charts_never() -> None:
    post = Post()
    post.may_answer.set()
    batches = Batches(post.send, size=1, most=1)
    async with asyncio.timeout(0.2):
        assert await batches.run(AnalyseJob(())) == "other"
    with pytest.raises(TypeError, match="DrawJob"):
        await batches.run(DrawJob("{}", 1.0))


async def test_whoever_waits_for_a_batch_that_fails_is_told_and_the_next_one_goes() -> None:
    async def send(jobs: tuple[HeavyJob, ...]) -> tuple[Answer, ...]:
        if jobs == (AnalyseJob(()),):
            raise LookupError
        return tuple("fine" for _ in jobs)

    batches = Batches(send, size=1, most=1)
    failed, fine = await asyncio.gather(batches.run(AnalyseJob(())), batches.run(page(1)), return_exceptions=True)
    assert isinstance(failed, LookupError)
    assert fine == "fine"


async def test_what_nobody_waits_for_any_more_is_given_up() -> None:
    post = Post()
    batches = Batches(post.send, size=1, most=1)
    asked = asyncio.create_task(batches.run(AnalyseJob(())))
    await asyncio.sleep(0.01)
    await batches.close()
    with pytest.raises(asyncio.CancelledError):
        await asked


def test_a_parcel_holds_the_bytes_of_a_page_and_is_done_within_the_limits_of_a_worker() -> None:
    deep = ExtractPageJob(Spool.of(b"<div>" * 100_000 + SENTENCE), "https://marsh.example/deep", "")
    jobs = (page(1), page(2, 2000), deep)
    parcel = Parcel(jobs, pack_knowledge(PLACES), versions(PLACES))
    assert len(jobs[1].body) > 2 * 64 * 1024  # on disk here, in a file that has no name elsewhere
    assert len(parcel.jobs) > sum(len(job.body) for job in jobs)
    assert b"/proc/" not in parcel.jobs
    sent: Parcel = pickle.loads(pickle.dumps(parcel))  # noqa: S301 - our own
    first, second, third = pickle.loads(sent.do())  # noqa: S301 - our own
    assert isinstance(first, ExtractedPage)
    assert isinstance(second, ExtractedPage)
    assert len(second.text) > 100 * len(first.text)
    assert isinstance(third, Rejected)


def test_a_parcel_for_another_engine_is_not_done(tmp_path: Path) -> None:
    jobs, knowledge = (page(1),), pack_knowledge(PLACES)
    reply = pickle.loads(Parcel(jobs, knowledge, "engine 0").do())  # noqa: S301 - our own
    assert reply == OtherVersions(versions(PLACES))
    shutil.copyfile(SHIPPED_CONFIG / "themes.yml", tmp_path / "themes.yml")
    with (tmp_path / "themes.yml").open("a", encoding="utf-8") as file:
        file.write("# edited\n")
    edited = Places(tmp_path, tmp_path, tmp_path)
    assert versions(edited) != versions(PLACES)
    assert pickle.loads(Parcel((), pack_knowledge(edited), versions(edited)).do()) == ()  # noqa: S301 - our own


@pytest.mark.parametrize(
    ("given", "tasks"),
    [("", ""), ("local", ""), ("dask://10.0.0.5:8786", "dask://10.0.0.5:8786"), ("ray://[::1]:1", "ray://[::1]:1")],
)
def test_one_setting_names_the_cluster(given: str, tasks: str) -> None:
    assert load_settings({"STANCEWATCH_TASKS": given}).tasks == tasks


@pytest.mark.parametrize("given", ["dask", "tcp://10.0.0.5:8786", "dask://10.0.0.5", "ray://host:port"])
def test_a_setting_that_names_none_is_refused_in_one_line(given: str) -> None:
    with pytest.raises(ConfigError, match=r"STANCEWATCH_TASKS: .* must be local, or a cluster such as dask://"):
        load_settings({"STANCEWATCH_TASKS": given})
