"""The fields of the board's JSON: places in lists, words that are cleaned and cut, moments and days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from flows.wording import LONDON, clean_words, cut_words

if TYPE_CHECKING:
    from collections.abc import Iterable

QUOTE_LIMIT: Final = 700
_UNNAMED: Final = -1


class Places:
    """Where each of a list's members stands; one that is not in it has no place."""

    def __init__(self, members: Iterable[str]) -> None:
        self.members = tuple(members)
        self._places = {member: place for place, member in enumerate(self.members)}

    def of(self, member: str) -> int:
        """Where it stands; an empty name stands nowhere."""
        return self._places[member] if member else _UNNAMED

    def of_all(self, members: Iterable[str]) -> list[int]:
        """Where those of them stand that are in it."""
        return sorted(self._places[member] for member in members if member in self._places)

    def __contains__(self, member: object) -> bool:
        return member in self._places


def quote_field(text: str) -> str:
    """Words as they were printed, of a length for a page."""
    return cut_words(clean_words(text), QUOTE_LIMIT)


def moment_field(moment: datetime | None) -> str | None:
    """A moment in UTC, to the second."""
    return None if moment is None else f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def day_field(moment: datetime | date | None) -> str | None:
    """A day by London's clock, as all days of the page are."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(LONDON).date()
    return None if moment is None else moment.isoformat()
