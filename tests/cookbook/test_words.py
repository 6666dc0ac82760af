"""Questions about themes, words and outlets, checked against the sample newsroom's files and plain Python."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from flows.newsroom import load_newsroom

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cookbook.conftest import Cook, Rows


def originals(view: Callable[[str], Rows]) -> Rows:
    return [s for s in view("statements") if not s.is_copy]


def test_quotes_of_the_week(cook: Cook, view: Callable[[str], Rows]) -> None:
    newest = max(s.said_at for s in view("statements"))
    for theme in ("neighbourhood_place", "workforce"):
        wanted = [s for s in originals(view) if theme in s.themes and s.said_at > newest - timedelta(days=7)]
        assert Counter(r.text for r in cook("quotes-of-the-week", theme=theme)) == Counter(s.text for s in wanted)
        assert wanted


def test_where_words_stand(cook: Cook, view: Callable[[str], Rows]) -> None:
    phrase = re.compile(r"\bleague\s+tables?\b", re.IGNORECASE)
    rows = cook("where-words-stand")
    said = Counter(r.url for r in rows if r.kind == "statement")
    assert said == Counter(s.url for s in view("statements") if phrase.search(s.text))
    printed = {r.url for r in rows if r.kind == "article"}
    assert printed == {a.url for a in view("articles") if phrase.search(f"{a.title}\n\n{a.text}")}
    assert said
    assert all(phrase.search(r.excerpt) or phrase.search(r.title) for r in rows)
    assert [r.url for r in cook("where-words-stand", words="straitjackets") if r.kind == "article"] == ["seed:seed.txt"]


def test_contested_themes(cook: Cook, view: Callable[[str], Rows]) -> None:
    labels = {t.theme: t.label for t in view("themes")}
    count = Counter((labels[theme], s.stance) for s in view("statements") for theme in s.themes)
    rows = cook("contested-themes")
    for row in rows:
        local, central = count[row.label, "local"], count[row.label, "central"]
        assert (row.local, row.central, row.balanced) == (local, central, count[row.label, "balanced"])
        assert abs(row.evenness - 2 * min(local, central) / (local + central)) <= 0.0051
    assert [r.evenness for r in rows] == sorted((r.evenness for r in rows), reverse=True)


def test_share_with_a_side(cook: Cook, view: Callable[[str], Rows]) -> None:
    labels = {t.theme: t.label for t in view("themes")}
    said = Counter(labels[theme] for s in view("statements") for theme in s.themes)
    sided = Counter(labels[theme] for s in view("statements") for theme in s.themes if s.stance != "none")
    rows = {r.label: (r.statements, r.sided) for r in cook("share-with-a-side")}
    assert rows == {label: (number, sided[label]) for label, number in said.items()}
    assert len(rows) > 10


def test_themes_together(cook: Cook, view: Callable[[str], Rows]) -> None:
    pairs = Counter(
        pair
        for s in originals(view)
        if s.stance != "none"
        for pair in combinations(sorted(set(s.themes) - {"autonomy_control"}), 2)
    )
    rows = cook("themes-together")
    assert all(r.statements == pairs[r.theme, r.other_theme] for r in rows)
    assert [r.statements for r in rows] == sorted(pairs.values(), reverse=True)[: len(rows)]


def test_unnamed_voices(cook: Cook, view: Callable[[str], Rows]) -> None:
    expected = Counter((s.speaker, s.stance) for s in view("statements") if not s.actor_id)
    assert Counter({(r.speaker, r.stance): r.statements for r in cook("unnamed-voices")}) == expected
    assert ("One chief executive", "local") in expected


def test_the_seeds_speakers_stand_where_the_seed_has_them(cook: Cook) -> None:
    rows = [(r.actor_name, str(r.in_seed), r.seed, r.stands) for r in cook("seeds-then-and-now")]
    seed = "Let places decide, says the Confederation"
    assert rows == [
        ("Odalys Merrivane", "2019-10-03", seed, "local"),
        ("Torquil Abernathy-Voss", "2019-10-03", seed, "central"),
    ]


def test_the_seeds_are_echoed_by_those_who_say_the_like(cook: Cook, view: Callable[[str], Rows]) -> None:
    rows = cook("what-the-seeds-said")
    assert {r.seed_speaker for r in rows} <= {"Odalys Merrivane", "Torquil Abernathy-Voss"}
    pairs = {("Torquil Abernathy-Voss", "Tobias Wrenfield"), ("Odalys Merrivane", "Rosalind Amberley")}
    assert pairs <= {(r.seed_speaker, r.speaker) for r in rows if r.relation == "agrees"}
    sides = {s.text: s.stance for s in view("statements")}
    assert all(sides[r.text] == r.stance and sides[r.seed_text] == r.seed_stance for r in rows)


def test_words_in_many_outlets_are_the_syndicated_ones(cook: Cook, view: Callable[[str], Rows]) -> None:
    original = {s.statement_id: s.original_id for s in view("statements")}
    outlets = defaultdict(set)
    for s in view("statements"):
        outlets[s.original_id].add(s.publisher)
    expected: Counter[tuple[str, ...]] = Counter()
    for e in view("stance_events"):
        if others := outlets[original[e.statement_id]] - {e.publisher}:
            expected[(e.quote, e.publisher, *sorted(others))] += 1
    rows = cook("words-in-many-outlets")
    assert Counter((r.quote, r.first_outlet, *r.later_outlets) for r in rows) == expected
    assert {"Sunniva Hartell", "Bastian Colclough"} & {r.actor_name for r in rows}


def test_outlets_that_break_news(cook: Cook, view: Callable[[str], Rows]) -> None:
    news = [e for e in view("stance_events") if e.kind != "repeat"]
    rows = {r.publisher: (r.broken, r.first, r.shift, r.theme) for r in cook("outlets-that-break-news")}
    for outlet, counts in rows.items():
        kinds = Counter(e.kind for e in news if e.publisher == outlet)
        assert counts == (sum(kinds.values()), kinds["first"], kinds["shift"], kinds["theme"])
    assert rows.keys() == {e.publisher for e in news}


def test_balance_of_outlets(cook: Cook, view: Callable[[str], Rows]) -> None:
    sided = [s for s in view("statements") if s.stance != "none" and s.kind == "feed"]
    count = Counter((s.publisher, s.stance) for s in sided)
    for r in cook("balance-of-outlets"):
        assert (r.local, r.central, r.balanced) == tuple(
            count[r.publisher, x] for x in ("local", "central", "balanced")
        )
        assert r.actors == len({s.actor_id for s in sided if s.publisher == r.publisher} - {None})
    assert sum(r.sided for r in cook("balance-of-outlets")) == len(sided)


def test_copied_stories_are_the_two_that_were_planted(cook: Cook) -> None:
    assert [(r.first_publisher, r.publishers) for r in cook("copied-stories")] == [
        ("Pulse", ["Pulse", "The Yorkshire Post"]),
        ("NHS Confederation", ["NHS Confederation", "Wired-GOV"]),
    ]


def test_the_edited_page_is_the_one_that_was_planted(cook: Cook) -> None:
    edited = {
        site.publisher.name for site in load_newsroom() for a in site.articles for b in site.articles
        if a.path == b.path and a.day < b.day
    }  # fmt: skip
    rows = cook("edited-pages")
    assert {r.publisher for r in rows} == edited == {"The Guardian"}
    assert all(r.added and r.removed for r in rows)


def test_words_taken_out(cook: Cook, view: Callable[[str], Rows]) -> None:
    texts = {(r.article_id, r.revision): r.text for r in view("revisions")}
    gone = view("removed_statements")
    rows = cook("words-taken-out")
    assert [(r.speaker, r.stance, r.reworded_as, r.is_printed_elsewhere) for r in rows] == [
        ("Calvin Osterley", "central", None, False)
    ]
    assert [r.text for r in rows] == [g.text for g in gone]
    assert all(g.text in texts[g.article_id, 1] and g.text not in texts[g.article_id, 2] for g in gone)


def test_journalists(cook: Cook, view: Callable[[str], Rows]) -> None:
    sided = [s for s in view("statements") if s.stance != "none" and s.byline and s.kind == "feed"]
    count = Counter((s.byline, s.publisher) for s in sided)
    rows = cook("journalists")
    assert [r.sided for r in rows] == sorted(count.values(), reverse=True)[: len(rows)]
    assert all(r.sided == count[r.byline, r.publisher] for r in rows)
    bylines = {a.byline for site in load_newsroom() for a in site.articles}
    assert "Beatrix Holloran" in bylines & {r.byline for r in rows}


def test_most_quoted(cook: Cook, view: Callable[[str], Rows]) -> None:
    count = Counter(s.actor_id for s in view("statements") if s.actor_id)
    rows = cook("most-quoted")
    assert [r.statements for r in rows] == sorted(count.values(), reverse=True)[: len(rows)]
    outlets = {s.publisher for s in view("statements") if s.person == rows[0].actor_name}
    assert rows[0].outlets == len(outlets)


def test_nobody_moved_and_nobody_is_two(cook: Cook, view: Callable[[str], Rows]) -> None:
    bodies: dict[str, set[str]] = defaultdict(set)
    for s in view("statements"):
        bodies[s.actor_id] |= {s.organisation} - {""}
    moved = [actor for actor, names in bodies.items() if actor and len(names) > 1]
    assert len(cook("people-who-moved")) == len(moved)
    assert len(cook("same-name")) == sum(a.is_doubtful for a in view("actors"))
