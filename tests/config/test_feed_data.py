"""config/feeds.yml: what a fresh installation polls."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

CONFIG = Path(__file__).resolve().parents[2] / "config"
DATA: dict[str, Any] = yaml.safe_load((CONFIG / "feeds.yml").read_text(encoding="utf-8"))
ACTORS: dict[str, Any] = yaml.safe_load((CONFIG / "actors.yml").read_text(encoding="utf-8"))
FEEDS: list[dict[str, Any]] = DATA["feeds"]
BODIES = {"official", "parliament", "membership_body", "think_tank", "union_professional", "local_government"}
PRESS = {"trade_press", "national_press", "broadcaster", "newswire"}
KINDS = BODIES | PRESS | {"patient_voluntary", "blog"}
KEYS = {"id", "publisher", "kind", "homepage", "url", "format", "interval_minutes", "expected_7d"}
NAMES = {organisation["name"] for organisation in ACTORS["organisations"]}


def host(address: str) -> str:
    return urlsplit(address).hostname or ""


def test_the_file_has_four_keys() -> None:
    assert set(DATA) == {"fetch", "polling", "archive", "feeds"}


def test_the_client_is_polite_and_bounded() -> None:
    fetch = DATA["fetch"]
    assert fetch["user_agent"] == "Stancewatch/{version} (+{contact})"
    assert fetch["contact"].startswith("https://")
    assert fetch["gap_seconds"] >= 1
    assert fetch["total_seconds"] <= 20
    assert fetch["feed_max_bytes"] == 10 * 1024 * 1024
    assert fetch["page_max_bytes"] == 5 * 1024 * 1024
    assert 1 <= fetch["concurrency"] <= 64


def test_there_are_sixty_feeds_of_fifty_publishers_and_of_every_kind() -> None:
    assert len(FEEDS) >= 60
    assert len({feed["publisher"] for feed in FEEDS}) >= 50
    assert {feed["kind"] for feed in FEEDS} == KINDS


@pytest.mark.parametrize("key", ["id", "url"])
def test_no_feed_stands_there_twice(key: str) -> None:
    # an address that differs only by case, scheme, www or a closing slash is the same feed
    values = [re.sub(r"^https?://(?:www\.)?", "", feed[key].lower()).rstrip("/") for feed in FEEDS]
    assert [value for value, count in Counter(values).items() if count > 1] == []


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: str(feed["id"]))
def test_a_feed_is_complete_and_sensible(feed: dict[str, Any]) -> None:
    assert set(feed) == KEYS
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", feed["id"])
    assert isinstance(feed["publisher"], str)
    assert feed["kind"] in KINDS
    assert feed["format"] in {"feed", "sitemap"}
    assert (feed["format"] == "sitemap") == ("sitemap" in feed["url"])
    assert 10 <= feed["interval_minutes"] <= 1440
    assert 1 <= feed["expected_7d"] <= 500
    for address in (feed["homepage"], feed["url"]):
        assert address.startswith("https://")
        assert "." in host(address)
        assert not re.search(r"\s", address)


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: str(feed["id"]))
def test_a_busy_feed_is_polled_before_its_entries_roll_off(feed: dict[str, Any]) -> None:
    # many feeds show their latest ten entries; half of that may come between two polls
    between_polls = feed["expected_7d"] * feed["interval_minutes"] / (7 * 24 * 60)
    assert between_polls <= 5


def test_bodies_have_the_names_of_the_actor_book_and_the_press_has_none() -> None:
    patterns = [re.compile(entry["pattern"]) for entry in ACTORS["patterns"]]
    for feed in FEEDS:
        if feed["kind"] in BODIES | {"patient_voluntary"}:
            assert feed["publisher"] in NAMES, feed["id"]
        elif feed["kind"] in PRESS:
            assert feed["publisher"] not in NAMES, feed["id"]
            assert not any(pattern.search(feed["publisher"]) for pattern in patterns), feed["id"]


def test_a_publisher_has_one_kind_apart_from_its_blog() -> None:
    kinds: dict[str, set[str]] = {}
    for feed in FEEDS:
        kinds.setdefault(feed["publisher"], set()).add(feed["kind"])
    assert {publisher: found for publisher, found in kinds.items() if len(found - {"blog"}) > 1} == {}


def test_no_host_is_asked_too_often() -> None:
    requests_a_day: Counter[str] = Counter()
    for feed in FEEDS:
        requests_a_day[host(feed["url"])] += 24 * 60 // feed["interval_minutes"]
    assert max(requests_a_day.values()) <= 300
