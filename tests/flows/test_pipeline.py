"""The whole pipeline on the newsroom: real HTTP, real mail, real Slack posts, a real warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.published import query_published

if TYPE_CHECKING:
    from collections import Counter

    from tests.sample_days import Days


def told(counts: Counter[str]) -> list[str]:
    """What a run told, or would have."""
    return [name for name, number in counts.items() if number and name.startswith(("events", "alerts", "deliveries"))]


def test_history_is_silent(days: Days) -> None:
    assert days.history["feeds_ok"] == 15
    assert days.history["articles_new"] == 46
    assert days.history["statements"] > 200
    assert not told(days.history)


def test_news_is_told_over_both_channels(days: Days) -> None:
    assert days.news["articles_new"] == 21
    assert days.news["articles_edited"] == 1
    assert days.news["events_first"] > 0
    assert days.news["events_shift"] > 0
    assert days.news["events_repeat"] > 0
    sides = days.news["events_first"] + days.news["events_shift"]
    assert days.alerts_after_news == sides
    assert days.slack == sides
    assert days.news["deliveries_sent"] == 2 * sides


def test_nobody_is_told_twice(days: Days) -> None:
    assert len(days.mails) == days.alerts_after_news
    assert days.again["feeds_not_modified"] == 15
    assert not told(days.again)
    assert not days.again["articles_new"] + days.again["articles_edited"] + days.again["statements"]


def test_every_quotation_is_verbatim(days: Days) -> None:
    broken = days.query(
        "SELECT count(*) FROM statements s JOIN articles a USING (article_id)"
        " WHERE substr(a.text, start_char + 1, end_char - start_char) <> s.text"
    )
    assert broken == [(0,)]


def test_a_mail_shows_the_exact_words_and_the_side_before(days: Days) -> None:
    rows = days.query(
        "SELECT person, stance, previous_stance, quote, url FROM stance_events WHERE kind = 'shift' AND person <> ''"
    )
    bodies = [
        part.get_content()
        for message in days.mails
        for part in message.walk()
        if part.get_content_type() == "text/plain"
    ]
    for person, stance, before, quote, url in rows:
        mail = next(body for body in bodies if url in body)
        flat = " ".join(mail.replace("*", "").split())  # asterisks mark the evidence within the words
        assert person in mail
        assert stance.upper() in mail.upper()
        assert before in mail.lower()
        assert " ".join(quote.split())[:60] in flat


def test_the_syndicated_copy_and_the_late_article_raise_no_alert(days: Days) -> None:
    kinds = dict(
        days.query(
            "SELECT publisher || ' ' || person, kind FROM stance_events"
            " WHERE publisher IN ('The Yorkshire Post', 'Wired-GOV', 'Pulse')"
        )
    )
    assert kinds["The Yorkshire Post Sunniva Hartell"] == "repeat"
    assert set(kinds.values()) == {"repeat"}


def test_the_edited_page_is_a_revision_without_a_second_event(days: Days) -> None:
    assert days.query("SELECT publisher, revision FROM articles WHERE revision > 1") == [("The Guardian", 2)]
    assert days.query("SELECT count(*) FROM stance_events WHERE person = 'Calvin Osterley'") == [(0,)]
    assert days.query("SELECT count(*) FROM store.article_revisions") == [(1,)]


def test_pages_in_windows_1252_are_read_as_such(days: Days) -> None:
    ((text,),) = days.query("SELECT string_agg(text, ' ') FROM articles WHERE publisher = 'The Yorkshire Post'")
    assert "£" in text
    assert "Ł" not in text
    assert "\ufffd" not in text


def test_page_furniture_never_speaks(days: Days) -> None:
    planted = ("Fairlight", "Penfold-Hale", "Embleton", "Wimpole-Reeve", "Tickell-Vane")
    people = {person for (person,) in days.query("SELECT DISTINCT person FROM statements")}
    assert not [name for name in planted if any(name in person for person in people)]


def test_the_published_file_is_the_working_file(days: Days) -> None:
    published = query_published(days.warehouse, "SELECT count(*) FROM statements").rows
    assert list(published) == days.query("SELECT count(*) FROM statements")


def test_what_was_read_can_be_searched(days: Days) -> None:
    published = query_published(days.warehouse, "FROM search('earning freedoms')")
    rows = [dict(zip(published.columns, row, strict=True)) for row in published.rows]
    assert {row["kind"] for row in rows} == {"article", "statement"}
    assert {"earned", "freedom"} <= {word.casefold() for row in rows for word in row["matches"]}
    texts = dict(days.query("SELECT article_id, text FROM articles"))
    assert [row["excerpt"] for row in rows if row["excerpt"] not in texts[row["article_id"]]] == []
    assert days.query("SELECT count(*) FROM articles ANTI JOIN store.indexed_articles USING (article_id)") == [(0,)]


def test_each_request_has_one_outcome(days: Days) -> None:
    outcomes = dict(
        days.query("SELECT outcome, count(*) FROM fetches WHERE url NOT LIKE '%/tdmrep.json' GROUP BY outcome")
    )
    assert set(outcomes) == {"ok", "not_modified"}
    assert days.query("SELECT count(*) FROM store.entries WHERE state <> 'read'") == [(0,)]
    assert days.query("SELECT count(*) FROM runs WHERE status = 'completed'") == [(3,)]
