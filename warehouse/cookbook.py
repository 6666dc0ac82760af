"""The cookbook: questions that analysts ask, each one file with one SELECT over the documented views."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.database import FOLDER, MisuseError
from warehouse.published import Result

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = (
    "What is new",
    "Where they stand",
    "Themes and words",
    "Outlets and people",
    "How sure it is",
    "Alerts",
    "The watch",
)
"""The order in which questions are listed."""
_VOLATILE = "volatile"


@dataclass(frozen=True, slots=True)
class Recipe:
    """A question and its query; ``defaults`` are the parameters that it has, with values to begin with.

    The answer of one that ``is_volatile`` differs from run to run, whatever was read.
    """

    name: str
    section: str
    question: str
    note: str
    sql: str
    defaults: Mapping[str, str]
    is_volatile: bool

    @property
    def plain_sql(self) -> str:
        """The query as any client takes it: with the parameters' values in their places."""
        text = self.sql
        for name, value in self.defaults.items():
            quoted = value if _is_number(value) else "'" + value.replace("'", "''") + "'"
            text = text.replace(f"${name}", quoted)
        return text

    def parameters(self, given: Mapping[str, str]) -> dict[str, object] | None:
        """The query's parameters, as given or by default; numbers where the default is one.

        Raises:
            MisuseError: it has no parameter of that name, or one that must be a number is none.
        """
        if unknown := sorted(set(given) - set(self.defaults)):
            names = ", ".join(self.defaults) or "none"
            raise MisuseError(f"{self.name} has no parameter {unknown[0]!r}; there is: {names}")
        values: dict[str, object] = {}
        for name, value in {**self.defaults, **given}.items():
            values[name] = _number(name, value) if _is_number(self.defaults[name]) else value
        return values or None


def load_recipes() -> list[Recipe]:
    """All recipes, section by section, by name.

    Raises:
        ValueError: one is in no known section.
    """
    recipes = [_read(file) for file in sorted((FOLDER / "cookbook").glob("*.sql"))]
    return sorted(recipes, key=lambda recipe: (SECTIONS.index(recipe.section), recipe.name))


def recipe_list() -> Result:
    """Names, questions and parameters, to be printed."""
    rows = tuple(
        (recipe.name, recipe.question, ", ".join(f"{name}={value}" for name, value in recipe.defaults.items()))
        for recipe in load_recipes()
    )
    return Result(("name", "question", "with"), rows)


def load_recipe(name: str) -> Recipe:
    """The recipe of that name.

    Raises:
        MisuseError: there is none; the text names the nearest.
    """
    recipes = {recipe.name: recipe for recipe in load_recipes()}
    if name not in recipes:
        nearest = difflib.get_close_matches(name, recipes, n=1, cutoff=0.4)
        hint = f"did you mean {nearest[0]}? " if nearest else ""
        raise MisuseError(f"no query is called {name!r}; {hint}`stancewatch sql --list` lists them")
    return recipes[name]


def _read(file: Path) -> Recipe:
    """A recipe from its file: question, notes, parameters as ``$name = value``, ``in: section``, then the query."""
    lines = file.read_text(encoding="utf-8").splitlines()
    question, *head = (line.removeprefix("-- ") for line in lines if line.startswith("-- "))
    settings = [line for line in head if line.startswith("$")]
    section = next((line.removeprefix("in: ") for line in head if line.startswith("in: ")), "")
    notes = [line for line in head if line not in settings and line != _VOLATILE and not line.startswith("in: ")]
    defaults = dict(setting.removeprefix("$").split(" = ", 1) for setting in settings)
    sql = "\n".join(line for line in lines if not line.startswith("-- "))
    return Recipe(file.stem, section, question, " ".join(notes), sql, defaults, _VOLATILE in head)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _number(name: str, value: str) -> float:
    if not _is_number(value):
        raise MisuseError(f"{name} must be a number, not {value!r}")
    return float(value) if "." in value else int(value)
