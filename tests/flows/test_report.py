"""The report: one file, the same for the same moment, in which nothing that others wrote is ever markup."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from importlib import metadata
from typing import TYPE_CHECKING, Any

import pytest

from flows.config_file import read_config
from flows.jobs import ReportJob
from flows.report import REPORT_NAME, write_report
from flows.report_page import inlined, write_page
from flows.seed_settings import SeedsFile
from flows.settings import SHIPPED_CONFIG, Places
from tests.pictures.browser import CHROMIUM
from tests.warehouse.timeline import PEAKE, TARN, UNION, Page, Said, Timeline, at, open_timeline, page, words
from warehouse.database import WarehouseError
from warehouse.published import publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 7, 1, tzinfo=UTC)
CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
MARKUP = "</script><script>document.title = 'BROKEN'</script><!--<img src=x onerror=\"document.title='BROKEN'\">"
HOSTILE = f"{MARKUP}\u2028\u2029]]>\\u003c{{{{ 7 * 7 }}}}\u202eevil\u2066\x00\x1b[31m"
PROBE = """<div id="probe"></div><script>
const broken = [];
addEventListener("securitypolicyviolation", event => broken.push(event.violatedDirective));
const read = JSON.parse(document.getElementById("data").textContent);
vegaEmbed("#probe", {
  data: { values: read.positions }, mark: "point", encoding: {
    x: { field: "at", type: "temporal" },
    color: { condition: { test: "datum.score > 0", value: "red" }, value: "blue" },
  },
}, { ast: true, actions: false, renderer: "svg" }).then(
  () => `drawn ${document.querySelectorAll("#probe .mark-symbol path").length} ${broken}`, error => `failed ${error}`
).then(words => { document.body.dataset.probe = words; });
</script></body>"""


class Tags(HTMLParser):
    """The markup of a page: its tags with their attributes, and the text in its data block."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[Any, ...]]] = []
        self.data = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", ()))

    def handle_comment(self, data: str) -> None:
        self.tags.append(("!--", (data[:40],)))

    def handle_data(self, data: str) -> None:
        if self.tags and ("id", "data") in self.tags[-1][1]:
            self.data += data


@pytest.fixture
def timeline(tmp_path: Path) -> Iterator[Timeline]:
    with open_timeline(tmp_path) as opened:
        opened.read(page("old", 1, Said(PEAKE, "local", words(1)), is_live=False))
        opened.read(page("new", 9, Said(PEAKE, "central", words(2)), Said(TARN, "local", words(3))))
        yield opened


def report(timeline: Timeline, since: datetime | None = None) -> str:
    """The report of a timeline, made in this process and without the charts' scripts."""
    publish(timeline.warehouse)
    vega, target = (timeline.warehouse.path.with_name(name) for name in ("vega.js", REPORT_NAME))
    vega.write_text("window.vega = 0;", encoding="utf-8")
    write_page(ReportJob(places(timeline), target, vega, NOW, since))
    return target.read_text(encoding="utf-8")


async def report_by_worker(timeline: Timeline) -> Path:
    """The report as the flows write it."""
    publish(timeline.warehouse)
    return await write_report(places(timeline), NOW)


def places(timeline: Timeline) -> Places:
    return Places(SHIPPED_CONFIG, timeline.warehouse.path.parent, timeline.warehouse.path)


def spoil(timeline: Timeline, sql: str, *values: object) -> None:
    timeline.warehouse._connection.execute(sql, values)
    timeline.show_articles()


def test_the_report_is_the_same_for_the_same_file_and_moment(timeline: Timeline) -> None:
    first, second = report(timeline), report(timeline)
    assert first == second
    (policy,) = (
        dict(attrs)["content"]
        for tag, attrs in Tags(first).tags
        if tag == "meta" and len(attrs) == 2 and attrs[0][0] == "http-equiv"
    )
    assert str(policy).startswith(CSP)
    assert not re.search(r"(src|href)=[\"']?(https?:)?//", re.sub(r"<script.*?</script>", "", first, flags=re.DOTALL))


