"""An invented history of one busy feed, poll by poll, with the true identity of each entry known.

Entries appear, are dated anew, get other headlines, move to other addresses, vanish and return weeks later; their ids
count versions or change, their addresses come with tracking parameters, for phones, as AMP, with and without ``www.``.
Among them are traps the other way round: ids that several entries share, ids used again for other articles, addresses
that differ in one parameter or in the case of a letter, one page that takes a new edition each week.

Never do the address, the date and every word of the headline change at the same poll: then nothing but the id, which
other feeds use again, would tell that the entry is the same. Nor do address and id: such an entry is taken for a new
one, and only its text tells that its story is known.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


SITE = "news.example"
START = datetime(2026, 3, 2, 6, tzinfo=UTC)
PAUSE = timedelta(hours=1)
WEEKS = 14 * 24
"""What returns has been away for at least so many polls, where the history is that long."""
NOUNS = _listed(
    "trust board ward clinic surgery council ministers pharmacy nurses budget waiting-list ambulance hospital patients"
    " managers inspectors review funding rota vaccine hospice theatre beds maternity scanner contract inquiry deadline"
)
VERBS = _listed("delays backs rejects reopens reviews loses gains closes expands questions defends cuts trials drops")
ENDS = (
    "after survey", "before winter", "despite warning", "for second year", "in three counties", "over safety fears",
    "as costs rise", "until spring", "with new partner", "without consultation", "at short notice",
    "following complaints",
)  # fmt: skip
PLACES = _listed(
    "Amberley Brockfield Calder Dunmere Eastholt Farrow Glenside Harwick Inverlea Kettlebury Lorne Marsham"
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much happens; an id counts once, whatever version number stands behind it."""

    polls: int
    ids: int
    redated: int
    retitled: int
    returns: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as one poll shows it; ``identity`` is what it truly is, which no feed says."""

    identity: str
    url: str
    guid: str
    title: str
    published_at: datetime


@dataclass
class Life:
    """One true entry: when it is shown, and what happens to it between one poll and the next that show it."""

    identity: str
    path: str
    guid: str
    shown: list[int]
    is_noisy: bool = False
    counts_versions: bool = False
    title: str = ""
    titles: dict[int, str] = field(default_factory=dict)
    redated: set[int] = field(default_factory=set)
    retitled: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)
    changed_ids: dict[int, str] = field(default_factory=dict)

    @property
    def later(self) -> list[int]:
        """The polls that show it, but for the first."""
        return self.shown[1:]


class History:
    """The polls of one feed, made of a seed: the same seed, the same history."""

    def __init__(self, sizes: Sizes, seed: int = 1) -> None:
        self.sizes = sizes
        self._random = random.Random(seed)  # noqa: S311 - a history to be repeated, not a secret
        self._number = itertools.count(100_000)
        self.lives: list[Life] = [*self._traps()]
        while len(self._ids()) < sizes.ids:
            self.lives.append(self._life())
        self._return(sizes.returns)
        self._change("redated", sizes.redated)
        self._change("retitled", sizes.retitled)
        self._change("moved", sizes.ids // 20)
        for life in self.lives:
            life.moved -= set(life.changed_ids)
        shown: list[list[Shown]] = [[] for _ in range(sizes.polls)]
        for life in self.lives:
            for poll, one in self._tell(life):
                shown[poll].append(one)
        for entries in shown:
            entries.sort(key=lambda one: one.published_at, reverse=True)
        self.polls = tuple(tuple(entries) for entries in shown)

    @property
    def identities(self) -> set[str]:
        """Every true entry."""
        return {life.identity for life in self.lives}

    def _ids(self) -> set[str]:
        return {guid for life in self.lives for guid in (life.guid, *life.changed_ids.values())}

    def _span(self, most: int = 12) -> list[int]:
        start = self._random.randrange(self.sizes.polls - 1)
        return [*range(start, min(start + self._random.randint(2, most), self.sizes.polls))]

    def _life(self) -> Life:
        """One of the plain kinds: by number, slug with number, question mark and number, slug alone."""
        number, slug = next(self._number), _slug(self._headline())
        path, guid = self._random.choice(
            (
                (f"/news/articles/c{number}x", f"https://www.{SITE}/news/articles/c{number}x"),
                (f"/news/health/{slug}-{number}", f"https://www.{SITE}/news/health/{number}"),
                (f"/2026/{slug}-{_letters(number)}/", f"https://{SITE}/?p={number}"),
                (f"/opinion/{slug}-{_letters(number)}", f"tag:{SITE},2026:{number:x}"),
            )
        )
        life = Life(f"story {number}", path, guid, self._span())
        life.is_noisy = self._random.random() < 0.3
        life.counts_versions = guid.startswith("https://www.")
        if self._random.random() < 0.02 and life.later:
            life.changed_ids[self._random.choice(life.later)] = f"{guid}/changed"
        return life

    def _traps(self) -> list[Life]:
        last = self.sizes.polls - 1
        lives = []
        for group in range(max(2, self.sizes.ids // 400)):
            span = self._span()
            # one id for several entries that stand side by side
            lives += [self._other(f"shared {group}-{part}", f"https://{SITE}/topic", span) for part in range(3)]
            for part in range(2):  # addresses that differ in one parameter, or in the case of one letter
                same = f"/story?{('id', 'p', 'storyCode')[group % 3]}={group}{part}"
                lives.append(Life(f"parameter {group}-{part}", same, f"parameter-{group}-{part}", span))
                lives.append(Life(f"case {group}-{part}", f"/case/{'aA'[part]}{group}", f"case-{group}-{part}", span))
            first = self._span(6)  # an id that was another article's before, days ago
            again = [poll + 60 for poll in first if poll + 60 <= last]
            lives.append(self._other(f"recycled {group}-0", f"recycled-{group}", first))
            if again:
                lives.append(self._other(f"recycled {group}-1", f"recycled-{group}", again))
        days = range(0, last, 24)  # the newest article always under one id, and each week's notice under one headline
        lives += [self._other(f"newest {day}", "latest", [*range(day, min(day + 24, last))]) for day in days]
        notices = [self._other(f"notice {day}", f"notice-{day}", [day, day + 1]) for day in days if day + 1 <= last]
        for notice in notices:
            notice.title = "Board meeting"
        return [*lives, *notices, *self._editions()]

    def _editions(self) -> list[Life]:
        """One page with a new edition each week, under a new id; the last edition is filed under that it had."""
        weeks = [*range(0, self.sizes.polls - 1, min(168, self.sizes.polls // 3))]
        titles = {start: self._headline() for start in weeks}
        page = Life("live", "/live", "live-0", [*range(self.sizes.polls)], title=titles[0], titles=titles)
        filed: list[Life] = []
        for start, end in itertools.pairwise([*weeks, self.sizes.polls]):
            if start:
                page.changed_ids[start] = f"live-{start}"
                page.retitled.add(start)
                page.redated.add(start)
            until = [*range(end, min(end + 9, self.sizes.polls))]
            name = f"edition {start}"
            filed += [Life(name, f"/live/{start}", f"live-{start}", until, title=titles[start])] if until else []
        return [page, *filed]

    def _other(self, identity: str, guid: str, shown: list[int]) -> Life:
        path = f"/{identity.replace(' ', '/')}/{_slug(self._headline())}"
        return Life(identity, path, guid, shown)

    def _return(self, times: int) -> None:
        """Show entries again after weeks; each at most twice."""
        able = [life for life in self.lives if life.identity.startswith("story")] * 2
        self._random.shuffle(able)
        gap = min(WEEKS, self.sizes.polls // 3)
        for life in able:
            room = self.sizes.polls - 1 - (life.shown[-1] + gap)
            if times and room > 0:
                back = life.shown[-1] + gap + self._random.randrange(room)
                life.shown += range(back, min(back + self._random.randint(1, 4), self.sizes.polls))
                times -= 1
        if times:
            raise ValueError(f"{times} entries cannot return in {self.sizes.polls} polls; make the history longer")

    def _change(self, kind: str, times: int) -> None:
        plain = [life for life in self.lives if life.identity.startswith("story")]
        if kind == "moved":
            plain = [life for life in plain if not life.path.startswith("/news/articles")]
        done = sum(len(getattr(life, kind)) for life in self.lives)
        while done < times:
            life = self._random.choice(plain)
            free = [poll for poll in life.later if poll not in getattr(life, kind)]
            if kind == "moved":  # mostly because the headline changed
                free = sorted(life.retitled - life.moved) or free
            if free:
                getattr(life, kind).add(self._random.choice(free))
                done += 1

    def _tell(self, life: Life) -> list[tuple[int, Shown]]:
        title = life.title or self._headline()
        path, guid, version = life.path, life.guid, 0
        date = START + PAUSE * life.shown[0] - timedelta(minutes=self._random.randint(1, 50))
        told = []
        for poll in life.shown:
            if poll in life.retitled:
                is_whole = self._random.random() < 0.2 and not (poll in life.moved and poll in life.redated)
                title = life.titles.get(poll) or (self._headline() if is_whole else self._reworded(title))
            if poll in life.redated:
                date = START + PAUSE * poll - timedelta(minutes=self._random.randint(1, 50), seconds=1)
            if poll in life.moved:
                path = _moved(path, title, poll)
            version += poll in life.retitled | life.redated
            guid = life.changed_ids.get(poll, guid)
            counted = f"{guid}#{version}" if life.counts_versions else guid
            told.append((poll, Shown(life.identity, self._dressed(path, life), counted, title, date)))
        return told

    def _headline(self) -> str:
        pick = self._random.choice
        return f"{pick(PLACES)} {pick(NOUNS)} {pick(VERBS)} {pick(NOUNS)} {pick(ENDS)} {pick(NOUNS)}"

    def _reworded(self, title: str) -> str:
        words = title.split()
        place = self._random.randrange(1, len(words))
        return " ".join([*words[:place], self._random.choice(NOUNS), *words[place + 1 :]])

    def _dressed(self, path: str, life: Life) -> str:
        """An address with what does not count put on it."""
        mark = "&" if "?" in path else "?"
        if not life.is_noisy:
            return f"https://www.{SITE}{path}{mark}at_medium=RSS&at_campaign=rss"
        bare = path.rstrip("/")
        return self._random.choice(
            (
                f"http://{SITE}{path}",
                f"https://www.{SITE}{bare}/",
                f"https://m.{SITE}{path}",
                f"http://www.{SITE}:80{path}?utm_source=feed&utm_medium=rss",
                f"https://{SITE}{path}?fbclid=IwAR{self._random.randrange(10**6)}#comments",
                f"https://{SITE}{bare}/amp/",
                f"https://www.{SITE}{path}?amp=1",
                f"https://{SITE}{bare}/index.html",
                f"https://{SITE}{bare};jsessionid={self._random.randrange(10**8):X}",
                f"https://www.{SITE}/amp{path}?ref=rss",
            )
        )


def _slug(title: str) -> str:
    return "-".join(title.lower().split())


def _moved(path: str, title: str, poll: int) -> str:
    """The path with the slug of a headline; its folder, and its number if it has one, stay."""
    folder, _, old = path.rstrip("/").rpartition("/")
    number = old.rpartition("-")[2]
    end = "/" if path.endswith("/") else ""
    return f"{folder}/{_slug(title)}-{number}{end}" if number.isdigit() else f"{folder}/{_slug(title)}-{poll}{end}"


def _letters(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(number))
