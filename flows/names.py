"""The names that config/themes.yml and config/actors.yml give, brought into the warehouse for those who query it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.theme import ThemeRules
from flows.config_file import read_config
from flows.engine import known_actors
from warehouse.names import BodyRow, KnownName, ThemeRow, sync_names

if TYPE_CHECKING:
    from flows.run import Run


def bring_names(run: Run) -> None:
    """Let the warehouse know what themes, organisations and notable people are called now.

    Raises:
        ConfigError: a configuration file cannot be used.
    """
    places = run.settings.places
    rules = read_config(places.file("themes.yml"), ThemeRules)
    book = known_actors(places)
    themes = [ThemeRow(str(rule.key), rule.label, rule.covers) for rule in rules.themes]
    bodies = [BodyRow(body.name, body.aliases) for body in book.organisations]
    people = [KnownName(person.name, person.aliases) for person in book.people if person.aliases]
    sync_names(run.warehouse, themes, bodies, people)
