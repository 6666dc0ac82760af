"""Loads config/language.yml and config/actors.yml strictly, for tests and for the score script."""

from __future__ import annotations

import dataclasses
import types
import typing
from pathlib import Path

import yaml

from extractors.lexicon import Lexicon
from extractors.records import ActorBook

CONFIG = Path(__file__).resolve().parents[2] / "config"


def build(shape: typing.Any, value: typing.Any) -> typing.Any:
    """Build ``shape``, an annotation, from what YAML gave; an unknown key is an error."""
    if dataclasses.is_dataclass(shape) and isinstance(shape, type):
        hints = typing.get_type_hints(shape)
        unknown = set(value) - set(hints)
        assert not unknown, f"{shape.__name__}: unknown keys {unknown}"
        return shape(**{key: build(hints[key], entry) for key, entry in value.items()})
    if typing.get_origin(shape) is tuple:
        assert isinstance(value, list), f"{value!r} is no list"
        return tuple(build(typing.get_args(shape)[0], entry) for entry in value)
    if isinstance(shape, types.UnionType):
        return value
    assert shape is not str or isinstance(value, str), f"{value!r} is no text; quote it"
    return shape(value)


def load_lexicon() -> Lexicon:
    """The shipped words."""
    raw = yaml.safe_load((CONFIG / "language.yml").read_text(encoding="utf-8"))
    lexicon = build(Lexicon, raw)
    assert isinstance(lexicon, Lexicon)
    return lexicon


def load_actors() -> ActorBook:
    """The shipped actor book."""
    raw = yaml.safe_load((CONFIG / "actors.yml").read_text(encoding="utf-8"))
    book = build(ActorBook, raw)
    assert isinstance(book, ActorBook)
    return book
