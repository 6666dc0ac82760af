"""The words that ship: enough of them, inflected rightly."""

from __future__ import annotations

import pytest

from extractors.lexicon import IrregularVerb, Lexicon, VerbForm, inflections


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("warn", {"warn", "warns", "warned", "warning"}),
        ("argue", {"argue", "argues", "argued", "arguing"}),
        ("reply", {"reply", "replies", "replied", "replying"}),
        ("stress", {"stress", "stresses", "stressed", "stressing"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
    ],
)
def test_regular_verbs_are_inflected_by_rule(base: str, forms: set[str]) -> None:
    assert {spelling for spelling, _ in inflections(base)} == forms


def test_irregular_forms_replace_the_regular_ones() -> None:
    forms = dict(inflections("write", IrregularVerb("write", past="wrote", participle="written")))
    assert forms["wrote"] is VerbForm.PAST
    assert forms["written"] is VerbForm.PARTICIPLE
    assert "writed" not in forms


def test_a_past_spelt_like_the_base_counts_as_the_past() -> None:
    forms = dict(inflections("set", IrregularVerb("set", past="set", participle="set", ing="setting")))
    assert forms["set"] is VerbForm.PAST


def test_there_are_at_least_250_reporting_verbs_without_repeats(lexicon: Lexicon) -> None:
    assert len(set(lexicon.speech_verbs)) >= 250
    assert len(set(lexicon.speech_verbs)) == len(lexicon.speech_verbs)


def test_every_irregular_verb_is_used(lexicon: Lexicon) -> None:
    phrases = lexicon.speech_verbs + lexicon.position_verbs + lexicon.frame_verbs + lexicon.silent_phrases
    used = {phrase.split()[0] for phrase in phrases}
    unused = {verb.base for verb in lexicon.irregular_verbs} - used
    assert not unused
