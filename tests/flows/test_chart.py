"""The picture of an actor's positions: drawn in a worker, the same bytes each time, and never in the way."""

import json
import struct
import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractors.records import Stance
from flows.chart import draw_history, history_chart
from flows.jobs import DrawJob, ReadInlineJob, Rejected
from flows.message_content import Past
from flows.picture import pack_png
from flows.workers import WorkerPool

CONFIG = Path(__file__).parents[2] / "config"
START = datetime(2025, 12, 30, 12, tzinfo=UTC)
SIDES = [Stance.CENTRAL, Stance.BALANCED, Stance.LOCAL]


def history(days: list[float], sides: list[Stance] | None = None) -> list[Past]:
    return [Past(START + timedelta(days=day), (sides or SIDES * len(days))[number]) for number, day in enumerate(days)]


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


async def test_a_history_is_drawn_alike_by_every_worker() -> None:
    pictures = set()
    for _ in range(2):
        async with WorkerPool(CONFIG, 1) as pool:
            pictures |= {await draw_history(pool, history([0, 90, 155]), "Rosalind Peake") for _ in range(2)}
    assert len(pictures) == 1
    picture = pictures.pop()
    assert len(picture) < 40_000
    assert 1_000 < size(picture)[0] < 1_100
    assert 300 < size(picture)[1] < 400


@pytest.mark.parametrize(
    "days", [[], [0], [0, 1e-9], [0, 0], [0, 0.3], [0, 9], [0, 59], [0, 61], [0, 899], [0, 20_000]]
)
async def test_any_history_has_a_picture_or_none(days: list[float]) -> None:
    async with WorkerPool(CONFIG, 1) as pool:
        assert bool(await draw_history(pool, history(days), "x")) == (len(days) > 1)


async def test_a_history_without_two_sides_taken_has_no_picture() -> None:
    async with WorkerPool(CONFIG, 1) as pool:
        assert await draw_history(pool, history([0, 1], [Stance.NONE, Stance.LOCAL]), "x") == b""


async def test_a_worker_that_draws_does_not_parse_and_the_pool_does_both() -> None:
    async with WorkerPool(CONFIG, 2) as pool:
        for _ in range(2):
            assert await draw_history(pool, history([0, 9]), "x")
            assert await pool.run(ReadInlineJob("<p>A word.</p>")) == "A word."


async def test_what_cannot_be_drawn_is_an_answer() -> None:
    async with WorkerPool(CONFIG, 1) as pool:
        assert isinstance(await pool.run(DrawJob('{"mark": 7}', 2)), Rejected)
        assert await draw_history(pool, history([0, 9]), "x")


def test_the_newest_position_is_marked_and_all_are_there() -> None:
    spec = history_chart(history([0, 1, 2, 3]))
    rows = [layer["data"]["values"] for layer in spec["layer"]]
    assert [[row["shape"] for row in values] for values in rows[1:3]] == [
        ["triangle-down", "diamond", "triangle-up", "triangle-down"],
        ["triangle-down", "diamond", "triangle-up"],
    ]
    assert {row["at"] for row in rows[-1]} == {"2026-01-02T12:00:00Z"}
    assert "2 Jan 2026" in json.dumps(spec)


def test_dates_on_the_axis_leave_room_for_the_newest() -> None:
    for days in (1, 10, 45, 70, 200, 400, 1_000, 5_000):
        spec = history_chart(history([0, days]))
        values = spec["layer"][1]["encoding"]["x"]["axis"]["values"]
        assert len(values) <= 6
        assert all(value <= (START + timedelta(days=days * 0.75)).isoformat() for value in values), (days, values)


def test_packing_changes_no_pixel() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    pixels = bytes(range(256)) * 40
    parts = zlib.compress(pixels, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"h" * 13) + chunk(b"IDAT", parts[:99]) + chunk(b"IDAT", parts[99:])
    packed = pack_png(png + chunk(b"IEND", b""))
    assert len(packed) < 2_000
    assert packed.count(b"IDAT") == 1
    assert packed.endswith(chunk(b"IEND", b""))
    start = packed.index(b"IDAT")
    length = struct.unpack(">I", packed[start - 4 : start])[0]
    assert zlib.decompress(packed[start + 4 : start + 4 + length]) == pixels


def test_the_drawing_library_is_loaded_by_workers_only() -> None:
    code = "import sys, flows.chart, flows.render, flows.workers; sys.exit('vl_convert' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=CONFIG.parent).returncode == 0  # noqa: S603
