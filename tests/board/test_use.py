"""Using a board: filters, actors, points, links, the way back, the last look, downloads."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.board.browser import Seen, open_board
from tests.board.samples import SMALL, board

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

DATA = board(SMALL)


def expect_matches(seen: Seen, words: str) -> None:
    expect(seen.page.locator("#matches")).to_have_text(words)


def hash_of(seen: Seen) -> str:
    return str(seen.page.evaluate("decodeURIComponent(location.hash)"))


def printed_in(row: dict[str, object]) -> list[str]:
    """The outlets of a position or an event; of a position those of its event, too."""
    own = [event["sources"] for event in DATA["events"] if event["statement_id"] == row["statement_id"]]
    return [DATA["publishers"][row["publisher"]], *(name for names in own for name in names)]


def counted(kept: Callable[[dict[str, object]], bool]) -> str:
    rows = [row for row in DATA["positions"] if kept(row)]
    events = [row for row in DATA["events"] if kept(row)]
    actors = len({row["actor"] for row in rows})
    words = [(len(rows), "position"), (actors, "actor"), (len(events), "event")]
    positions, who, news = (f"{number} {word if number == 1 else word + 's'}" for number, word in words)
    return f"{positions} of {who}, {news}"


def test_filters_act_on_the_whole_page_and_back_undoes_them(
    desk: BrowserContext, address: Callable[[str], str]
) -> None:
    seen = open_board(desk, address("small"))
    page = seen.page
    everything = page.inner_text("#matches")
    page.select_option("#kind", "local_nhs")
    is_local = {index for index, actor in enumerate(DATA["actors"]) if actor["type"] == "local_nhs"}
    expect_matches(seen, counted(lambda row: row["actor"] in is_local))
    seen.settle()
    assert page.locator("#field-chart .screen text", has_text="Government").count() == 0
    page.select_option("#theme", "finance")
    expect_matches(seen, counted(lambda row: row["actor"] in is_local and 7 in row["themes"]))  # type: ignore[operator] # rows are JSON
    assert "Money" in page.inner_text("#themes-sentence")
    assert "Workforce" not in page.inner_text("#themes-sentence")
    page.fill("#from", "2026-05-01")
    page.dispatch_event("#from", "change")
    assert "kind=local_nhs" in hash_of(seen)
    assert "from=2026-05-01" in hash_of(seen)
    for _ in range(3):
        page.go_back()
    expect_matches(seen, everything)
    assert page.input_value("#kind") == ""
    page.select_option("#outlet", "Harbour Times")
    expect_matches(seen, counted(lambda row: "Harbour Times" in printed_in(row)))
    page.click("#clear")
    expect_matches(seen, everything)
    assert seen.complaints == []


def test_filters_that_nothing_fits_say_so(desk: BrowserContext, address: Callable[[str], str]) -> None:
    seen = open_board(desk, address("small") + "#from=2001-01-01&to=2001-12-31")
    expect_matches(seen, "0 positions of 0 actors, 0 events")
    assert "No position fits the filters." in seen.page.inner_text("#field")
    assert "Nothing new" in seen.page.inner_text("#new")


def test_an_actor_is_found_by_typing_and_chosen_by_keyboard(
    desk: BrowserContext, address: Callable[[str], str]
) -> None:
    seen = open_board(desk, address("small"))
    page = seen.page
    actor = DATA["actors"][0]
    page.focus("#actor-search")
    page.keyboard.type(str(actor["person"]).lower())
    assert page.get_attribute("#actor-search", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.get_attribute("#actor-search", "aria-activedescendant")
    assert page.get_attribute(f"#{chosen}", "aria-selected") == "true"
    page.keyboard.press("Enter")
    expect(page.locator("#timeline-actor h3")).to_have_text(str(actor["person"]))
    assert f"actor={actor['id']}" in hash_of(seen)
    assert page.get_attribute("#actor-search", "aria-expanded") == "false"
    own = sum(row["actor"] == 0 for row in DATA["positions"])
    assert page.inner_text("#timeline-quotes .summary").startswith(f"{own} position")


def test_points_and_words_are_chosen_together(desk: BrowserContext, address: Callable[[str], str]) -> None:
    seen = open_board(desk, address("small") + f"#actor={DATA['actors'][0]['id']}")
    page = seen.page
    page.locator("#timeline-quotes .pick").first.click()
    expect(page.locator("#timeline-chart .screen .ring_marks path")).to_have_count(1)
    assert page.locator("#timeline-quotes .pick[aria-pressed=true]").count() == 1
    page.locator("#timeline-chart .screen .points_marks path").last.click(force=True)
    chosen = page.locator("#timeline-quotes li.chosen")
    assert chosen.count() == 1
    oldest = [row for row in DATA["positions"] if row["actor"] == 0][-1]
    assert chosen.get_attribute("data-id") == oldest["statement_id"]
    assert oldest["quote"] in chosen.inner_text()


def test_an_actor_is_chosen_in_the_field(desk: BrowserContext, address: Callable[[str], str]) -> None:
    seen = open_board(desk, address("small"))
    page = seen.page
    named = {actor["person"]: actor["id"] for actor in DATA["actors"] if actor["person"]}
    shown = [name for name in page.locator("#field-chart .screen text").all_text_contents() if name in named]
    shown.remove(page.inner_text("#timeline-actor h3"))
    page.locator("#field-chart .screen text", has_text=shown[0]).click()
    expect(page.locator("#timeline-actor h3")).to_have_text(shown[0])
    assert f"actor={named[shown[0]]}" in hash_of(seen)
    assert page.evaluate("document.activeElement.id") == "timeline-title"


def test_who_moved_is_told_by_when_it_was_found(desk: BrowserContext, address: Callable[[str], str]) -> None:
    told = []
    for name in ("small", "late"):
        seen = open_board(desk, address(name) + "#since=week")
        told.append(seen.page.inner_text("#field-sentence").split("By their latest position")[1])
    assert " changed sides in the last 7 days: " in told[0]
    assert told[0] == told[1]


def test_a_link_holds_the_whole_view(desk: BrowserContext, address: Callable[[str], str]) -> None:
    actor = DATA["actors"][3]
    seen = open_board(
        desk, address("small") + f"#since=month&kind=&theme=workforce&actor={actor['id']}&show=agreement&x=1"
    )
    page = seen.page
    assert page.input_value("#range") == "month"
    assert page.input_value("#theme") == "workforce"
    assert page.inner_text("#timeline-actor h3") == (actor["person"] or actor["organisation"])
    assert page.evaluate("document.activeElement.id") == "agreement-title"
    assert 0 < page.evaluate("document.getElementById('agreement').getBoundingClientRect().top") < 200
    desk.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#copy")
    expect(page.locator("#copied")).to_have_text("Link copied")
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith(address("small") + "#")
    assert {"since=month", "theme=workforce", f"actor={actor['id']}"} <= set(copied.split("#")[1].split("&"))


def test_the_last_look_is_remembered_until_a_newer_page_comes(
    desk: BrowserContext, address: Callable[[str], str]
) -> None:
    earlier = open_board(desk, address("earlier"))
    assert "in the last 7 days" in earlier.page.inner_text("#new-sentence")
    seen = open_board(desk, address("small"))
    page = seen.page
    assert "since your last look (Tuesday 2 June, 13:00)" in page.inner_text("#new-sentence")
    fresh = [event for event in DATA["events"] if event["detected_at"] > "2026-06-02T12:00:00Z"]
    assert page.locator("#events .kicker .new").count() == min(len(fresh), 10)
    page.reload()
    seen.settle()
    assert "Tuesday 2 June, 13:00" in page.inner_text("#new-sentence")
    page.click("#seen")
    assert "Nothing new since your last look" in page.inner_text("#new-sentence")


def test_tables_are_downloaded_as_csv_that_no_spreadsheet_runs(
    desk: BrowserContext, address: Callable[[str], str]
) -> None:
    seen = open_board(desk, address("hostile"))
    page = seen.page
    page.click("#events-table summary")
    with page.expect_download() as download:
        page.click("#events-table .download")
    assert download.value.suggested_filename == "stancewatch-events.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == page.locator("#events-table tbody tr").count()
    assert all(row["Actor"].startswith("'=cmd()") and row["Words"].startswith("'@SUM(1)") for row in rows)
    assert {row["Link"] for row in rows} == {""}
