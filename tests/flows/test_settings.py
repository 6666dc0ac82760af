"""A wrong configuration gives one line that names file, line, key and the mend."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from extractors.records import ActorType, Theme
from flows import engine
from flows.config_file import ConfigError
from flows.environment import analyst_of
from flows.settings import FeedFormat, load_settings, locate
from flows.timing import Timing, Weekday
from flows.wording import EventKind

if TYPE_CHECKING:
    from pathlib import Path

FEED = """feeds:
  - id: example
    publisher: Example
    kind: blog
    homepage: https://example.org/
    url: https://example.org/feed/
"""
MAIL = "destinations:\n  mail:\n    url: json://127.0.0.1/\n"
RULE = "rules:\n- name: a\n  destinations: [mail]\n"


def load(folder: Path, **files: str) -> str:
    """Load a folder with these files; returns the error's text."""
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings({"STANCEWATCH_CONFIG": str(folder)})
    text = str(caught.value)
    assert not re.search("(?i)value error|input should|tuple|valid ", text)
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
        ("feeds", FEED.replace("kind: blog", "kind: blogg"), "feeds.yml:4: feeds[0].kind", "did you mean `blog`?"),
        ("feeds", FEED + "    interval_minutes: soon\n", "feeds.yml:7: feeds[0].interval_minutes", "whole number"),
        ("feeds", FEED + "    interval_minutes: 0\n", "feeds.yml:7: feeds[0].interval_minutes", "1 or more"),
        ("feeds", FEED.replace("    homepage: https://example.org/\n", ""), "feeds.yml:2: feeds[0].homepage", "add it"),
        ("feeds", FEED + FEED.removeprefix("feeds:\n"), "feeds.yml:7: feeds[1].id", "twice"),
        ("feeds", "feeds: [\n", "feeds.yml:2", "is not YAML"),
        ("feeds", "- a\n- b\n", "feeds.yml:1", "`feeds:`"),
        ("feeds", "fetch: {gap_secs: 2}\n" + FEED, "feeds.yml:1: fetch.gap_secs", "`gap_seconds`"),
        ("feeds", "fetch: {concurrency: 0}\n" + FEED, "feeds.yml:1: fetch.concurrency", "1 or more"),
        ("feeds", "fetch:\n  concurrency: 65\n" + FEED, "feeds.yml:2: fetch.concurrency", "64 or less"),
        ("feeds", "fetch: {gap_seconds: -5}\n" + FEED, "feeds.yml:1: fetch.gap_seconds", "0 or more"),
        ("feeds", "fetch: {gap_seconds: .nan}\n" + FEED, "feeds.yml:1: fetch.gap_seconds", "does not fit"),
        ("feeds", "fetch: {gap_seconds: 301}\n" + FEED, "feeds.yml:1: fetch.gap_seconds", "300 or less: max_wait"),
        ("feeds", "fetch: {total_seconds: 600}\n" + FEED, "feeds.yml:1: fetch.total_seconds", "20 or less"),
        ("feeds", "fetch: {total_seconds: 0}\n" + FEED, "feeds.yml:1: fetch.total_seconds", "more than 0"),
        ("feeds", "fetch: {site_seconds: .inf}\n" + FEED, "feeds.yml:1: fetch.site_seconds", "20 or less"),
        ("feeds", "fetch: {slow_seconds: 21}\n" + FEED, "feeds.yml:1: fetch.slow_seconds", "20 or less"),
        ("feeds", "fetch: {max_wait_seconds: 0}\n" + FEED, "feeds.yml:1: fetch.max_wait_seconds", "1 or more"),
        ("feeds", "fetch: {max_wait_seconds: 9999}\n" + FEED, "feeds.yml:1: fetch.max_wait_seconds", "1800 or less"),
        ("feeds", "fetch: {feed_max_bytes: 99999999999}\n" + FEED, "fetch.feed_max_bytes", "10485760 or less"),
        ("feeds", "fetch: {page_max_bytes: 5242881}\n" + FEED, "fetch.page_max_bytes", "5242880 or less"),
        ("feeds", "fetch: {robots_max_bytes: 0}\n" + FEED, "fetch.robots_max_bytes", "1 or more"),
        ("feeds", "fetch: {robots_max_bytes: 524289}\n" + FEED, "fetch.robots_max_bytes", "524288 or less"),
        ("feeds", "fetch: {user_agent: Browser/1}\n" + FEED, "feeds.yml:1: fetch.user_agent", "{contact}"),
        ("feeds", "fetch: {user_agent: 'A ({contact}) {x}'}\n" + FEED, "feeds.yml:1: fetch.user_agent", "{version}"),
        ("feeds", "fetch: {user_agent: 'Späher ({contact})'}\n" + FEED, "feeds.yml:1: fetch.user_agent", "ASCII"),
        ("feeds", "fetch: {contact: somebody}\n" + FEED, "feeds.yml:1: fetch.contact", "such as https://example.org/"),
        (
            "feeds",
            "polling: {longest_interval_minutes: -3}\n" + FEED,
            "feeds.yml:1: polling.longest_interval_minutes",
            "1 or more",
        ),
        (
            "feeds",
            "polling: {longest_interval_minutes: 1441}\n" + FEED,
            "feeds.yml:1: polling.longest_interval_minutes",
            "1440 or less",
        ),
        (
            "feeds",
            "polling:\n  longest_interval_minutes: 30\n  shortest_interval_minutes: 40\n" + FEED,
            "feeds.yml:3: polling.shortest_interval_minutes",
            "30 or less",
        ),
        (
            "alerts",
            "rules: [{name: a, destinations: [mail]}]\n",
            "alerts.yml:1: rules[0].destinations[0]",
            "no destination 'mail'",
        ),
        ("alerts", "destination: {}\n", "alerts.yml:1: destination", "`destinations`"),
        ("alerts", "rules:\n  - name: a\n    destinations: []\n    kinds: [new]\n", "rules[0].kinds[0]", "'new'"),
        ("alerts", MAIL + "rules:\n- name: a\n  destinations:\n  - mial\n", "alerts.yml:7: rules[0].dest", "`mail`?"),
        ("alerts", MAIL + "rules:\n- {name: a, destinations: []}\n", "alerts.yml:5: rules[0].dest", "no destination"),
        (
            "alerts",
            MAIL + RULE + RULE.removeprefix("rules:\n"),
            "alerts.yml:7: rules[1].name",
            "'a' stands there twice",
        ),
        ("alerts", MAIL + RULE + "  review_below: 1.5\n", "alerts.yml:7: rules[0].review_below", "must be 1 or less"),
        (
            "alerts",
            MAIL + RULE + "  minimum_confidence: .9\n  review_below: .8\n",
            "alerts.yml:8: ",
            "must be more than",
        ),
        ("alerts", MAIL + RULE + "  cool_down_hours: -1\n", "alerts.yml:7: rules[0].cool_down", "must be 0 or more"),
        (
            "alerts",
            MAIL + RULE + "  kinds: [themes]\n",
            "alerts.yml:7: rules[0].kinds[0]",
            "fit: did you mean `theme`?",
        ),
        (
            "alerts",
            MAIL + RULE + "  kinds: first\n",
            "alerts.yml:7: rules[0].kinds",
            "'first' does not fit: write a list",
        ),
        ("alerts", MAIL + RULE + "  timing: dayly\n", "alerts.yml:7: rules[0].timing", "did you mean `daily`?"),
        ("alerts", MAIL + RULE + "  themes: [workfource]\n", "alerts.yml:7: rules[0].themes[0]", "`workforce`?"),
        ("alerts", MAIL + RULE + "  mute_until: soon\n", "alerts.yml:7: ", "write a day or a moment, 2026-12-24 or"),
        (
            "alerts",
            MAIL + "    quiet_days: [caturday]\n",
            "alerts.yml:4: destinations.mail.quiet_days[0]",
            "`saturday`?",
        ),
        (
            "alerts",
            MAIL + "    heartbeat_at: noon\n",
            "alerts.yml:4: destinations.mail.heart",
            "fit: write a time of day",
        ),
        ("alerts", MAIL + "    digest_length: 0\n", "alerts.yml:4: destinations.mail.digest_length", "1 or more"),
        ("alerts", MAIL + "    most_per_hour: -1\n", "alerts.yml:4: destinations.mail.most_per_hour", "0 or more"),
        ("alerts", "delivery:\n  attempts: 0\n", "alerts.yml:2: delivery.attempts", "must be 1 or more"),
        ("alerts", "delivery:\n  first_pause_minutes: 0\n", "alerts.yml:2: delivery.first", "must be more than 0"),
        ("llm", "base_url: https://a/\nmodel: m\nparallel: 0\n", "llm.yml:3: parallel", "must be 1 or more"),
        ("upkeep", "fetch_days: 90\nkept_copys: 7\n", "upkeep.yml:2: kept_copys", "did you mean `kept_copies`?"),
        ("upkeep", "feed_text_days: 0\n", "upkeep.yml:1: feed_text_days", "must be 1 or more"),
        ("alerts", MAIL + RULE + RULE, "alerts.yml:7: ", "'rules' stands twice in one mapping (first in line 4)"),
        ("alerts", MAIL + RULE + "  kinds: [first]\n  kinds: [shift]\n", "alerts.yml:8: ", "(first in line 7)"),
        ("upkeep", "{fetch_days: 9, fetch_days: 8}\n", "upkeep.yml:1: ", "'fetch_days' stands twice"),
        ("seeds", "seeds: 5\n", "seeds.yml:1: seeds", "does not fit"),
    ],
)
def test_one_line_names_place_and_mend(tmp_path: Path, name: str, text: str, place: str, words: str) -> None:
    said = load(tmp_path, **{name: text})
    assert place in said
    assert words in said


