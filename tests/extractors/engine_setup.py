"""The shipped words and the shipped actor book, for tests and for the score."""

from __future__ import annotations

from pathlib import Path

from extractors.lexicon import Lexicon
from extractors.records import ActorBook
from flows.config_file import read_config

CONFIG = Path(__file__).resolve().parents[2] / "config"


def load_lexicon() -> Lexicon:
    """The shipped words."""
    return read_config(CONFIG / "language.yml", Lexicon)


def load_actors() -> ActorBook:
    """The shipped actor book."""
    return read_config(CONFIG / "actors.yml", ActorBook)