def test_the_data_are_what_the_page_expects(timeline: Timeline) -> None:
    data = json.loads(Tags(report(timeline)).data)
    assert data["generated_at"] == "2026-07-01T00:00:00Z"
    assert data["counts"] == {"articles": 2, "statements": 3, "sided": 3, "actors": 2, "publishers": 1, "feeds": 0}
    assert data["span"] == {"first": "2026-06-01", "last": "2026-06-09"}
    assert data["window"] == {"since": None, "positions": 3, "of": 3}
    theme = data["themes"][0]
    assert (theme["key"], theme["label"]) == ("autonomy_control", "Local autonomy and central control")
    assert {"key": "local_nhs", "label": "Local NHS"} in data["actor_types"]
    event = next(event for event in data["events"] if event["kind"] == "shift")
    actor, position = data["actors"][event["actor"]], data["positions"][-1]
    assert (actor["person"], actor["type"], actor["since"]) == ("Rosalind Peake", "local_nhs", "2026-06-09T09:00:00Z")
    assert (event["quote"], event["previous_quote"], event["previous_at"]) == (
        words(2),
        words(1),
        "2026-06-01T09:00:00Z",
    )
    assert (position["quote"], position["themes"], position["kind"]) == (words(1), [0], "history")
    assert data["publishers"][position["publisher"]] == "Valley Post"
    assert sum(tally["n"] for tally in data["tallies"]) == 3
    assert data["tallies"][0].keys() == {"month", "theme", "type", "publisher", "stance", "n"}


def test_a_seed_of_a_year_has_no_day(timeline: Timeline) -> None:
    seeds = read_config(SHIPPED_CONFIG / "seeds.yml", SeedsFile).seeds
    seed = next(one for one in seeds if one.published == "2015")
    said = (Said(TARN, "local", words(5)), Said(UNION, "local", words(6)))
    old = Page(seed.article_id, said, datetime(2015, 1, 1, tzinfo=UTC), publisher=seed.publisher, kind="seed")
    timeline.read(replace(old, is_live=False))
    timeline.read(page("turn", 10, Said(UNION, "central", words(7))))
    spoil(timeline, "INSERT INTO store.seeds VALUES (?, ?, ?, now())", seed.file, seed.sha256, seed.article_id)
    data = json.loads(Tags(report(timeline)).data)
    assert {row["said_in"] for row in data["positions"] if row["at"] == "2015-01-01T00:00:00Z"} == {"2015"}
    assert [row["published_in"] for row in data["seeds"]] == ["2015"]
    known = {(actor["person"] or actor["organisation"]): actor.get("since_in") for actor in data["actors"]}
    assert known[TARN.person or TARN.organisation] == "2015"
    assert known[UNION.person or UNION.organisation] is None
    turn = next(event for event in data["events"] if event["quote"] == words(7))
    assert (turn["previous_at"], turn["previous_in"]) == ("2015-01-01T00:00:00Z", "2015")
    assert not any("said_in" in row for row in data["positions"] if row["at"] > "2026")


def test_runs_are_told_in_words(timeline: Timeline) -> None:
    for number, counts in enumerate(("{'articles_edited': 1, 'deliveries_sent': 14}", "{'backups': 1}", "{}")):
        spoil(
            timeline,
            "INSERT INTO store.runs BY NAME SELECT ? AS run_id, 'run' AS flow, 1 AS pid, now() AS started_at, now() AS"
            f" heartbeat_at, now() AS finished_at, 'completed' AS status, '' AS detail, MAP {counts} AS counts",
            f"r{number}",
        )
    runs = json.loads(Tags(report(timeline)).data)["runs"]
    assert {run["id"]: run["done"] for run in runs if run["id"].startswith("r")} == {
        "r0": "1 edited article, 14 delivered",
        "r1": "backups: 1",
        "r2": "",
    }


