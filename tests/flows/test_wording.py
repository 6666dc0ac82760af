"""The words and signs of alerts: every label has some, dates are London's, and only safe text gets through."""

from datetime import UTC, datetime

import pytest

from extractors.records import ActorType, Stance
from extractors.theme import ThemeRules
from flows.config_file import read_config
from flows.settings import SHIPPED_CONFIG
from flows.wording import ACTOR_TYPES, SIDES, THEMES, clean_line, clean_url, long_date, long_time


def test_every_label_has_words() -> None:
    rules = read_config(SHIPPED_CONFIG / "themes.yml", ThemeRules)
    assert {rule.key: rule.label for rule in rules.themes} == THEMES, "messages and the board name themes alike"
    assert set(SIDES) == set(Stance)
    assert set(ACTOR_TYPES) == set(ActorType)
    assert len({side.symbol for side in SIDES.values()}) == len(SIDES)


def test_dates_are_london_dates() -> None:
    assert long_date(datetime(2026, 6, 2, 23, 30, tzinfo=UTC)) == "Wednesday 3 June 2026"
    assert long_time(datetime(2026, 1, 2, 7, 5, tzinfo=UTC)) == "Friday 2 January 2026, 07:05"


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.example/x?y=1&z=2#f", "https://a.example/x?y=1&z=2#f"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("javascript://a.example/%0aalert(1)", ""),
        ("//a.example/x", ""),
        ("https://", ""),
        ("http://[broken", ""),
        ("https://a.example/" + "x" * 3_000, ""),
        ("https://a.example/a b<c>|\"d'", "https://a.example/a%20b%3Cc%3E%7C%22d%27"),
        ("https://a.example/a\r\nBcc: b", "https://a.example/a%0D%0ABcc:%20b"),
    ],
)
def test_only_web_addresses_become_links(url: str, clean: str) -> None:
    assert clean_url(url) == clean


def test_a_line_is_one_line_and_short() -> None:
    assert clean_line(" a\r\nBcc: b\x00\u202ec ") == "a Bcc: b c"
    assert clean_line("word " * 1_000_000, 20) == "word word word word…"
