"""The views: the documented columns in their order, a comment on each, answers when empty and when filled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.records import Theme
from tests.warehouse.analyst import correct, statement_of, undo
from tests.warehouse.feed_rows import entry, feed, fetch, poll
from tests.warehouse.outgoing import EVERYBODY
from tests.warehouse.timeline import AUTONOMY, CROWD, PEAKE, TARN, Page, Said, Timeline, at, meaning, page, rule, words
from warehouse.actors import Decision
from warehouse.arrivals import ArrivalRow, record_arrivals
from warehouse.articles import store_articles
from warehouse.corrections import decide_reviews
from warehouse.dispatch import release_alerts
from warehouse.documentation import macro_columns
from warehouse.names import BodyRow, ThemeRow, sync_names
from warehouse.opinions import OpinionRow, record_opinions
from warehouse.outbox import AttemptRow, mark_sending, record_attempt
from warehouse.polls import Drop, FetchRow, PollBatch, record_polls, sync_feeds
from warehouse.runs import begin_run

CONTRACT = {
    "articles": "article_id url publisher feed_id kind title byline published_at first_seen_at fetched_at language"
    " text words themes story_id revision extractor_version text_source said_at is_copy is_history said_on",
    "stories": "story_id title first_published_at first_seen_at articles publishers urls article_ids first_publisher"
    " last_published_at",
    "revisions": "article_id url publisher revision title text fetched_at replaced_at previous_title added removed",
    "statements": "statement_id article_id url publisher published_at actor_id person role organisation actor_type text"
    " start_char end_char quote_kind stance stance_score confidence evidence themes model_version"
    " corrected speaker title byline kind feed_id story_id first_seen_at said_at is_copy original_id said_on",
    "stance_events": "event_id kind person organisation actor_type stance previous_stance previous_published_at"
    " previous_url new_themes article_id url publisher sources published_at detected_at statement_id quote"
    " confidence previous_statement_id previous_quote previous_publisher role model_version actor_id"
    " actor_name title themes evidence first_seen_at said_at said_on",
    "actors": "actor_id person organisation actor_type names organisations statements first_published_at"
    " last_published_at is_doubtful doubt actor_name role local central balanced publishers last_said_at",
    "actor_positions": "actor_id person organisation actor_type stance since previous_stance statements"
    " last_published_at url actor_name role confidence themes quote publisher title said_at positions shifts article_id"
    " statement_id last_said_at",
    "fetches": "url final_url feed_id kind started_at outcome reason http_status bytes seconds host publisher run_id",
    "feed_health": "feed_id publisher url status last_ok_at failures reason entries_7d expected_7d next_fetch_at notice"
    " poll_minutes changed_at",
    "drops": "url stage reason at dropped_at",
    "alerts": "alert_id event_id destination status created_at rule timing hold_reason message_id sent_at",
    "deliveries": "alert_id destination attempt outcome at detail attempted_at message_id",
    "arrivals": "message_id destination sent_at status arrived_at checked_at detail",
    "messages": "message_id kind destination timing window_start window_end status attempts is_possible_repeat alerts"
    " created_at next_attempt_at sent_at",
    "feeds": "feed_id publisher kind homepage url configured_url format interval_minutes is_configured baseline_at",
    "runs": "run_id flow started_at finished_at status detail counts seconds stage_seconds stage_bytes memory_bytes"
    " worker_memory_bytes host lease",
    "troubles": "trouble words advice began_at ended_at told_at",
    "theme_trends": "month theme statements articles local central balanced none label",
    "second_opinions": "statement_id asked_at judge outcome detail stance confidence own_stance own_confidence"
    " prompt_tokens completion_tokens",
    "seed_echoes": "statement_id seed_statement_id nearness stance seed_stance person organisation seed_person"
    " seed_organisation text seed_text relation published_at publisher url seed_title seed_published_at is_copy"
    " article_id said_at",
    "corrections": "correction_id kind statement_id article_id url corrected_by corrected_at note stance person role"
    " organisation actor_type themes own_stance own_confidence own_person own_role own_organisation"
    " own_actor_type own_themes model_version text status",
    "event_changes": "event_id changed_at old_kind new_kind old_stance new_stance cause run_id",
    "removed_statements": "statement_id article_id url publisher published_at actor_id person role organisation"
    " actor_type text quote_kind stance stance_score confidence themes speaker title said_at last_revision removed_at"
    " reworded_as is_printed_elsewhere removed_on",
    "reviews": "alert_id event_id decision decided_by decided_at note",
    "agreements": "organisation other_organisation shared_themes agreeing opposing agreeing_themes opposing_themes"
    " actor_type other_actor_type stance other_stance aliases",
    "organisations": "organisation actor_type stance since previous_stance said_at said_by quote url people statements"
    " local central balanced first_published_at last_published_at aliases last_said_at",
    "stance_history": "actor_id actor_name person role organisation actor_type stance confidence themes said_at"
    " previous_stance previous_said_at is_shift kind event_id quote publisher title url previous_quote"
    " previous_publisher previous_url published_at first_seen_at article_kind article_id statement_id"
    " previous_statement_id said_on",
    "themes": "theme label covers",
    "theme_positions": "theme label actor_id actor_name organisation actor_type stance since previous_stance said_at"
    " confidence positions quote publisher url statement_id",
}


@pytest.fixture
def filled(timeline: Timeline) -> Timeline:
    """A warehouse with something in every view."""
    store = timeline.warehouse
    sync_names(store, [ThemeRow("finance", "Money", "funding")], [BodyRow("NHS Providers", ("Providers",))])
    begin_run(store, "run-0", "monitor", at(1))
    timeline.query("INSERT INTO store.troubles VALUES ('disk', 'nearly full', 'free some', now(), NULL, NULL, false)")
    sync_feeds(store, [feed("post")])
    poll(store, entry("post", "a"))
    fetched: list[FetchRow] = [fetch("https://post.example/feed")]
    record_polls(store, "run-0", at(1), PollBatch([], fetched, [], [Drop("u", "poll", "why")]))
    themes = (*AUTONOMY, Theme.FINANCE)
    timeline.read(
        page("seed", 1, Said(PEAKE, "local", words(1), meaning=meaning(0)), is_live=False, kind="seed"),
        Page(
            "a",
            (Said(PEAKE, "local", words(1), meaning=meaning(9)), Said(CROWD, "none", words(2), ())),
            None,
            first_seen_at=at(2),
        ),
    )
    timeline.store(page("b", 40, Said(PEAKE, "central", words(3), themes), Said(TARN, "balanced", words(4), themes)))
    timeline.analyse()
    timeline.echo()
    timeline.detect(rule())
    ((alert_id,), *_) = timeline.query("SELECT alert_id FROM alerts")
    ((statement_id,), *_) = timeline.query("SELECT statement_id FROM statements")
    record_opinions(store, [OpinionRow(statement_id, "timeout")], judge="model@1", run_id="r", asked_at=at(60))
    release_alerts(store, "run", at(61), EVERYBODY)
    mark_sending(store, alert_id)
    record_arrivals(store, [ArrivalRow(alert_id, "desk", at(61), at(62), None, at(61), "")])
    record_attempt(store, at(61), AttemptRow(alert_id, "desk", 1, "sent", "taken", "sent", None, ()))
    correct_and_review(timeline, alert_id)
    edited = page("c", 2, Said(CROWD, "none", words(5), ()), is_live=False)
    timeline.read(edited)
    timeline.read(replace(edited, said=()))
    return timeline


def correct_and_review(timeline: Timeline, sent: str) -> None:
    """Something an analyst said, and took back."""
    statement = statement_of(timeline, "b", words(4))
    correct(timeline, statement, stance="local")
    timeline.detect(rule())
    undo(timeline, statement)
    timeline.detect(rule())
    timeline.query(f"UPDATE store.alerts SET status = 'review', message_id = NULL WHERE alert_id <> '{sent}'")  # noqa: S608 - its own id
    ((alert_id,), *_) = timeline.query("SELECT alert_id FROM store.alerts WHERE status = 'review'")
    decide_reviews(timeline.warehouse, [alert_id], "accept", Decision("me", at(80), ""))


def test_the_documented_columns_come_first_in_their_order(timeline: Timeline) -> None:
    for view, promised in CONTRACT.items():
        columns = [name for name, *_ in timeline.query(f"DESCRIBE main.{view}")]
        assert columns[: len(promised.split())] == promised.split(), view
        assert len(columns) == len(promised.split()), view


def test_there_are_no_other_views_and_no_tables_in_main(timeline: Timeline) -> None:
    found = timeline.query("SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = 'main'")
    assert sorted(found) == sorted((view, "VIEW") for view in CONTRACT)


def test_each_view_and_column_has_a_comment(timeline: Timeline) -> None:
    views = timeline.query("SELECT view_name FROM duckdb_views() WHERE NOT internal AND coalesce(comment, '') = ''")
    columns = timeline.query(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"
        " AND coalesce(comment, '') = ''"
    )
    assert (views, columns) == ([], [])


def test_each_function_and_each_of_its_columns_has_a_word(timeline: Timeline) -> None:
    functions = timeline.warehouse.execute("describe_macros")
    assert {"compare", "stance_of", "stance_timeline", "london_day", "plain_name"} <= {name for name, *_ in functions}
    for name, arguments, comment, is_table in functions:
        empty = ", ".join(["''"] * len(arguments))
        assert comment, name
        assert not is_table or list(macro_columns(name)) == [
            row[0] for row in timeline.query(f"DESCRIBE FROM {name}({empty})")
        ], name


def test_each_view_answers_when_filled_and_when_empty(filled: Timeline) -> None:
    assert [view for view in CONTRACT if not filled.table(f"main.{view}")] == []
    for (table,) in filled.query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'store'"):
        filled.warehouse._connection.execute(f"TRUNCATE store.{table}")
    assert [view for view in CONTRACT if filled.table(f"main.{view}")] == []


def test_moments_are_in_utc_with_their_zone(filled: Timeline) -> None:
    kinds = filled.query(
        "SELECT DISTINCT data_type FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"
        " AND (column_name LIKE '%\\_at' ESCAPE '\\' OR column_name IN ('at', 'since'))"
    )
    assert kinds == [("TIMESTAMP WITH TIME ZONE",)]
    assert filled.query("SELECT published_at::VARCHAR FROM articles WHERE article_id = 'seed'") == [
        ("2026-06-01 09:00:00+00",)
    ]


def test_statements_are_verbatim_and_so_is_their_evidence(filled: Timeline) -> None:
    (counts,) = filled.query(
        "SELECT count(*), count(*) FILTER (s.text = substr(a.text, start_char + 1, end_char - start_char)),"
        " count(*) FILTER (contains(s.text, evidence) AND evidence <> '')"
        " FROM statements AS s JOIN articles AS a USING (article_id)"
    )
    assert counts == (5, 5, 5)


SHOWN = (
    "url",
    "publisher",
    "published_at",
    "title",
    "byline",
    "kind",
    "feed_id",
    "story_id",
    "first_seen_at",
    "said_at",
)


def test_statements_show_their_article_as_it_stands(timeline: Timeline) -> None:
    """Under a new headline and address, behind an edit, and once an earlier copy gives its story another name."""
    story = page("b", 2, *(Said(PEAKE, "local", words(number, 60)) for number in range(4)))
    timeline.read(story)
    moved = replace(story.row(), title="Another headline", url="https://post.example/moved")
    store_articles(timeline.warehouse, at(60), [moved], [])
    assert shown(timeline) == {("Another headline", "https://post.example/moved", "b")}
    text = f"The board met again.\n\n{story.text}"
    store_articles(timeline.warehouse, at(60), [replace(moved, title="A third", text=text, text_hash="other")], [])
    assert shown(timeline) == {("A third", "https://post.example/moved", "b")}
    timeline.store(replace(story, article_id="a", published_at=at(1), publisher="Marsh Echo"))
    assert shown(timeline) == {("A third", "https://post.example/moved", "a")}


def shown(timeline: Timeline) -> set[tuple[str, str, str]]:
    """Title, address and story of all statements; whatever they show of their article is what it says."""
    pairs = ", ".join(f"[s.{name}::VARCHAR, a.{name}::VARCHAR]" for name in SHOWN)
    joined = "FROM statements AS s JOIN articles AS a USING (article_id)"
    assert all(one == other for row in timeline.query(f"SELECT {pairs} {joined}") for one, other in row)
    return set(timeline.query("SELECT title, url, story_id FROM statements"))


def test_statements_behind_characters_of_several_bytes_are_verbatim(timeline: Timeline) -> None:
    timeline.read(
        page("a", 1, Said(PEAKE, "local", "naïve “inner” words — £5 \U0001fa7a e\u0301"), opening="\U0001fa7aé" * 9)
    )
    assert timeline.query(
        "SELECT s.text = substr(a.text, start_char + 1, end_char - start_char), evidence FROM statements AS s"
        " JOIN articles AS a USING (article_id)"
    ) == [(True, "naïve")]


def test_events_refer_to_statements_and_articles(filled: Timeline) -> None:
    assert filled.query(
        "SELECT e.kind, s.text = e.quote, s.person = e.person, a.publisher = e.publisher FROM stance_events AS e"
        " JOIN statements AS s USING (statement_id) JOIN articles AS a ON a.article_id = e.article_id ORDER BY ALL"
    ) == [("first", True, True, True), ("repeat", True, True, True), ("shift", True, True, True)]


def test_theme_trends_count_statements_by_month_and_side(filled: Timeline) -> None:
    assert filled.query("SELECT * REPLACE (month::VARCHAR AS month) FROM theme_trends ORDER BY ALL") == [
        ("2026-06-01", "autonomy_control", 2, 2, 2, 0, 0, 0, "autonomy_control"),
        ("2026-07-01", "autonomy_control", 2, 1, 0, 1, 1, 0, "autonomy_control"),
        ("2026-07-01", "finance", 2, 1, 0, 1, 1, 0, "Money"),
    ]


def test_an_event_shows_its_predecessors_words_and_who_labelled_it(filled: Timeline) -> None:
    shown = filled.query(
        "SELECT person, role, previous_quote, previous_publisher, previous_statement_id IS NULL, model_version"
        " FROM stance_events WHERE article_id = 'b' ORDER BY person"
    )
    assert shown == [
        ("Ossian Tarn", "minister", None, None, True, "engine-1"),
        ("Rosalind Peake", "chair", words(1), "Valley Post", False, "engine-1"),
    ]
