"""The lexicon and actor book that ship, and one finder over both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extractors.statement import StatementFinder
from tests.extractors.engine_setup import load_actors, load_lexicon

if TYPE_CHECKING:
    from extractors.lexicon import Lexicon
    from extractors.records import ActorBook


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def actors() -> ActorBook:
    return load_actors()


@pytest.fixture(scope="session")
def finder(lexicon: Lexicon, actors: ActorBook) -> StatementFinder:
    return StatementFinder(lexicon, actors)
