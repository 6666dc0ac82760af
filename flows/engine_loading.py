"""Loads the analysis engine from configuration and artefact, for the worker processes that run it.

Apart from `flows/engine.py`, since a run's own process needs the engine's version and not its numbers.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from extractors.analysis import Analyser
from extractors.lexicon import Lexicon
from extractors.meaning_reader import MeaningReader
from extractors.stance import StanceModel
from extractors.statement import StatementFinder
from extractors.theme import ThemeRules, ThemeTagger
from extractors.vocabulary import Vocabulary
from flows.config_file import read_config
from flows.engine import ENCODER, HEADS, KNOWLEDGE, MEANINGS, WORDS, engine_version, known_actors, read_artefact

if TYPE_CHECKING:
    from flows.settings import Places


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


def load_model() -> StanceModel:
    """The shipped model.

    Raises:
        ConfigError: a file of the model cannot be read.
    """
    return StanceModel.from_bytes(read_artefact(HEADS), read_artefact(ENCODER), read_artefact(WORDS))


def load_meanings(model: StanceModel) -> MeaningReader:
    """What reads the meaning of statements by the encoder of the shipped model.

    Raises:
        ConfigError: the file of its weights cannot be read.
    """
    return MeaningReader.from_bytes(read_artefact(MEANINGS), model.encoder)
