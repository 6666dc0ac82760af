"""What passes between the stages: frozen records and closed vocabularies, no behaviour beyond their own checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from extractors.meaning import Meaning

EXTRACTOR_VERSION = "2"
"""Raised when the same page would give another text; stored with every article."""


class Stance(StrEnum):
    """Who should hold power over NHS decisions (codebook, Stance)."""

    LOCAL = "local"
    CENTRAL = "central"
    BALANCED = "balanced"
    NONE = "none"


class ActorType(StrEnum):
    """Kinds of actor (codebook, Actor)."""

    GOVERNMENT = "government"
    NATIONAL_BODY = "national_body"
    MEMBERSHIP_BODY = "membership_body"
    LOCAL_NHS = "local_nhs"
    LOCAL_GOVERNMENT = "local_government"
    UNION_PROFESSIONAL = "union_professional"
    THINK_TANK = "think_tank"
    PARLIAMENT = "parliament"
    PATIENT_VOLUNTARY = "patient_voluntary"
    OTHER = "other"


STATE = frozenset({ActorType.GOVERNMENT, ActorType.PARLIAMENT})
"""Kinds of those who hold public office at the centre."""


class Theme(StrEnum):
    """NHS governance themes (codebook, Themes); several may hold at once, none is a legal answer."""

    AUTONOMY_CONTROL = "autonomy_control"
    DEVOLUTION = "devolution"
    SYSTEM_WORKING = "system_working"
    NEIGHBOURHOOD_PLACE = "neighbourhood_place"
    STRUCTURAL_REFORM = "structural_reform"
    REGULATION_OVERSIGHT = "regulation_oversight"
    ACCOUNTABILITY = "accountability"
    FINANCE = "finance"
    WORKFORCE = "workforce"
    LEADERSHIP = "leadership"
    LOCAL_GOVERNMENT = "local_government"
    PERFORMANCE = "performance"
    NATIONAL_STRATEGY = "national_strategy"
    PUBLIC_VOICE = "public_voice"


class QuoteKind(StrEnum):
    """How an article carries a statement."""

    DIRECT = "direct"
    """Words inside quotation marks, or after "X said:" without marks."""
    INDIRECT = "indirect"
    """A sentence or clause that reports what somebody said."""
    POSITION = "position"
    """A position reported of an organisation, and the items of an attributed list."""
    AUTHORED = "authored"
    """A paragraph of a column, blog, speech or letter: its author or speaker is the actor."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in a feed, as the feed gives it; an empty string stands for what it does not give."""

    guid: str
    url: str
    title: str
    author: str
    summary: str
    content: str
    published_at: datetime | None
    updated_at: datetime | None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed's document read: its entries in document order and what was wrong with it.

    ``older_url`` is the document of older entries that this one names, if any; ``generator`` the software that says it
    wrote it.
    """

    title: str
    entries: tuple[Entry, ...]
    ttl_minutes: int | None
    problems: tuple[str, ...]
    older_url: str = ""
    generator: str = ""
    is_sitemap: bool = False


@dataclass(frozen=True, slots=True)
class SitemapLink:
    """A sitemap that an index names; ``changed_at`` is when it says that the sitemap changed last."""

    url: str
    changed_at: datetime | None


class TextSource(StrEnum):
    """Where an article's text was read."""

    PAGE = "page"
    TEASER = "teaser"
    """The beginning that a page shows before it asks for a subscription or a login."""
    FEED = "feed"
    PDF = "pdf"
    FILE = "file"


class Wall(StrEnum):
    """What a page shows instead of its article, in words that go on after "the page"."""

    PAYWALL = "is behind a paywall"
    LOGIN = "asks its readers to register or log in"
    CONSENT = "asks for consent to cookies before it shows anything"
    BOT_CHECK = "checks whether a person reads it"
    MISSING = "says that there is no such page"
    OUTAGE = "says that the site is out of order"


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """The article behind a link, stripped of page furniture; paragraphs are separated by one blank line.

    Where there is a ``wall``, ``text`` is what can be read before it: an article's beginning, or the wall's own words.
    """

    title: str
    byline: str
    published_at: datetime | None
    publisher: str
    language: str
    canonical_url: str
    text: str
    source: TextSource = TextSource.PAGE
    wall: Wall | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the analysis engine takes it: text with paragraphs separated by blank lines."""

    text: str
    title: str = ""
    byline: str = ""
    publisher: str = ""
    published_on: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who holds a statement, resolved; any may be empty, ``role`` alone is a crowd or nameless as printed ("MPs")."""

    person: str
    role: str
    organisation: str
    actor_type: ActorType
    bodies: tuple[str, ...] = ()
    """Other bodies that the article prints beside the person, present or former; they tell namesakes apart."""
    is_guessed: bool = False  # no body is printed beside the name; this one is what the article is about there

    @property
    def has_identity(self) -> bool:
        """Whether history may be built up under this speaker."""
        return bool(self.person or self.organisation)


@dataclass(frozen=True, slots=True)
class Persona:
    """A name in the circle where an article places it; actors are made of personas, across articles.

    ``scope`` is the circle, empty where nothing is printed beside the name; ``ties`` are other circles that the
    article prints beside the same person. ``first_names`` are the printed one and those that it may be short for.
    """

    name: str
    scope: str
    ties: tuple[str, ...]
    surname: str
    first_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement before it is labelled: ``text[start:end]`` of the document, attributed to one speaker."""

    start: int
    end: int
    speaker: Speaker
    quote_kind: QuoteKind
    grounds: str = ""
    """Why it is this speaker's, in a few words for people: the cue, the mention, the score of a candidate."""


@dataclass(frozen=True, slots=True)
class StanceLabel:
    """A stance with its score from -1 (central) to +1 (local), probability, and evidence span in the document."""

    stance: Stance
    score: float
    confidence: float
    evidence_start: int
    evidence_end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A labelled passage; ``text`` is exactly ``document.text[start:end]``; the nameless have no ``persona``."""

    start: int
    end: int
    text: str
    speaker: Speaker
    persona: Persona | None
    quote_kind: QuoteKind
    label: StanceLabel
    themes: tuple[Theme, ...]
    grounds: str = ""
    meaning: Meaning | None = None  # where it has a side or a theme


@dataclass(frozen=True, slots=True)
class ActorStance:
    """What one identified actor's statements in one article add up to (codebook, last lines of Stance)."""

    person: str
    organisation: str
    actor_type: ActorType
    stance: Stance


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that the engine found in one document."""

    statements: tuple[Statement, ...]
    actors: tuple[ActorStance, ...]
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A known body: canonical name, kind, and the other names and acronyms it is printed under."""

    name: str
    kind: ActorType
    aliases: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationPattern:
    """A family of bodies known by how their names are built, as a regular expression over a capitalised name."""

    pattern: str
    kind: ActorType


@dataclass(frozen=True, slots=True)
class Office:
    """An office held by a person from ``since`` (inclusive) to ``until`` (exclusive; None: still)."""

    role: str
    organisation: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A notable office holder and the names he or she is printed under (without honorifics)."""

    name: str
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorBook:
    """config/actors.yml: the organisations, name patterns and people known beforehand."""

    organisations: tuple[Organisation, ...]
    patterns: tuple[OrganisationPattern, ...]
    people: tuple[KnownPerson, ...]
