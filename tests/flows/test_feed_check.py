"""`feeds check` and `feeds add` against the newsroom: what is dead is said, and mended from the homepage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from flows.config_file import ConfigError
from flows.feed_check import add_feed, check_feeds
from flows.newsroom import load_newsroom
from tests.flows.world import World, running_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with running_world(tmp_path, load_newsroom()[:3]) as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


def rewrite(world: World, number: int, **changes: str) -> None:
    path = world.settings.places.config / "feeds.yml"
    feeds = yaml.safe_load(path.read_text("utf-8"))
    feeds["feeds"][number] |= changes
    path.write_text(yaml.safe_dump(feeds, sort_keys=False), encoding="utf-8")


def test_feeds_that_are_well(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_feeds([]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "3 of 3 feeds are well"
    assert all(line.startswith("ok ") and "entries, newest 2026-0" in line for line in said[:-1])
    assert world.newsroom.requests > 0


def test_a_dead_address_is_mended_from_the_homepage(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    right = world.newsroom.feeds[0].url
    rewrite(world, 0, url=world.newsroom.bases[0] + "/old/feed")
    assert check_feeds([]) == 1
    said = capsys.readouterr().out
    assert "HTTP 404" in said
    assert f"put `url: {right}` in feeds.yml" in said
    assert said.splitlines()[-1] == "2 of 3 feeds are well"


def test_a_page_instead_of_a_feed_is_said(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(world, 1, url=world.newsroom.bases[1] + "/")
    assert check_feeds([world.newsroom.feeds[1].id]) == 1
    said = capsys.readouterr().out
    assert "HTML" in said
    assert world.newsroom.feeds[1].url in said


def test_a_host_that_is_not_allowed_is_refused(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(world, 2, url="http://127.0.0.1:9/feed", homepage="http://127.0.0.1:9/")
    assert check_feeds([world.newsroom.feeds[2].id]) == 1
    assert "127.0.0.1" in capsys.readouterr().out


def test_an_unknown_name_is_one_line(world: World) -> None:
    with pytest.raises(ConfigError, match=f"no feed 'nonsense' in {world.settings.places.config}"):
        check_feeds(["nonsense"])


def test_adding_a_feed_by_its_homepage(world: World) -> None:
    rewrite(world, 0, url=world.newsroom.bases[0] + "/elsewhere")
    assert add_feed(world.newsroom.bases[0] + "/", "New Body", "official") == 0
    added = world.settings.feeds.feeds[-1]
    assert (added.id, added.publisher, added.url) == ("new-body", "New Body", world.newsroom.feeds[0].url)
    with pytest.raises(ConfigError, match="already"):
        add_feed(added.url, "New Body", "official")
