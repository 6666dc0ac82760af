"""Documents made to be slow or to eat memory: each costs itself, and the pool goes on."""

from __future__ import annotations

import pickle
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from extractors.records import ExtractedPage
from flows.jobs import HEADER, Errand, ExtractPageJob, ReadInlineJob, Rejected
from flows.spool import Spool
from flows.workers import WorkerPool
from tests.flows.brief_jobs import BriefPageJob

CONFIG = Path(__file__).parents[2] / "config"
SENTENCE = b"<p>The board of the trust has said that it will decide on the matter before the end of the year.</p>"
BOMB = zlib.compress(b"(" + b"a" * 400_000_000 + b") Tj", 9)
HOSTILE = {
    "a hundred thousand elements deep": b"<div>" * 100_000 + SENTENCE,
    "lists in lists": SENTENCE * 3 + b"<ul><li>" * 50_000,
    "a flood of attributes": b"<p " + b" ".join(b"a%d=1" % number for number in range(100_000)) + b">text</p>",
    "one without values": b"<p " + b" ".join(b"a%d" % number for number in range(100_000)) + b">text</p>",
    "a megabyte of <": b"<" * 1_000_000,
    "megabytes without a space": b"<p>" + b"a" * 2_000_000 + b"</p>",
    "declarations in declarations": b'<script type="application/ld+json">' + b'{"isAccessibleForFree":[' * 50_000,
    "a PDF that unpacks to far more": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    b"4 0 obj<</Filter/FlateDecode/Length " + str(len(BOMB)).encode() + b">>stream\n" + BOMB + b"\nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF",
    "a PDF whose pages are their own": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
}

GOOD = ExtractPageJob(Spool.of(SENTENCE * 5), "https://marsh.example/b", "")


@pytest.mark.parametrize("name", HOSTILE)
async def test_the_pool_goes_on(name: str) -> None:
    async with WorkerPool(CONFIG, 1) as pool:
        answer = await pool.run(ExtractPageJob(Spool.of(HOSTILE[name]), "https://marsh.example/a", ""))
        assert isinstance(answer, ExtractedPage | Rejected)
        assert isinstance(
            await pool.run(ExtractPageJob(Spool.of(SENTENCE * 5), "https://marsh.example/b", "")), ExtractedPage
        )


async def test_a_job_beyond_its_cpu_seconds_is_told_as_such() -> None:
    slow = SENTENCE * 3 + b"<table>" + (b"<tr>" + b"<td>cell</td>" * 20 + b"</tr>") * 12_000 + b"</table>"
    async with WorkerPool(CONFIG, 1) as pool:
        answer = await pool.run(BriefPageJob(Spool.of(slow), "https://marsh.example/a", ""))
        assert isinstance(answer, Rejected)
        assert answer.reason.endswith("to parse")
        assert isinstance(
            await pool.run(ExtractPageJob(Spool.of(SENTENCE * 5), "https://marsh.example/b", "")), ExtractedPage
        )


def test_a_worker_whose_parent_was_killed_ends_without_a_word() -> None:
    body = pickle.dumps(Errand(ReadInlineJob("<p>It was said.</p>"), ()))
    command = [sys.executable, "-m", "flows.worker", str(CONFIG)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as worker:  # noqa: S603 - our own code
        assert worker.stdin
        assert worker.stdout
        worker.stdout.close()
        worker.stdin.write(HEADER.pack(len(body)) + body)
        worker.stdin.close()
        assert worker.stderr
        assert worker.stderr.read() == b""
        assert worker.wait() == 0
