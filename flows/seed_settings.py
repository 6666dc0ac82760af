"""config/seeds.yml: what is known of the seed documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extractors.identity import canonical_url, content_id


@dataclass(frozen=True, slots=True)
class SeedConfig:
    """What is known of a seed document; ``published`` may be a year, a month or a day, as far as it is known.

    ``title_line`` counts from 1; 0 means that the document prints no title and ``title`` describes it.
    """

    file: str
    sha256: str
    publisher: str
    published: str
    speakers: tuple[str, ...]
    url: str = ""
    title: str = ""
    title_line: int = 0

    @property
    def article_id(self) -> str:
        """Its identity in the warehouse: by its address; by its hash where it has none."""
        return content_id(canonical_url(self.url)) if self.url else content_id("seed", self.sha256)

    def published_on(self) -> date:
        """The first day of the period in which it was published."""
        year, month, day = (int(part) for part in (*self.published.split("-"), "1", "1")[:3])
        return date(year, month, day)

    def published_in(self) -> str:
        """The year ("2015") or month ("2015-02") in which it was published; empty where the day is known."""
        parts = self.published.split("-")
        return "-".join(f"{int(part):02}" for part in parts) if len(parts) < len(("year", "month", "day")) else ""


@dataclass(frozen=True, slots=True)
class SeedsFile:
    """config/seeds.yml."""

    seeds: tuple[SeedConfig, ...]
