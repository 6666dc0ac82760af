"""The codebook's table of new stances, one actor at a time, and the sum of an actor's statements in an article."""

from __future__ import annotations

import itertools

import pytest

from extractors.records import Stance, Theme
from extractors.stance import actor_stance
from tests.warehouse.timeline import AUTONOMY, CROWD, PEAKE, TARN, UNION, Page, Said, Timeline, at, page, words


def test_first_stance_of_an_actor(timeline: Timeline) -> None:
    counts = timeline.read(page("a", 1, Said(PEAKE, "local", words(1))))
    assert counts == {"events_first": 1, "alerts": 0}
    (event,) = timeline.events()
    assert (event.who, event.kind, event.stance, event.quote) == ("Rosalind Peake", "first", "local", words(1))
    assert (event.previous_stance, event.previous_at, event.previous_url) == (None, None, None)
    assert event.new_themes == ()
    assert event.sources == ("Valley Post",)


def test_shift_names_the_latest_earlier_stance_its_date_and_its_article(timeline: Timeline) -> None:
    timeline.read(
        page("a", 1, Said(PEAKE, "central", words(1))),
        page("b", 2, Said(PEAKE, "balanced", words(2))),
        page("c", 3, Said(PEAKE, "local", words(3))),
    )
    *_, event = timeline.events()
    assert (event.article_id, event.kind, event.stance) == ("c", "shift", "local")
    assert (event.previous_stance, event.previous_at) == ("balanced", at(2))
    assert event.previous_url == "https://post.example/b"
    assert event.new_themes == ()


def test_theme_lists_what_was_never_touched_with_a_stance_before(timeline: Timeline) -> None:
    first = Said(PEAKE, "local", words(1), (Theme.AUTONOMY_CONTROL, Theme.FINANCE))
    aside = Said(PEAKE, "none", words(2), (Theme.WORKFORCE,))
    later = Said(PEAKE, "local", words(3), (Theme.AUTONOMY_CONTROL, Theme.WORKFORCE, Theme.FINANCE, Theme.LEADERSHIP))
    timeline.read(page("a", 1, first, aside), page("b", 2, later))
    *_, event = timeline.events()
    assert (event.kind, event.previous_stance, event.previous_url) == ("theme", "local", "https://post.example/a")
    assert sorted(event.new_themes) == ["leadership", "workforce"]


def test_themes_of_all_earlier_stances_are_known_not_only_of_the_latest(timeline: Timeline) -> None:
    timeline.read(
        page("a", 1, Said(PEAKE, "central", words(1), (Theme.AUTONOMY_CONTROL, Theme.FINANCE))),
        page("b", 2, Said(PEAKE, "local", words(2))),
        page("c", 3, Said(PEAKE, "local", words(3), (Theme.AUTONOMY_CONTROL, Theme.FINANCE))),
    )
    assert [event.kind for event in timeline.events()] == ["first", "shift", "repeat"]


def test_same_stance_on_known_themes_is_a_repeat(timeline: Timeline) -> None:
    for day in (1, 2, 3):
        timeline.read(page(f"p{day}", day, Said(PEAKE, "local", words(day))))
    assert [event.kind for event in timeline.events()] == ["first", "repeat", "repeat"]


def test_histories_are_kept_apart_by_actor(timeline: Timeline) -> None:
    speakers = (PEAKE, TARN, UNION)
    timeline.read(
        page("a", 1, *(Said(who, "local", words(n)) for n, who in enumerate(speakers))),
        page("b", 2, Said(PEAKE, "central", words(5)), Said(UNION, "local", words(6))),
    )
    assert set(timeline.kinds("a").values()) == {"first"}
    assert timeline.kinds("b") == {"Rosalind Peake": "shift", "Guild of Ward Clerks": "repeat"}


def test_a_person_and_the_organisation_spoken_for_are_two_actors(timeline: Timeline) -> None:
    group = type(PEAKE)("", "", PEAKE.organisation, PEAKE.actor_type)
    timeline.read(page("a", 1, Said(PEAKE, "local", words(1))), page("b", 2, Said(group, "central", words(2))))
    assert timeline.kinds("b") == {"Valley Hospitals Group": "first"}