SECRET = "hunter2pw"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "alerts",
            f"destinations:\n  team: mailtos://bob:{SECRET}@smtp.example.org?to=a@b.org\n",
            "destinations.team: 'mailtos://smtp.example.org/…' does not fit",
        ),
        ("alerts", f"destinations:\n  team: mailtos://bob:p/{SECRET}@h.org\n", "'mailtos://…' does not fit"),
        ("alerts", f"destinations:\n  team: [slack://{SECRET}/x]\n", "['slack://…'] does not fit"),
        ("alerts", f"delivery: {{'a': 'see https://h.org/{SECRET}'}}\n", "delivery.a: unknown key"),
        ("alerts", f"destinations: {{team: {{'https://h.org/{SECRET}': 1}}}}\n", "team.https://h.org/…: unknown key"),
        ("alerts", f"rules: [{{name: a, destinations: ['json://{SECRET}/x']}}]\n", "no destination 'json://…'"),
        ("alerts", f"? https://h.org/{SECRET}\n: 1\n? https://h.org/{SECRET}\n: 2\n", "'https://h.org/…' stands twice"),
        (
            "feeds",
            FEED.replace("/feed", f"/feed?key={SECRET}")
            + FEED.replace("/feed", f"/feed?key={SECRET}").replace("id: example", "id: b").removeprefix("feeds:\n"),
            "'https://example.org/…' stands there twice",
        ),
    ],
)
def test_a_complaint_shows_of_addresses_scheme_and_host_only(tmp_path: Path, name: str, text: str, words: str) -> None:
    said = load(tmp_path, **{name: text})
    assert words in said
    assert SECRET[:4] not in said


