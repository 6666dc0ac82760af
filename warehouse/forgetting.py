"""Standing orders carried out in a whole file: names masked in every column, ids made of names anew, words erased."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from extractors.forgetting import Mode
from extractors.identity import shingles, title_key, words_key
from extractors.persona import ORGANISATION, persona_id
from warehouse.erasing import ErasedPersona, erase
from warehouse.noting import note_orders
from warehouse.tallies import tallied

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extractors.forgetting import Order
    from extractors.masking import Masker
    from warehouse.database import Warehouse
    from warehouse.standing_orders import StandingOrders

_DERIVED: Final = {"store.heard", "store.history", "store.sides", "store.standings", "store.words", "store.postings"}
"""Tallies and index: made anew of what is changed, never changed themselves."""
_LEADING: Final = ("store.articles", "store.article_revisions", "store.entries")
"""Where it is said whom an article is about."""
_PERSONAS: Final = {"persona_id", "own_persona_id", "settled_voice", "voice"}
_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column with texts in it."""

    table_name: str
    column_name: str
    data_type: str


@dataclass(frozen=True, slots=True)
class PersonaName:
    """A persona as it is named."""

    persona_id: str
    name: str
    scope: str
    actor_id: str
    surname: str
    first_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RenamedPersona:
    """A persona under its mask."""

    old_id: str
    persona_id: str
    name: str
    surname: str
    first_names: tuple[str, ...]
    is_erased: bool


@dataclass(frozen=True, slots=True)
class NewName:
    """An id that was made of a name, and what it is made of now."""

    kind: str
    old_id: str
    new_id: str


@dataclass(frozen=True, slots=True)
class MaskedValue:
    """What stands in a row's column from now on: a text, or JSON for what is more than one."""

    table_name: str
    column_name: str
    row_id: int
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row in which a name may stand."""

    table: str
    row_id: int
    values: dict[str, Any]


def obey(warehouse: Warehouse, orders: StandingOrders) -> Counter[str]:
    """Carry out all orders in this file, in one transaction; counts rows changed and erased, by table.

    What was done before changes nothing. The bytes of what was there stay in the file until it is written anew.
    """
    masker = orders.masker()
    with warehouse.transaction():
        columns = warehouse.select("list_text_columns", TextColumn)
        kinds = {(c.table_name, c.column_name): c.data_type for c in columns}
        kinds["store.statements", "shingles"] = "UINTEGER[]"
        erased = _rename_personas(warehouse, masker, columns)
        masks = _find_masks(warehouse, masker, columns)
        counts = Counter({(mask.table_name, mask.row_id): 1 for mask in masks})
        done = Counter(table for table, _ in counts)
        with (
            warehouse.staged("staged_masks", MaskedValue, masks),
            warehouse.staged("staged_erased", ErasedPersona, erased),
            tallied(warehouse, "touch_masked_articles", is_of_articles=True),
        ):
            for table in sorted({mask.table_name for mask in masks}):
                changed = sorted({mask.column_name for mask in masks if mask.table_name == table})
                _write(warehouse, table, {column: kinds[table, column] for column in changed})
            done.update(erase(warehouse))
            warehouse.execute("retire_masked_docs")
        note_orders(warehouse, orders)
    return +done


def _write(warehouse: Warehouse, table: str, kinds: Mapping[str, str]) -> None:
    """Write what is staged for a table into its columns of these kinds."""
    typed = {name: f"m.{name}" if kind == "VARCHAR" else f"m.{name}::JSON::{kind}" for name, kind in kinds.items()}
    names = {
        "table": table,
        "assignments": ", ".join(f"{name} = coalesce({value}, {table}.{name})" for name, value in typed.items()),
        "picked": ", ".join(f"max(value) FILTER (column_name = '{name}') AS {name}" for name in kinds),
    }
    warehouse.execute_on("write_masked", names)


def _rename_personas(warehouse: Warehouse, masker: Masker, columns: Sequence[TextColumn]) -> list[ErasedPersona]:
    """Give forgotten people's personas ids that are not made of their names; returns those whose words are erased."""
    personas = warehouse.select("select_persona_names", PersonaName)
    made: dict[str, RenamedPersona] = {}
    for each in personas:
        if order := masker.owner([each.name, each.scope, each.persona_id]):
            made[each.persona_id] = _renamed(masker, order, each)
    names = [NewName("persona", old, new.persona_id) for old, new in made.items()]
    names += [NewName("actor", old, new) for old, new in _renamed_actors(personas, made).items()]
    if names:
        with (
            warehouse.staged("staged_personas", RenamedPersona, [*made.values()]),
            warehouse.staged("staged_names", NewName, names),
        ):
            warehouse.execute("rename_personas")
            for column in columns:
                is_pair = column.column_name == "other_id" and column.table_name != "store.story_links"
                if is_pair or column.column_name in _PERSONAS:
                    _rename(warehouse, column, "persona")
                elif column.column_name.endswith("actor_id"):
                    _rename(warehouse, column, "actor")
            warehouse.execute("rename_own_labels")
    return [ErasedPersona(each.persona_id) for each in made.values() if each.is_erased]


