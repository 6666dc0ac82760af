"""Traces of items that came through the whole pipeline: one for each way to stop, and one that was told."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import pytest
import yaml

from flows.imports import import_articles
from flows.pipeline import judge, plainly, tell, watch
from flows.run import open_run
from flows.settings import Settings, load_settings
from flows.sinks import MailSink
from flows.trace import trace_item
from tests.flows.loopback import reply
from tests.flows.press import XML, Press, environment
from tests.flows.traces import trace, words
from warehouse.published import query_published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.trace_steps import Trace

SIDE = (
    "“Trusts must be free to decide how they spend their own money, without orders from Whitehall,” said Petronella "
    "Vance, chief executive of NHS Providers. “Ministers should stop dictating to boards that know their patients.”"
)
NAMELESS = (
    "“Local hospitals know best how to staff their own wards, and London should leave them to it,” said one trust "
    "leader, who did not wish to be named. “We need fewer orders from the centre, not more of them.”"
)
OLD = (
    "“Every hospital in England must follow one national rule book, with no exceptions,” said Isolde Marrack, chief "
    "executive of the Care Quality Commission. “Where boards fail, the centre will step in and direct them.”"
)
PLAIN = (
    "“The car park will reopen on Monday and has forty spaces,” said Orla Fennimore, chief executive of Marsh Trust."
)
FRENCH = (
    "Le conseil de l'hôpital a décidé que le nouveau service ouvrira ses portes au mois de juin, et que les patients "
    "pourront être reçus dans de meilleures conditions qu'auparavant, comme la direction l'avait promis."
)
FILLER = "The board met on the first floor and heard how the new ward was coming on, bed by bed and week by week. "


def page(body: str, language: str = "en") -> bytes:
    text = "".join(f"<p>{part}</p>" for part in body.split("\n\n"))
    body = f"<body><article><h1>News</h1>{text}</article></body>"
    html = f"<html lang={language}><head><title>News</title></head>{body}</html>"
    return reply(html.encode(), Content_Type="text/html; charset=utf-8")


def news(body: str) -> bytes:
    return page(f"{FILLER * 2}\n\n{body}\n\n{FILLER * 2}")


PAGES: dict[str, bytes] = {
    "/told": news(SIDE),
    "/nameless": news(NAMELESS),
    "/plain": news(PLAIN),
    "/quiet": news(FILLER),
    "/french": page("\n\n".join([FRENCH] * 4), "fr"),
    "/gone": reply(status="404 Not Found"),
    "/later": reply(status="503 Service Unavailable"),
    "/private/a": news(SIDE),
    "/wall": page("The board is to merge.\n\nSubscribe to continue reading\n\nAlready a subscriber? Log in"),
    "/film.mp4": b"",
    "/short": reply(status="302 Found", Location="/target"),
}
REFUSED = '{"id": "i3", "url": "https://press.example/Refused/?utm_source=x"}\n'
ELSEWHERE = "http://192.168.7.7/inside"


class Board(Press):
    """A site whose feed names what the test serves."""

    def show(self, pages: dict[str, bytes], *others: str) -> None:
        self.own |= pages
        self.own["/target"] = news("“The roof leaks again,” said Wilf Arden, head of estates at Fell Trust.")
        self.own["/robots.txt"] = reply(b"User-agent: *\nDisallow: /private/\n", Content_Type="text/plain")
        links = [*(self.url(path) for path in [*pages, next(iter(pages))]), *others]
        items = "".join(
            f"<item><title>Title {escape(link[-6:])}</title><link>{escape(link)}</link></item>" for link in links
        )
        self.own["/feed/"] = reply(
            f'<rss version="2.0"><channel><title>B</title>{items}</channel></rss>'.encode(), **XML
        )


@dataclass(frozen=True, slots=True)
class Told:
    """A world after its history and its news; ``addresses`` are those of its pages."""

    settings: Settings
    base: str

    def trace(self, key: str) -> Trace:
        key = f"{self.base}{key}" if key.startswith("/") else key
        return trace(self.settings.places.warehouse, key, self.settings.alerts)


async def watch_once(settings: Settings) -> None:
    async with open_run(settings, "monitor") as run:
        await watch(run, plainly, all_feeds=True)


async def live_a_day(home: Path, mail: MailSink) -> Told:
    async with Board() as site:
        env = environment(home, site)
        destination = {"url": f"mailto://127.0.0.1:{mail.port}?from=watch@example.org&to=desk@example.org"}
        rules = [
            {"name": "sides", "destinations": ["desk"]},
            {"name": "money", "destinations": ["desk"], "themes": ["finance"], "minimum_confidence": 0.999},
        ]
        file = home / "config" / "alerts.yml"
        file.write_text(yaml.safe_dump({"destinations": {"desk": destination}, "rules": rules}), encoding="utf-8")
        site.show({"/old": news(OLD)})
        await watch_once(load_settings(env))
        site.show({"/old": site.own["/old"], **PAGES}, ELSEWHERE)  # type: ignore[dict-item]  # all are bytes
        settings = load_settings(env)
        await watch_once(settings)
        file = home / "in.jsonl"
        file.write_text(
            json.dumps({"id": "i1", "url": "https://press.example/a?id=7", "text": SIDE}) + "\nno JSON\n" + REFUSED
        )
        async with open_run(settings, "import") as run:
            await import_articles(run, file, judge)
            await tell(run)
        return Told(settings, site.url("").rstrip("/"))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with MailSink() as mail:
        yield asyncio.run(live_a_day(tmp_path_factory.mktemp("board"), mail))


def test_what_was_told_is_followed_from_the_feed_to_the_mail(told: Told) -> None:
    found = told.trace("/told")
    assert found.is_told
    assert found.verdict.startswith("Told: Petronella Vance (NHS Providers) on a first side, to desk at ")
    stages = [step.stage for step in found.steps]
    in_order = ["entry", "fetch", "article", "analyse", "detect", "statement", "position", "event", "rule", "alert"]
    assert [stages.index(stage) for stage in in_order] == sorted(stages.index(stage) for stage in in_order)
    assert "attempt 1: sent: mail server took the message" in words(found, "delivery")
    assert "seen in the feed ward-1 (Ward 1): news" in words(found, "entry")
    assert "first: ▲ local" in words(found, "event")
    assert "since no earlier side of this actor is known" in words(found, "event")
    assert "rule 'sides' for desk (at once) fits" in words(found, "rule")
    assert "rule 'money' for desk (at once) does not fit, as alerts.yml stands: it asks for 100%" in words(
        found, "rule"
    )


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("/old", "the article is history, which news is new against"),
        ("/nameless", "the speaker has no name"),
        ("/plain", "nothing said takes a side"),
        ("/quiet", "nobody is quoted in it"),
        ("/french", "it is not in English (fr)"),
        ("/gone", "it was dropped: HTTP 404"),
        ("/later", "tried 1 time, the last: HTTP 503"),
        ("/private/a", "it was dropped: robots.txt"),
        ("/wall", "it was dropped: is behind a paywall"),
        ("/film.mp4", "it was dropped: leads to a video, not to a page"),
        (ELSEWHERE, "it was dropped: "),
        ("i1", "the article is history, which news is new against"),
        ("https://www.press.example/a/?utm_source=x&id=7", "the article is history, which news is new against"),
        ("in.jsonl:2", "it was dropped at import: is not JSON"),
        ("https://press.example/Refused/", "it was dropped at import: has neither text nor html"),
        ("i3", "it was dropped at import: has neither text nor html"),
        ("/never-seen", "nothing is known of it: no feed, import or seed ever brought it"),
    ],
)
def test_each_way_to_stop_is_told_in_words(told: Told, key: str, reason: str) -> None:
    found = told.trace(key)
    assert not found.is_told
    assert found.verdict.startswith("Not told: ")
    assert f", because {reason}" in found.verdict


def test_an_entry_that_waits_says_until_when(told: Told) -> None:
    assert "it is tried again at 20" in told.trace("/later").verdict


def test_every_drop_is_reached_by_its_address(told: Told) -> None:
    dropped = query_published(told.settings.places.warehouse, "SELECT url, stage, reason FROM drops").rows
    assert {stage for _, stage, _ in dropped} == {"poll", "read", "import"}
    for url, stage, reason in dropped:
        assert f"dropped at {stage}: {reason}" in words(told.trace(url))


@pytest.mark.parametrize("variant", ["{}?utm_source=rss", "{}/#comments", "{}/amp", "HTTP:{}"])
def test_any_form_of_the_address_leads_there(told: Told, variant: str) -> None:
    address = f"{told.base}/told"
    key = variant.format(address).replace("HTTP:http:", "HTTPS:")
    assert told.trace(key).id == told.trace(address).id


def test_where_a_link_led_leads_there_too(told: Told) -> None:
    found = told.trace("/target")
    assert found.id == told.trace("/short").id
    assert found.url == f"{told.base}/short"
    assert f"at {told.base}/target" in words(found, "fetch")


def test_every_id_along_the_way_leads_there_by_its_beginning(told: Told) -> None:
    whole = told.trace("/told")
    for stage in ("article", "statement", "event", "alert"):
        key = next(step.id for step in whole.steps if step.stage == stage)
        found = told.trace(key[:9])
        assert (found.kind, found.id) == (stage, key)
        assert found.is_told
        assert found.url == whole.url


def test_an_alert_is_traced_without_the_rest_of_its_article(told: Told) -> None:
    whole = told.trace("/told")
    alert = next(step for step in whole.steps if step.stage == "alert")
    found = told.trace(alert.id)
    assert [step.id for step in found.steps if step.stage == "alert"] == [alert.id]
    assert not words(found, "rule")


def test_a_feed_shows_what_its_last_poll_brought(told: Told) -> None:
    found = told.trace("ward-1")
    assert found.verdict == "Told: 1 alert of what ward-1 brought last."
    assert f"the last poll brought {len(PAGES) + 1} new entries" in words(found)
    assert sum("dropped: " in step.words for step in found.steps) == 5


def test_what_nothing_is_known_of_shows_the_feeds_of_its_site(told: Told) -> None:
    found = told.trace("/never-seen")
    assert not found.is_known
    assert "the feed ward-1 is of the same site, and none of its documents named this page" in words(found)
    assert "no feed of its site is configured" in told.trace("https://stranger.example/a").verdict


@pytest.mark.parametrize(
    ("key", "status"),
    [("\udcff", 2), ("http://[bad", 1), ("https://", 1), ("'; DROP TABLE x", 1), (" ", 2), ("a" * 9999, 1)],
)
def test_what_can_be_no_key_is_unknown_or_wrong_use(
    told: Told, monkeypatch: pytest.MonkeyPatch, key: str, status: int
) -> None:
    for variable in ("STANCEWATCH_CONFIG", "STANCEWATCH_HOME"):
        monkeypatch.setenv(variable, told.settings.environment[variable])
    assert trace_item(key, is_json=False) == status


def test_robots_txt_itself_shows_how_it_was_asked(told: Told) -> None:
    found = told.trace("/robots.txt")
    assert "because it is no article, and no feed named it as one" in found.verdict
    assert "document came: HTTP 200" in words(found, "fetch")


def test_the_command_prints_a_picture_or_nothing_but_json(
    told: Told, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("STANCEWATCH_CONFIG", "STANCEWATCH_HOME"):
        monkeypatch.setenv(variable, told.settings.environment[variable])
    monkeypatch.setenv("COLUMNS", "90")
    assert trace_item(f"{told.base}/told", is_json=False) == 0
    picture, _, verdict = capsys.readouterr().out.rstrip().rpartition("\n\n")
    assert verdict.startswith("Told: ")
    steps = picture.split("\n\n", 1)[1].splitlines()
    assert max(map(len, steps)) <= 90
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d| {16}", step[:16]) for step in steps)
    assert trace_item(f"{told.base}/told", is_json=True) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["verdict"] == told.trace("/told").verdict
    assert {step["stage"] for step in record["steps"]} >= {"entry", "event", "delivery"}
    assert trace_item("https://stranger.example/a", is_json=True) == 1
    assert json.loads(capsys.readouterr().out)["is_known"] is False
