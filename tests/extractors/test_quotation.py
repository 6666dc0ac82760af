"""Quotation spans: marks of every kind, apostrophes, nesting, marks never closed."""

from __future__ import annotations

import pytest

from extractors.quotation import close_cut_short, find_quotations


def quoted(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Let go,” she said. “Please.”", ["Let go,", "Please."]),
        ("‘It’s ours,’ he said. ‘We’ve run it.’", ["It’s ours,", "We’ve run it."]),
        ('"It\'s ours," he said.', ["It's ours,"]),
        ("'It's ours,' he said, 'and we'll keep it.'", ["It's ours,", "and we'll keep it."]),
        ("“He told me, ‘No.’ That was that.”", ["He told me, ‘No.’ That was that."]),
        ("‘The trusts’ plan is thin,’ she said.", ["The trusts’ plan is thin,"]),
        ("The trusts’ plan is ‘thin’.", ["thin"]),
        ("In the ’90s the boards' powers grew.", []),
        ("It was a “reset” and a “renewal”.", ["reset", "renewal"]),
        ("", []),
        ("““", []),
    ],
)
def test_outer_marks_bound_the_words(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_that_runs_on_is_open_to_the_end_of_its_paragraph() -> None:
    text = "She said: “We begin here and go on below."
    (found,) = find_quotations(text, 0, len(text))
    assert found.is_open
    assert text[found.start : found.end] == "We begin here and go on below."


def test_a_nested_mark_left_open_does_not_hide_the_outer_closing_mark() -> None:
    assert quoted("“The paper “Closer was read by all.”") == ["The paper “Closer was read by all."]


def test_an_unclosed_quotation_ends_at_the_attribution_printed_in_it() -> None:
    text = "“We should take it, said Harvey Minchcombe. Others disagree."
    quotations = {0: find_quotations(text, 0, len(text))}
    close_cut_short(text, [0], quotations)
    (found,) = quotations[0]
    assert text[found.start : found.end] == "We should take it,"