def _renamed(masker: Masker, order: Order, persona: PersonaName) -> RenamedPersona:
    """The persona under its mask; a body that is called after the person keeps its other words."""
    is_body = persona.scope == ORGANISATION
    name = masker.mask([persona.name])[0][0] if is_body else masker.mask_all(order, persona.name)
    return RenamedPersona(
        old_id=persona.persona_id,
        persona_id=persona_id(name, persona.scope),
        name=name,
        surname=masker.mask_all(order, persona.surname),
        first_names=tuple(masker.mask_all(order, each) for each in persona.first_names),
        is_erased=order.mode is Mode.ERASE and not is_body,
    )


def _rename(warehouse: Warehouse, column: TextColumn, kind: str) -> None:
    names = {"table": column.table_name, "column": column.column_name, "kind": kind}
    warehouse.execute_on("rename_ids", names)


def _renamed_actors(personas: Sequence[PersonaName], made: Mapping[str, RenamedPersona]) -> dict[str, str]:
    """Old id -> new id of the actors of whom a persona has another id; chosen as `resolve_actors` does."""
    members: dict[str, list[PersonaName]] = {}
    for each in personas:
        members.setdefault(each.actor_id, []).append(each)
    return {
        actor_id: min(
            (
                not each.scope,
                each.scope.startswith("~"),
                made[each.persona_id].persona_id if each.persona_id in made else each.persona_id,
            )
            for each in group
        )[-1]
        for actor_id, group in members.items()
        if any(each.persona_id in made for each in group)
    }


def _find_masks(warehouse: Warehouse, masker: Masker, columns: Sequence[TextColumn]) -> list[MaskedValue]:
    """What is to be written otherwise, all tables over; those that say whom an article is about come first."""
    tables: dict[str, dict[str, str]] = {name: {} for name in _LEADING}
    for column in columns:
        if column.table_name not in _DERIVED:
            tables.setdefault(column.table_name, {})[column.column_name] = column.data_type
    pattern = _pattern(warehouse, masker, tables)
    if not pattern:
        return []
    named: dict[str, frozenset[str]] = {}
    masks: list[MaskedValue] = []
    rows = {table: list(_suspects(warehouse, table, tables[table], pattern)) for table in tables}
    for table in _LEADING:
        for row in rows[table]:
            article = str(row.values.get("article_id"))
            named[article] = named.get(article, frozenset()) | masker.mask(_texts(row.values))[1]
    of_statement = {str(s): str(a) for s, a in warehouse.execute("select_statement_articles", articles=[*named])}
    for table in tables:
        for row in rows[table]:
            keys = {str(row.values.get(key)) for key in ("article_id", "previous_article_id")}
            keys |= {
                of_statement.get(str(row.values.get(key)), "") for key in ("statement_id", "previous_statement_id")
            }
            context = frozenset().union(*(named.get(key, frozenset()) for key in keys))
            masks += _masked_row(masker, row, context)
    return masks


def _pattern(warehouse: Warehouse, masker: Masker, tables: Mapping[str, Mapping[str, str]]) -> str:
    """An expression for the words, as they are spelt in this file, where one has to look closely; empty: none is."""
    found: set[str] = set()
    for table, kinds in tables.items():
        names = {"table": table, "texts": _as_texts(kinds)}
        for (word,) in warehouse.execute_on("select_printed_words", names):
            found.update(masker.telling(str(word)))
    escaped = {quote(word).lower() for word in found}
    return "|".join(sorted(map(re.escape, found | escaped)))


def _as_texts(kinds: Mapping[str, str]) -> str:
    return ", ".join(name if kind == "VARCHAR" else f"{name}::VARCHAR" for name, kind in kinds.items())


def _suspects(warehouse: Warehouse, table: str, kinds: Mapping[str, str], pattern: str) -> list[Row]:
    names = {"table": table, "columns": ", ".join(kinds), "texts": _as_texts(kinds)}
    found = warehouse.execute_on("select_suspects", names, pattern=pattern)
    return [Row(table, row_id, dict(zip(kinds, values, strict=True))) for row_id, *values in found]


def _masked_row(masker: Masker, row: Row, context: frozenset[str]) -> list[MaskedValue]:
    texts = _texts(row.values)
    masked, _ = masker.mask(texts, context)
    if masked == texts:
        return []
    after = iter(masked)
    values = {name: _replaced(value, after) for name, value in row.values.items()}
    if "words_key" in values and values.get("text") != row.values.get("text"):
        values["words_key"] = words_key(values["text"])
        values["shingles"] = [*shingles(values["text"])]
    if row.table == "store.sketches":
        values["title_key"] = title_key(values["title"])
    changed = {name: value for name, value in values.items() if value != row.values.get(name)}
    if row.table != "store.statements":
        changed.pop("shingles", None)
    return [
        MaskedValue(row.table, name, row.row_id, value if isinstance(value, str) else json.dumps(value, default=str))
        for name, value in changed.items()
    ]


def _texts(value: Any) -> list[str]:
    """All texts in a value, in the order of `_replaced`."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]


def _replaced(value: Any, after: Any) -> Any:
    """The value with the next texts in the place of its own."""
    if isinstance(value, str):
        return next(after)
    if isinstance(value, dict):
        return {name: _replaced(part, after) for name, part in value.items()}
    return [_replaced(part, after) for part in value] if isinstance(value, list) else value
