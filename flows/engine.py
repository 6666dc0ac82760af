"""Loads the analysis engine from configuration and artefact, and runs it in disposable worker processes."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.analysis import Analyser
from extractors.lexicon import Lexicon
from extractors.records import ActorBook
from extractors.stance import StanceModel
from extractors.statement import StatementFinder
from extractors.theme import ThemeRules, ThemeTagger
from flows.config_file import ConfigError, read_config

if TYPE_CHECKING:
    from flows.settings import Places

ENGINE_VERSION = "3"
ARTEFACT = Path(__file__).resolve().parents[1] / "extractors" / "model" / "stance.json"
_KNOWLEDGE = ("language.yml", "actors.yml", "themes.yml")


def engine_version(places: Places) -> str:
    """Version of every label the engine makes: program, model and configuration, without loading any of them.

    Editing a rule, an alias or a theme changes it, and so re-derives the history silently.
    """
    digest = hashlib.sha256(_artefact())
    for name in _KNOWLEDGE:
        digest.update(places.file(name).read_bytes())
    return f"{ENGINE_VERSION}-{digest.hexdigest()[:10]}"


@functools.lru_cache(maxsize=2)
def load_engine(places: Places) -> Analyser:
    """The engine with the configuration of ``places``.

    Raises:
        ConfigError: a configuration file or the artefact cannot be used.
    """
    language, actors, themes = (places.file(name) for name in _KNOWLEDGE)
    finder = StatementFinder(read_config(language, Lexicon), read_config(actors, ActorBook))
    tagger = ThemeTagger(read_config(themes, ThemeRules))
    return Analyser(finder, tagger, StanceModel.from_json(_artefact()), engine_version(places))


def alert_threshold() -> float:
    """The probability from which on the shipped model's labels are precise enough to tell somebody."""
    return StanceModel.from_json(_artefact()).alert_threshold


def _artefact() -> bytes:
    try:
        return ARTEFACT.read_bytes()
    except OSError as error:
        raise ConfigError(f"{ARTEFACT}: cannot be read: {error.strerror}; reinstall stancewatch") from None