def test_anonymous_speakers_keep_statements_but_build_no_history(timeline: Timeline) -> None:
    timeline.read(page("a", 1, Said(CROWD, "local", words(1))), page("b", 2, Said(CROWD, "central", words(2))))
    assert timeline.events() == []
    assert timeline.query("SELECT count(*), count(actor_id), any_value(role) FROM statements") == [
        (2, 0, "ward managers")
    ]
    assert timeline.query("SELECT * FROM actor_positions") == []


def test_a_page_without_a_side_makes_no_event(timeline: Timeline) -> None:
    assert timeline.read(page("a", 1, Said(PEAKE, "none", words(1)))) == {"alerts": 0}
    assert timeline.events() == []


@pytest.mark.parametrize(("confidence", "kinds"), [(0.49, []), (0.5, ["first"])])
def test_below_the_threshold_nothing_is_taken_as_a_position(
    timeline: Timeline, confidence: float, kinds: list[str]
) -> None:
    timeline.read(page("a", 1, Said(PEAKE, "local", words(1), AUTONOMY, confidence)))
    assert [event.kind for event in timeline.events()] == kinds
    timeline.read(page("b", 2, Said(PEAKE, "central", words(2))))
    assert timeline.kinds("b") == {"Rosalind Peake": "shift" if kinds else "first"}


def test_pages_without_a_date_stand_where_they_were_first_seen(timeline: Timeline) -> None:
    timeline.read(
        Page("a", (Said(PEAKE, "central", words(1)),), None, first_seen_at=at(2)),
        page("b", 3, Said(PEAKE, "local", words(2))),
        page("c", 1, Said(PEAKE, "local", words(3)), first_seen_at=at(4)),
    )
    assert timeline.kinds("b") == {"Rosalind Peake": "shift"}
    assert timeline.kinds("c") == {"Rosalind Peake": "repeat"}


def test_the_sum_of_an_actors_statements_is_that_of_the_codebook(timeline: Timeline) -> None:
    """Every mix of up to four statements of each stance gives what the engine's own sum gives."""
    mixes = [mix for mix in itertools.product(range(4), repeat=3) if sum(mix)]
    pages, number = [], 0
    for index, mix in enumerate(mixes):
        actor = type(PEAKE)(f"Speaker{index} Number{index}", "", "", PEAKE.actor_type)
        said = []
        for stance, count in zip(("local", "central", "balanced"), mix, strict=True):
            for _ in range(count):
                number += 1
                said.append(Said(actor, stance, words(number)))
        pages.append(page(f"mix{index}", 1, *said))
    timeline.read(*pages)
    found = {event.article_id: event.stance for event in timeline.events()}
    names = [Stance.LOCAL, Stance.CENTRAL, Stance.BALANCED]
    assert found == {
        f"mix{index}": actor_stance([name for name, count in zip(names, mix, strict=True) for _ in range(count)])
        for index, mix in enumerate(mixes)
    }
    spelt_out = {(1, 1, 0): "balanced", (2, 1, 0): "balanced", (3, 1, 0): "local", (1, 3, 0): "central"}
    spelt_out |= {(1, 0, 1): "local", (0, 1, 1): "central", (1, 0, 2): "balanced", (0, 0, 1): "balanced"}
    assert {mix: found[f"mix{mixes.index(mix)}"] for mix in spelt_out} == spelt_out


def test_the_event_shows_the_surest_statement_of_its_stance(timeline: Timeline) -> None:
    said = [("local", 0.7), ("local", 0.95), ("local", 0.8), ("central", 0.99), ("none", 1.0)]
    timeline.read(page("a", 1, *(Said(PEAKE, s, words(n), AUTONOMY, sure) for n, (s, sure) in enumerate(said))))
    (event,) = timeline.events()
    assert (event.stance, event.quote) == ("local", words(1))
    assert timeline.query("SELECT confidence FROM stance_events") == [(0.95,)]
