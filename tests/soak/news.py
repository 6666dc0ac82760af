"""Weeks of invented news by seed: who says what where, which pages are edited, dated anew, given other ids or copied.

What changes does so while an outlet is calm and has been for a while, by the plan of troubles: a change that happens
while nobody can see the page is a change that no reader can know of, and two worlds would rightly differ.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from flows.newsroom import Publisher, SampleArticle, Site, load_newsroom
from tests.soak.trouble import quiet_end
from tests.soak.words import CENTRAL, FILLERS, FIRST_NAMES, LOCAL, PLACES, ROLES, SERVICES, SURNAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.soak.trouble import Plan

STEP: Final = timedelta(minutes=30)
OUTLETS: Final = ("dhsc", "health-committee", "healthcare-leader", "hsj", "lga", "yorkshire-post")
SHOWN: Final = 25
"""So many articles stand in a feed."""
_BASELINE: Final = 1
"""So many stand in each feed before the first run."""
_PER_DAY: Final = 2.5
_COPY_AFTER: Final = (16, 24)
_CHANGE_AFTER: Final = (16, 40)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in one outlet, and the half hours at which they change sides."""

    name: str
    role: str
    body: str
    outlet: int
    turns: tuple[int, ...]
    is_local: bool

    def side(self, half_hour: int) -> tuple[str, ...]:
        """The sentences of their side at a half hour."""
        has_turned = sum(turn <= half_hour for turn in self.turns) % 2
        return LOCAL if self.is_local != bool(has_turned) else CENTRAL


@dataclass(frozen=True, slots=True)
class News:
    """All versions of all articles by outlet, each dated with the half hour from which it stands there."""

    start: datetime
    publishers: tuple[Publisher, ...]
    articles: tuple[tuple[SampleArticle, ...], ...]

    def moment(self, half_hour: int) -> datetime:
        """When a half hour begins."""
        return self.start + half_hour * STEP

    def site(self, outlet: int, half_hour: int) -> Site:
        """What stands at an outlet at a half hour: its newest articles, each in its latest version."""
        whole = Site(self.publishers[outlet], self.articles[outlet])
        return Site(whole.publisher, whole.on_day(half_hour)[:SHOWN])

    def changes(self, outlet: int, half_hour: int) -> bool:
        """Whether anything is new there at a half hour."""
        return any(article.day == half_hour for article in self.articles[outlet])


def write_news(seed: int, start: datetime, half_hours: int, plan: Plan) -> News:
    """The news of a soak; the last hours bring none, so that all of it can be read and told in time."""
    return _Desk(seed, start, half_hours, plan).write()


class _Desk:
    def __init__(self, seed: int, start: datetime, half_hours: int, plan: Plan) -> None:
        self.chance = random.Random(f"news-{seed}")  # noqa: S311 - chance, no secret
        self.start, self.half_hours, self.plan = start.astimezone(UTC), half_hours, plan
        self.last = half_hours - quiet_end(half_hours) * 4 // 5
        sites = {site.publisher.slug: site.publisher for site in load_newsroom()}
        self.publishers = tuple(sites[slug] for slug in OUTLETS)
        self.people = self._people()
        self.articles: list[list[SampleArticle]] = [[] for _ in OUTLETS]
        self.number = 0

    def write(self) -> News:
        for outlet in range(len(OUTLETS)):
            for number in range(_BASELINE):
                self._report(outlet, 0, self.start - timedelta(hours=5 * (number + 1)))
        for half_hour in range(2, self.last):
            hour = (self.start + half_hour * STEP).hour
            for outlet in range(len(OUTLETS)):
                if self.chance.random() < _PER_DAY / 48 * (1.6 if 6 <= hour < 20 else 0.3):
                    self._follow(outlet, half_hour, self._report(outlet, half_hour, self._just_before(half_hour)))
        return News(self.start, self.publishers, tuple(map(tuple, self.articles)))

    def _just_before(self, half_hour: int) -> datetime:
        return self.start + half_hour * STEP - timedelta(minutes=self.chance.randint(1, 25))

    def _people(self) -> list[list[Person]]:
        names = [f"{first} {last}" for first in FIRST_NAMES for last in SURNAMES]
        self.chance.shuffle(names)
        each = max(3, self.half_hours // 120)
        return [[self._person(names.pop(), outlet) for _ in range(each)] for outlet in range(len(OUTLETS))]

    def _person(self, name: str, outlet: int) -> Person:
        turns = tuple(sorted(self.chance.sample(range(self.half_hours), max(1, self.half_hours // 400))))
        body = f"{self.chance.choice(PLACES)} Hospitals Trust"
        return Person(name, self.chance.choice(ROLES), body, outlet, turns, self.chance.random() < 0.5)

    def _report(self, outlet: int, half_hour: int, published: datetime) -> SampleArticle:
        self.number += 1
        person, place = self.chance.choice(self.people[outlet]), self.chance.choice(PLACES)
        service = self.chance.choice(SERVICES)
        quote = self.chance.choice(person.side(half_hour)).format(place=place, service=service)
        paragraphs = [f"“{quote},” said {person.name}, {person.role} of {person.body}."]
        fillers = self.chance.sample(FILLERS, 3)
        paragraphs += [filler.format(place=place, number=self.chance.randint(20, 99)) for filler in fillers]
        article = SampleArticle(
            title=f"{person.body} on {service} in {place}: report {self.number}",
            byline="",
            published=published.replace(microsecond=0),
            updated=None,
            day=half_hour,
            path=f"/news/report-{self.number}",
            guid=f"report-{self.number}",
            summary=f"What was said of {service} in {place}.",
            section="News",
            pull_quote="",
            caption="",
            comments=(),
            body="\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        )
        self.articles[outlet].append(article)
        return article

    def _follow(self, outlet: int, half_hour: int, article: SampleArticle) -> None:
        """What becomes of an article later."""
        fate = self.chance.choice(("stands", "stands", "edited", "redated", "renamed", "copied"))
        pause = self.chance.randint(*(_COPY_AFTER if fate == "copied" else _CHANGE_AFTER))
        then = half_hour + pause
        others = [other for other in range(len(OUTLETS)) if other != outlet]
        other = self.chance.choice(others) if fate == "copied" else outlet
        if fate == "stands" or then >= self.last or not self._is_calm((outlet, other), half_hour, then):
            return
        if fate == "copied":
            self._copy(other, then, article)
            return
        changed = {
            "edited": replace(article, body=f"{article.body}\n<p>{self._addition()}</p>", updated=self._moment(then)),
            "redated": replace(article, published=article.published + timedelta(hours=3)),
            "renamed": replace(article, guid=f"{article.guid}?v=2"),
        }[fate]
        self.articles[outlet].append(replace(changed, day=then, summary=f"{changed.summary} ({fate})"))

    def _moment(self, half_hour: int) -> datetime:
        return self.start + half_hour * STEP - timedelta(minutes=2)

    def _is_calm(self, outlets: Sequence[int], begins: int, ends: int) -> bool:
        return all(self.plan.is_calm(outlet, begins, ends) for outlet in outlets)

    def _addition(self) -> str:
        return self.chance.choice(FILLERS).format(place=self.chance.choice(PLACES), number=self.chance.randint(20, 99))

    def _copy(self, outlet: int, half_hour: int, article: SampleArticle) -> None:
        self.number += 1
        copy = replace(
            article,
            title=f"{article.title} (agency)",
            published=self._just_before(half_hour).replace(microsecond=0),
            day=half_hour,
            path=f"/news/agency-{self.number}",
            guid=f"agency-{self.number}",
        )
        self.articles[outlet].append(copy)