def test_closed_lists_admit_any_case(tmp_path: Path) -> None:
    text = MAIL + "    quiet_days: [Monday, SUNDAY]\n" + RULE + "  kinds: [First]\n  themes: [System working]\n"
    (tmp_path / "alerts.yml").write_text(text + "  actor_types: [Local-NHS]\n  timing: At once\n", encoding="utf-8")
    alerts = load_settings({"STANCEWATCH_CONFIG": str(tmp_path)}).alerts
    assert alerts.destinations["mail"].quiet_days == (Weekday.MONDAY, Weekday.SUNDAY)
    (rule,) = alerts.rules
    assert (rule.kinds, rule.themes) == ((EventKind.FIRST,), (Theme.SYSTEM_WORKING,))
    assert (rule.actor_types, rule.timing) == ((ActorType.LOCAL_NHS,), Timing.AT_ONCE)


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


@pytest.mark.parametrize(
    "address", ["wiki.example", "ftp://wiki.example", "https://wiki.example/a)b", "javascript:alert(1)"]
)
def test_the_report_is_linked_at_an_address_of_the_web(address: str) -> None:
    with pytest.raises(ConfigError, match="STANCEWATCH_REPORT_URL"):
        load_settings({"STANCEWATCH_REPORT_URL": address})


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("https://example.org/watch?a=1", "https://example.org/watch?a=1"),
        (" desk+nhs@example.org ", "mailto:desk+nhs@example.org"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("", "https://ours.example/"),
    ],
)
def test_whom_publishers_may_ask_is_named_by_the_environment(tmp_path: Path, given: str, sent: str) -> None:
    (tmp_path / "feeds.yml").write_text("fetch: {contact: 'https://ours.example/'}\n" + FEED, encoding="utf-8")
    settings = load_settings({"STANCEWATCH_CONFIG": str(tmp_path), "STANCEWATCH_CONTACT": given})
    assert settings.feeds.fetch.contact == sent


