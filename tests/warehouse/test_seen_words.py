"""Words that were printed before are the same statement with one more source, whoever prints them and however."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.records import Speaker
from tests.warehouse.timeline import PEAKE, TARN, Said, Timeline, page

QUOTE = "Leave the choice of wards with the boards who know this valley, then hold them to what they promised us."
TRIMMED = "hold them to what they promised us"
EDITED = "Leave the choice of wards with the boards that know this valley, and hold them to what they promised us."
DRESSED = "LEAVE the choice of wards with the boards who know this valley — then hold them to what they promised us!"
OTHER = "Every ward in the land has to keep to the one rule book, and ministers shall see that it does."


def test_a_syndicated_copy_is_a_repeat_and_both_events_list_both_outlets(timeline: Timeline) -> None:
    timeline.read(
        page("a", 1, Said(PEAKE, "local", QUOTE)), page("b", 2, Said(PEAKE, "local", QUOTE), publisher="Hill Gazette")
    )
    first, copy = timeline.events()
    assert (first.kind, copy.kind, copy.new_themes) == ("first", "repeat", ())
    assert first.sources == copy.sources == ("Hill Gazette", "Valley Post")


def test_copies_in_one_batch_belong_to_the_page_seen_first(timeline: Timeline) -> None:
    outlets = ("Valley Post", "Hill Gazette", "Moor Times")
    timeline.read(*(page(f"p{n}", 3 - n, Said(PEAKE, "local", QUOTE), publisher=outlets[n]) for n in range(3)))
    assert [(event.article_id, event.kind) for event in timeline.events()] == [
        ("p2", "first"),
        ("p1", "repeat"),
        ("p0", "repeat"),
    ]
    assert {event.sources for event in timeline.events()} == {tuple(sorted(outlets))}


@pytest.mark.parametrize(("copy", "stance"), [(TRIMMED, "central"), (EDITED, "balanced"), (DRESSED, "local")])
def test_near_copies_are_repeats_whatever_side_they_are_given(timeline: Timeline, copy: str, stance: str) -> None:
    timeline.read(
        page("a", 1, Said(PEAKE, "local", QUOTE)), page("b", 2, Said(PEAKE, stance, copy), publisher="Hill Gazette")
    )
    _, event = timeline.events()
    assert event.kind == "repeat"
    assert event.sources == ("Hill Gazette", "Valley Post")
    assert timeline.query("SELECT stance, since FROM actor_positions")[0][0] == "local"


def test_a_full_quotation_behind_a_trimmed_one_is_a_repeat(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(PEAKE, "local", TRIMMED)), page("b", 2, Said(PEAKE, "central", QUOTE)))
    assert timeline.kinds("b") == {"Rosalind Peake": "repeat"}


def test_old_words_quoted_again_with_another_stance_in_between(timeline: Timeline) -> None:
    timeline.read(
        page("a", 1, Said(PEAKE, "local", QUOTE)),
        page("b", 2, Said(PEAKE, "central", OTHER)),
        page("c", 3, Said(PEAKE, "local", QUOTE)),
        page("d", 4, Said(PEAKE, "central", "They keep on asking and the answer stays the same for all")),
    )
    assert [event.kind for event in timeline.events()] == ["first", "shift", "repeat", "repeat"]
    assert timeline.query("SELECT stance FROM actor_positions") == [("central",)]


def test_old_words_beside_new_ones_do_not_weigh_in_the_sum(timeline: Timeline) -> None:
    timeline.read(
        page("a", 1, Said(PEAKE, "local", QUOTE)),
        page("b", 2, Said(PEAKE, "local", QUOTE), Said(PEAKE, "central", OTHER)),
    )
    *_, event = timeline.events()
    assert (event.kind, event.stance, event.quote) == ("shift", "central", OTHER)


def test_the_same_words_under_another_name_are_seen_words(timeline: Timeline) -> None:
    office = Speaker("", "", PEAKE.organisation, PEAKE.actor_type)
    timeline.read(
        page("a", 1, Said(PEAKE, "local", QUOTE)),
        page("b", 2, Said(office, "local", EDITED)),
        page("c", 3, Said(TARN, "local", DRESSED)),
    )
    assert timeline.kinds("b") == {"Valley Hospitals Group": "repeat"}
    assert timeline.kinds("c") == {"Ossian Tarn": "repeat"}


def test_like_words_of_another_actor_are_new(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(PEAKE, "local", QUOTE)), page("b", 2, Said(TARN, "local", EDITED)))
    assert timeline.kinds("b") == {"Ossian Tarn": "first"}


def test_a_few_common_words_of_another_actor_are_new(timeline: Timeline) -> None:
    timeline.read(
        page("a", 1, Said(PEAKE, "local", "Let boards decide this")),
        page("b", 2, Said(TARN, "local", "Let boards decide this")),
        page("c", 3, Said(PEAKE, "central", "Let boards decide this")),
    )
    assert timeline.kinds("b") == {"Ossian Tarn": "first"}
    assert timeline.kinds("c") == {"Rosalind Peake": "repeat"}


def test_words_printed_twice_in_one_page_weigh_once(timeline: Timeline) -> None:
    again = Said(PEAKE, "local", QUOTE)
    timeline.read(page("a", 1, again, Said(PEAKE, "central", OTHER), again, again))
    (event,) = timeline.events()
    assert event.stance == "balanced"
    assert len(timeline.query("SELECT DISTINCT statement_id FROM statements")) == 4


def test_words_first_said_without_a_side_are_still_seen_words(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(PEAKE, "none", QUOTE)), page("b", 2, Said(PEAKE, "local", QUOTE)))
    assert timeline.kinds("b") == {"Rosalind Peake": "repeat"}


def test_importing_twice_changes_nothing(timeline: Timeline) -> None:
    pages = [page(f"p{n}", n, Said(PEAKE, stance, OTHER + QUOTE[n:]), kind="import") for n, stance in
             enumerate(("local", "central"), start=1)]  # fmt: skip
    timeline.read(*pages)
    tables = ["articles", "article_revisions", "statements", "positions", "events"]
    before = [timeline.table(f"store.{table}") for table in tables]
    assert timeline.store(*pages) == {"articles_new": 0, "articles_edited": 0}
    assert timeline.analyse() == 0
    assert timeline.detect() == {"alerts": 0}
    assert [timeline.table(f"store.{table}") for table in tables] == before


def test_a_story_under_two_addresses_in_one_import_is_one_row(timeline: Timeline) -> None:
    one = page("a", 1, Said(PEAKE, "local", QUOTE))
    two = replace(one, first_seen_at=one.seen_at.replace(minute=5), publisher="Hill Gazette")
    assert timeline.store(two, one) == {"articles_new": 1, "articles_edited": 0}
    assert timeline.query("SELECT publisher FROM articles") == [("Valley Post",)]
