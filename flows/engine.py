"""Loads the analysis engine from configuration and artefact, and runs it in disposable worker processes."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.analysis import Analyser
from extractors.heads import Heads
from extractors.lexicon import Lexicon
from extractors.masking import is_erased
from extractors.meaning_reader import MeaningReader
from extractors.records import ActorBook
from extractors.stance import StanceModel
from extractors.statement import StatementFinder
from extractors.theme import ThemeRules, ThemeTagger
from extractors.vocabulary import Vocabulary
from flows.config_file import ConfigError, read_config
from warehouse.standing_orders import OrdersError, load_orders

if TYPE_CHECKING:
    from flows.alert_settings import Detection
    from flows.settings import Places

ENGINE_VERSION = "8"
MODEL = Path(__file__).resolve().parents[1] / "extractors" / "model"
HEADS, ENCODER, WORDS = MODEL / "stance.json", MODEL / "encoder.bin", MODEL / "themes.bin"
MEANINGS = MODEL / "meanings.bin"
KNOWLEDGE = ("language.yml", "actors.yml", "themes.yml")
"""The configuration files that the engine's answers depend on."""


def engine_version(places: Places) -> str:
    """Version of every label the engine makes: program, model and configuration, without loading any of them.

    Editing a rule, an alias or a theme changes it, and so re-derives the history silently.
    """
    digest = hashlib.sha256(_read(HEADS))  # it names the hashes of encoder and words
    digest.update(_read(MEANINGS))
    for name in KNOWLEDGE:
        digest.update(places.file(name).read_bytes())
    return f"{ENGINE_VERSION}-{digest.hexdigest()[:10]}"


@functools.lru_cache(maxsize=2)
def load_engine(places: Places) -> Analyser:
    """The engine with the configuration of ``places``.

    Raises:
        ConfigError: a configuration file or the artefact cannot be used.
    """
    language, _, themes = (places.file(name) for name in KNOWLEDGE)
    finder = StatementFinder(read_config(language, Lexicon), known_actors(places))
    tagger = ThemeTagger(read_config(themes, ThemeRules))
    model = load_model()
    return Analyser(finder, tagger, model, load_meanings(model), engine_version(places))


@functools.lru_cache(maxsize=2)
def load_vocabulary(places: Places) -> Vocabulary:
    """Who and what the engine knows beforehand, without its model.

    Raises:
        ConfigError: a configuration file cannot be used.
    """
    return Vocabulary(read_config(places.file("language.yml"), Lexicon), known_actors(places))


def known_actors(places: Places) -> ActorBook:
    """The book of actors; people who are to stay forgotten stand in it under their pseudonym, or not at all.

    Raises:
        ConfigError: it cannot be used, or there are standing orders that cannot be read.
    """
    book = read_config(places.file("actors.yml"), ActorBook)
    try:
        orders = load_orders(places.warehouse)
    except OrdersError as error:
        raise ConfigError(str(error)) from None
    if orders is None:
        return book
    masker = orders.masker()
    people = (
        replace(each, name=masker.mask([each.name])[0][0], aliases=tuple(masker.mask(each.aliases)[0]))
        for each in book.people
    )
    return replace(book, people=tuple(each for each in people if not is_erased(each.name)))


def alert_threshold() -> float:
    """The probability from which on the shipped model's labels are precise enough to tell somebody."""
    return Heads.from_json(_read(HEADS)).alert_threshold


def least_confidence(detection: Detection) -> float:
    """How sure a side must be to count in an article."""
    return alert_threshold() if detection.minimum_confidence is None else detection.minimum_confidence


def load_model() -> StanceModel:
    """The shipped model.

    Raises:
        ConfigError: a file of the model cannot be read.
    """
    return StanceModel.from_bytes(_read(HEADS), _read(ENCODER), _read(WORDS))


def load_meanings(model: StanceModel) -> MeaningReader:
    """What reads the meaning of statements by the encoder of the shipped model.

    Raises:
        ConfigError: the file of its weights cannot be read.
    """
    return MeaningReader.from_bytes(_read(MEANINGS), model.encoder)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; reinstall stancewatch") from None