@pytest.mark.parametrize("given", ["example.org", "desk@", "https://", "https://a.example/ (x)", "a@b.example\nX: y"])
def test_whom_publishers_may_ask_can_be_asked(given: str) -> None:
    with pytest.raises(ConfigError, match=r"^STANCEWATCH_CONTACT: .* must be a page or a mail address"):
        load_settings({"STANCEWATCH_CONTACT": given})


@pytest.mark.parametrize("given", ["Jane\nDoe", "\x1b[2J", "x" * 101])
def test_who_decides_is_a_name(given: str) -> None:
    with pytest.raises(ConfigError, match=r"^STANCEWATCH_BY: .* must be a name of one line, 100 characters at most"):
        load_settings({"STANCEWATCH_BY": given})


def test_who_decides_is_this_user_unless_somebody_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ward")
    assert [analyst_of(env) for env in ({}, {"STANCEWATCH_BY": " "}, {"STANCEWATCH_BY": "Jane Doe"})] == [
        "ward",
        "ward",
        "Jane Doe",
    ]


def test_secrets_come_from_the_environment_and_stay_out_of_sight() -> None:
    settings = load_settings({"TOKEN": "s3cret", "EMPTY": ""})
    assert settings.secret("slack://${TOKEN}/a") == ("slack://s3cret/a", "")
    assert settings.secret("x://${EMPTY}/${ABSENT}") == ("x:///", "EMPTY, ABSENT")
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize("text", ["{", "{}", "[]", '{"alert_threshold": "high"}', '{"alert_threshold": null}'])
def test_a_damaged_model_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    heads = tmp_path / "stance.json"
    heads.write_text(text, encoding="utf-8")
    monkeypatch.setattr(engine, "HEADS", heads)
    with pytest.raises(ConfigError, match=r"stance\.json: is damaged; reinstall stancewatch$"):
        engine.alert_threshold()
    heads.unlink()
    with pytest.raises(ConfigError, match=r"stance\.json: cannot be read: No such file or directory; reinstall"):
        engine.alert_threshold()
