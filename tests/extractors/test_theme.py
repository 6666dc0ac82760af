"""The themes of statements and articles."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from extractors.records import ActorType, Document, Passage, QuoteKind, Speaker, Theme
from extractors.theme import ThemeRule, ThemeRules, ThemeTagger

CONFIG = Path(__file__).parents[2] / "config" / "themes.yml"
SPEAKER = Speaker("", "", "", ActorType.OTHER)
FILLER = "The clinic opened its doors on a wet and windy Tuesday morning."


@pytest.fixture(scope="module")
def rules() -> ThemeRules:
    return TypeAdapter(ThemeRules).validate_python(yaml.safe_load(CONFIG.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def tagger(rules: ThemeRules) -> ThemeTagger:
    return ThemeTagger(rules)


def of(tagger: ThemeTagger, text: str) -> tuple[Theme, ...]:
    return tagger.of_statement(Document(text=text), Passage(0, len(text), SPEAKER, QuoteKind.DIRECT))


def test_every_theme_of_the_codebook_has_one_rule(rules: ThemeRules) -> None:
    assert [rule.key for rule in rules.themes] == list(Theme)
    assert all(rule.label and rule.covers and rule.terms for rule in rules.themes)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Hospitals are tired of micromanagement.", Theme.AUTONOMY_CONTROL),
        ("Mayors will take their seats in May.", Theme.DEVOLUTION),
        ("The ICB will publish its commissioning plan.", Theme.SYSTEM_WORKING),
        ("Our neighbourhood team meets on Mondays.", Theme.NEIGHBOURHOOD_PLACE),
        ("The merger has been put off.", Theme.STRUCTURAL_REFORM),
        ("The inspectors rated it good.", Theme.REGULATION_OVERSIGHT),
        ("Nobody has been held accountable.", Theme.ACCOUNTABILITY),
        ("The deficit doubled.", Theme.FINANCE),
        ("Staff morale is low.", Theme.WORKFORCE),
        ("Good leadership matters.", Theme.LEADERSHIP),
        ("Councils are out of cash.", Theme.LOCAL_GOVERNMENT),
        ("Waiting times are falling.", Theme.PERFORMANCE),
        ("The ten-year plan is due in June.", Theme.NATIONAL_STRATEGY),
        ("The consultation closed on Friday.", Theme.PUBLIC_VOICE),
    ],
)
def test_a_term_is_enough(tagger: ThemeTagger, text: str, theme: Theme) -> None:
    assert theme in of(tagger, text)


def test_no_theme_is_a_legal_answer(tagger: ThemeTagger) -> None:
    assert of(tagger, "It rained all day.") == ()


def test_themes_come_in_the_order_of_the_enumeration(tagger: ThemeTagger) -> None:
    found = of(tagger, "The consultation on pay, the deficit, the merger and the mayor.")
    assert found == (
        Theme.DEVOLUTION,
        Theme.STRUCTURAL_REFORM,
        Theme.FINANCE,
        Theme.WORKFORCE,
        Theme.PUBLIC_VOICE,
    )


def test_only_the_statement_is_read(tagger: ThemeTagger) -> None:
    text = "The deficit doubled. It rained."
    passage = Passage(text.index("It"), len(text), SPEAKER, QuoteKind.DIRECT)
    assert tagger.of_statement(Document(text=text), passage) == ()


def test_hints_need_company() -> None:
    tagger = ThemeTagger(ThemeRules((ThemeRule(Theme.FINANCE, "Money", "money", ("deficit",), ("cash", "pound")),)))
    assert of(tagger, "Cash is king and cash is dear.") == ()
    assert of(tagger, "Cash, pounds, who cares?") == (Theme.FINANCE,)


def test_words_match_whole_and_inflected(tagger: ThemeTagger) -> None:
    assert Theme.STRUCTURAL_REFORM in of(tagger, "Reorganising again helps nobody.")
    assert Theme.SYSTEM_WORKING not in of(tagger, "She likes topics such as music and physics.")


def test_article_carries_its_subjects_and_no_passing_word(tagger: ThemeTagger) -> None:
    subject = "Staff said that pay and staffing were at the top of their list this winter."
    passing = "One visitor also mentioned the deficit to a nurse in the canteen queue."
    document = Document(text=f"{subject}\n\n{FILLER}\n\n{passing}\n\n{FILLER}\n\n{subject}\n\n{FILLER}")
    assert tagger.of_article(document) == (Theme.WORKFORCE,)


def test_a_long_article_needs_more_than_two_paragraphs(tagger: ThemeTagger) -> None:
    subject = "The deficit was the talk of the town for much of last autumn."
    assert tagger.of_article(Document(text="\n\n".join([subject] * 2 + [FILLER] * 8))) == (Theme.FINANCE,)
    assert tagger.of_article(Document(text="\n\n".join([subject] * 2 + [FILLER] * 40))) == ()


def test_title_counts_where_the_text_bears_it_out(tagger: ThemeTagger) -> None:
    text = f"{FILLER}\n\nThe deficit was the talk of the town for much of last autumn."
    assert tagger.of_article(Document(text=text, title="Deficit soars")) == (Theme.FINANCE,)
    assert tagger.of_article(Document(text=FILLER, title="Deficit soars")) == ()


def test_empty_article_has_no_theme(tagger: ThemeTagger) -> None:
    assert tagger.of_article(Document(text="")) == ()


def test_two_rules_for_one_theme_are_refused() -> None:
    rule = ThemeRule(Theme.FINANCE, "Money", "money", ("deficit",))
    with pytest.raises(ValueError, match="finance stands twice"):
        ThemeTagger(ThemeRules((rule, rule)))


def test_an_entry_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="'£' holds no word"):
        ThemeTagger(ThemeRules((ThemeRule(Theme.FINANCE, "Money", "money", ("£",)),)))


def test_tagger_survives_pickling(tagger: ThemeTagger) -> None:
    again: ThemeTagger = pickle.loads(pickle.dumps(tagger))  # noqa: S301 - our own bytes, made in this line
    assert of(again, "The deficit doubled.") == of(tagger, "The deficit doubled.")


def test_time_grows_with_the_text_and_no_faster(tagger: ThemeTagger) -> None:
    document = Document(text="the trust and the council and the board said so " * 20_000)
    started = time.perf_counter()
    tagger.of_article(document)
    assert time.perf_counter() - started < 5
