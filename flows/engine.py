"""What the analysis engine is made of: its artefact, the knowledge of the configuration, and the version of both."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.masking import is_erased
from extractors.records import ActorBook
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
    digest = hashlib.sha256(read_artefact(HEADS))  # it names the hashes of encoder and words
    digest.update(read_artefact(MEANINGS))
    for name in KNOWLEDGE:
        digest.update(places.file(name).read_bytes())
    return f"{ENGINE_VERSION}-{digest.hexdigest()[:10]}"


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
    """The probability from which on the shipped model's labels are precise enough to tell somebody.

    Raises:
        ConfigError: the shipped model cannot be read, or does not say.
    """
    written = read_artefact(HEADS)
    try:
        return float(json.loads(written)["alert_threshold"])
    except (ValueError, KeyError, TypeError):
        raise ConfigError(f"{HEADS}: is damaged; reinstall stancewatch") from None


def least_confidence(detection: Detection) -> float:
    """How sure a side must be to count in an article."""
    return alert_threshold() if detection.minimum_confidence is None else detection.minimum_confidence


def read_artefact(path: Path) -> bytes:
    """A file of the shipped model.

    Raises:
        ConfigError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; reinstall stancewatch") from None