def test_nothing_from_outside_leaves_the_data_as_markup(timeline: Timeline) -> None:
    harmless = Tags(report(timeline)).tags
    for table in ("articles", "events"):
        spoil(timeline, f"UPDATE store.{table} SET title = $1, publisher = $1, url = 'javascript:alert(1)'", HOSTILE)  # noqa: S608 - names of our own
    spoil(
        timeline, "UPDATE store.statements SET text = text || ?, person = ?, role = ?, organisation = ?", *[HOSTILE] * 4
    )
    spoil(
        timeline,
        "INSERT INTO store.runs BY NAME SELECT 'r' AS run_id, 'run' AS flow, 1 AS pid, now() AS started_at,"
        " now() AS heartbeat_at, now() AS finished_at, 'failed' AS status, ? AS detail, MAP {} AS counts",
        HOSTILE,
    )
    spoil(
        timeline,
        "INSERT INTO store.feeds (feed_id, publisher, kind, homepage, configured_url, url, format, interval_minutes,"
        " expected_7d, is_configured, etag, last_modified, body_hash, status, reason, failures)"
        " VALUES ('f', $1, '', '', $2, $2, 'feed', 1, 1, true, '', '', '', 'failed', $1, 3)",
        HOSTILE,
        "data:text/html,<script>alert(1)</script>",
    )
    spoiled = Tags(report(timeline))
    assert spoiled.tags == harmless
    assert not re.search("[<>&\u2028\u2029]", spoiled.data)
    data = json.loads(spoiled.data)
    assert MARKUP in data["events"][0]["quote"]
    assert data["events"][0]["title"].startswith(MARKUP[:60])
    assert MARKUP[:60] in data["feeds"][0]["reason"]
    assert {data["feeds"][0]["url"], *(row["url"] for row in data["positions"])} == {""}
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", json.dumps(data, ensure_ascii=False))


def test_what_is_long_is_cut(timeline: Timeline) -> None:
    spoil(timeline, "UPDATE store.articles SET title = ?", "headline " * 120_000)
    spoil(timeline, "UPDATE store.statements SET text = ?", "several words " * 100_000)
    written = report(timeline)
    data = json.loads(Tags(written).data)
    quote = data["positions"][0]["quote"]
    assert quote.startswith("several words several")
    assert quote.endswith(("words […]", "several […]"))
    assert 690 < len(quote) <= 704
    assert len(data["positions"][0]["title"]) <= 160


def test_only_what_was_said_since_a_day(timeline: Timeline) -> None:
    midnight_in_london = at(8, 23)
    data = json.loads(Tags(report(timeline, since=midnight_in_london)).data)
    assert data["window"] == {"since": "2026-06-09", "positions": 2, "of": 3}


async def test_what_cannot_be_made_is_a_line_and_the_scripts_are_made_once(timeline: Timeline) -> None:
    home = timeline.warehouse.path.parent
    made = home / f"vega-{metadata.version('vl-convert-python')}.js"
    made.write_text("window.vega = 1;", encoding="utf-8")
    path = await report_by_worker(timeline)
    assert "window.vega = 1;" in path.read_text(encoding="utf-8")
    path.unlink()
    path.mkdir()
    with pytest.raises(WarehouseError, match="cannot be written"):
        await report_by_worker(timeline)
    assert not list(home.glob("*.new"))


def test_what_is_inlined_cannot_end_its_tag() -> None:
    assert inlined("'</SCRIPT>' /<!--/ a < b '</p>' \"</style\"") == "'<\\/SCRIPT>' /<\\!--/ a < b '</p>' \"<\\/style\""


@pytest.mark.skipif(shutil.which("chromium") is None, reason="looks at the page in Chromium")
async def test_a_browser_draws_under_the_policy_and_runs_nothing_else(timeline: Timeline, tmp_path: Path) -> None:
    spoil(timeline, "UPDATE store.articles SET title = ?, publisher = ?", HOSTILE, HOSTILE)
    spoil(timeline, "UPDATE store.statements SET text = text || ?, person = ?, role = ?", *[HOSTILE] * 3)
    head, _, tail = (await report_by_worker(timeline)).read_text(encoding="utf-8").rpartition("</body>")
    (tmp_path / "probe.html").write_text(head + PROBE + tail, encoding="utf-8")
    options = (f"--user-data-dir={tmp_path / 'chromium'}", "--enable-logging=stderr", "--virtual-time-budget=5000")
    command = [*CHROMIUM, *options, "--dump-dom", (tmp_path / "probe.html").as_uri()]
    seen = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)  # noqa: S603, ASYNC221 - our own page
    assert 'data-probe="drawn 3 "' in seen.stdout
    assert "<title>BROKEN" not in seen.stdout
    assert "CONSOLE" not in seen.stderr
