"""Seed documents: found by hash, loaded silently, missing ones named once, fetched where their address is known."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import logging
from datetime import date
from typing import TYPE_CHECKING

import yaml

from flows.config_file import read_config
from flows.newsroom import load_newsroom
from flows.run import open_run
from flows.seed_settings import SeedsFile
from flows.seeds import fetch_seeds, load_seeds
from tests.flows.world import World, running_world

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TEXT = "A title line\n\nPeople must be trusted to decide locally, said Petronella Vance of NHS Providers.\n"


def write_seeds(world: World, folder: Path, *, url: str = "") -> None:
    """One seed that is there and one that is not."""
    folder.mkdir()
    (folder / "here.txt").write_text(TEXT, encoding="utf-8")
    facts = {"publisher": "Example", "published": "2018-11", "speakers": ["Petronella Vance"], "title_line": 1}
    seeds = [
        {"file": "here.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest(), **facts},
        {"file": "gone.txt", "sha256": "0" * 64, "url": url, **facts},
    ]
    path = world.settings.places.config / "seeds.yml"
    path.write_text(yaml.safe_dump({"seeds": seeds}), encoding="utf-8")


async def load(world: World, folder: Path) -> int:
    async with open_run(world.settings, "seeds") as run:
        return await load_seeds(run, [folder])


async def fetch(world: World, folder: Path) -> int:
    async with open_run(world.settings, "seeds") as run:
        return await fetch_seeds(run, [folder])


def test_a_seed_is_loaded_once_and_a_missing_one_is_one_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running_world(tmp_path, []) as world:
        write_seeds(world, tmp_path / "seeds")
        with caplog.at_level(logging.WARNING, logger="stancewatch"):
            assert asyncio.run(load(world, tmp_path / "seeds")) == 1
        assert len(caplog.records) == 1
        assert "gone.txt" in caplog.records[0].getMessage()
        assert asyncio.run(load(world, tmp_path / "seeds")) == 0
        rows = world.query("SELECT kind, title, publisher, published_at::DATE::VARCHAR, text FROM articles")
        assert rows == [("seed", "A title line", "Example", "2018-11-01", TEXT)]
        seed = read_config(world.settings.places.file("seeds.yml"), SeedsFile).seeds[0]
        assert world.query("SELECT article_id FROM articles") == [(seed.article_id,)]
        assert (seed.published_on(), seed.published_in()) == (date(2018, 11, 1), "2018-11")
        assert dataclasses.replace(seed, published="2015").published_in() == "2015"
        assert dataclasses.replace(seed, published="2018-05-24").published_in() == ""


def test_a_seed_with_another_hash_is_not_loaded(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with running_world(tmp_path, []) as world:
        write_seeds(world, tmp_path / "seeds")
        (tmp_path / "seeds" / "here.txt").write_text("other words", encoding="utf-8")
        with caplog.at_level(logging.WARNING, logger="stancewatch"):
            assert asyncio.run(load(world, tmp_path / "seeds")) == 0
        assert "another sha256" in caplog.text


def test_a_missing_seed_is_fetched_from_its_address(tmp_path: Path) -> None:
    site = load_newsroom()[0]
    with running_world(tmp_path, [site]) as world:
        page = site.on_day(1)[0]
        write_seeds(world, tmp_path / "seeds", url=world.newsroom.bases[0] + page.path)
        assert asyncio.run(fetch(world, tmp_path / "seeds")) == 1
        assert world.query("SELECT kind, title FROM articles") == [("seed", page.title)]
        assert asyncio.run(fetch(world, tmp_path / "seeds")) == 0
