"""What `stancewatch doctor` says of rules that are right but may not do what was meant: names that nobody bears."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from extractors.records import ActorBook
from flows.config_file import read_config
from warehouse.database import query_text
from warehouse.published import is_published, query_published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.settings import Settings


def strange_names(settings: Settings) -> Iterator[str]:
    """A line for each actor of a rule whom neither actors.yml nor the published warehouse knows.

    Raises:
        WarehouseError: the published file cannot be read.
    """
    asked = [(rule.name, name) for rule in settings.alerts.rules for name in (*rule.actors, *rule.ignore_actors)]
    if not asked:
        return
    book = read_config(settings.places.file("actors.yml"), ActorBook)
    names = [*(body.name for body in book.organisations), *(person.name for person in book.people)]
    if is_published(settings.places.warehouse):
        names += [str(name) for (name,) in query_published(settings.places.warehouse, query_text("list_names")).rows]
    known = {name.lower(): name for name in names}
    called = {alias.lower(): body.name for body in book.organisations for alias in body.aliases}
    called |= {alias.lower(): person.name for person in book.people for alias in person.aliases} | known
    for rule, name in asked:
        if name.lower() not in known:
            near = difflib.get_close_matches(name.lower(), list(called), n=1, cutoff=0.7)
            hint = f"did you mean {called[near[0]]!r}?" if near else "it fits once somebody of that name is quoted"
            yield f"rule {rule!r}: nobody called {name!r} is in actors.yml or on record; {hint}"
