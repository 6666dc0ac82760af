"""A wrong configuration gives one line that names file, line, key and the mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.config_file import ConfigError
from flows.settings import FeedFormat, load_settings, locate

if TYPE_CHECKING:
    from pathlib import Path

FEED = """feeds:
  - id: example
    publisher: Example
    kind: blog
    homepage: https://example.org/
    url: https://example.org/feed/
"""


def load(folder: Path, **files: str) -> str:
    """Load a folder with these files; returns the error's text."""
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings({"STANCEWATCH_CONFIG": str(folder)})
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_what_a_folder_lacks_comes_from_the_program(tmp_path: Path) -> None:
    (tmp_path / "feeds.yml").write_text(FEED, encoding="utf-8")
    settings = load_settings({"STANCEWATCH_CONFIG": str(tmp_path)})
    assert [feed.id for feed in settings.feeds.feeds] == ["example"]
    assert settings.feeds.feeds[0].format is FeedFormat.FEED
    assert len(settings.seeds.seeds) == 5


def test_shipped_configuration_loads() -> None:
    settings = load_settings({})
    assert len(settings.feeds.feeds) >= 40
    assert settings.alerts.detection.minimum_confidence is None


@pytest.mark.parametrize(
    ("name", "text", "place", "words"),
    [
        ("feeds", FEED + "    intervall_minutes: 5\n", "feeds.yml:7: feeds[0].intervall_minutes", "`interval_minutes`"),
        ("feeds", FEED.replace("kind: blog", "kind: blogg"), "feeds.yml:4: feeds[0].kind", "does not fit"),
        ("feeds", FEED + "    interval_minutes: soon\n", "feeds.yml:7: feeds[0].interval_minutes", "integer"),
        ("feeds", FEED + "    interval_minutes: 0\n", "feed example", "1 or more"),
        ("feeds", FEED.replace("    homepage: https://example.org/\n", ""), "feeds.yml:2: feeds[0].homepage", "add it"),
        ("feeds", FEED + FEED.removeprefix("feeds:\n"), "feeds.yml", "twice"),
        ("feeds", "feeds: [\n", "feeds.yml:2", "is not YAML"),
        ("feeds", "- a\n- b\n", "feeds.yml:1", "`feeds:`"),
        ("feeds", "fetch: {gap_secs: 2}\n" + FEED, "feeds.yml:1: fetch.gap_secs", "`gap_seconds`"),
        ("alerts", "rules: [{name: a, destinations: [mail]}]\n", "alerts.yml: rule a", "no destination 'mail'"),
        ("alerts", "destination: {}\n", "alerts.yml:1: destination", "`destinations`"),
        ("alerts", "rules:\n  - name: a\n    destinations: []\n    kinds: [new]\n", "rules[0].kinds[0]", "'new'"),
        ("seeds", "seeds: 5\n", "seeds.yml:1: seeds", "does not fit"),
    ],
)
def test_one_line_names_place_and_mend(tmp_path: Path, name: str, text: str, place: str, words: str) -> None:
    said = load(tmp_path, **{name: text})
    assert place in said
    assert words in said


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "feeds.yml").write_bytes(b"feeds: \xff\xfe\n")
    assert "not UTF-8" in load(tmp_path)


def test_folder_that_is_not_there() -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        locate({"STANCEWATCH_CONFIG": "/nowhere/at/all"})


@pytest.mark.parametrize("hosts", ["localhost", "127.0.0.1", "http://127.0.0.1:80", "host:port"])
def test_local_hosts_are_host_and_port(hosts: str) -> None:
    with pytest.raises(ConfigError, match="STANCEWATCH_LOCAL_HOSTS"):
        load_settings({"STANCEWATCH_LOCAL_HOSTS": hosts})


def test_secrets_come_from_the_environment_and_stay_out_of_sight() -> None:
    settings = load_settings({"TOKEN": "s3cret", "EMPTY": ""})
    assert settings.secret("slack://${TOKEN}/a") == ("slack://s3cret/a", "")
    assert settings.secret("x://${EMPTY}/${ABSENT}") == ("x:///", "EMPTY, ABSENT")
    assert "s3cret" not in repr(settings)
