"""A run's counts in one line for people."""

import pytest

from flows.summary import summarise, summarise_run


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ({}, "nothing new"),
        ({"feeds_ok": 1, "articles_new": 2}, "1 feed polled (1 ok), 2 new articles"),
        ({"feeds_not_modified": 2, "feeds_failed": 1, "alerts": 0}, "3 feeds polled (2 not modified, 1 failed)"),
    ],
)
def test_what_was_done_is_told_in_a_line(counts: dict[str, int], line: str) -> None:
    assert summarise(counts) == line


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ({}, "no feed was due yet (--all asks all of them)"),
        ({"deliveries_sent": 1}, "no feed was due yet (--all asks all of them), 1 delivered"),
        ({"feeds_not_modified": 1}, "1 feed polled (1 not modified)"),
    ],
)
def test_a_run_says_where_no_feed_was_due(counts: dict[str, int], line: str) -> None:
    assert summarise_run(counts) == line
