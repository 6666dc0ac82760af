"""What goes to a worker process and what comes back."""

from __future__ import annotations

import resource
import struct
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar, TypeAlias

from extractors.meaning import Meaning
from extractors.records import Analysis, Document, ExtractedPage, ParsedFeed, SitemapLink
from flows.logs import Doing
from flows.settings import Places
from flows.spool import Spool

HEADER = struct.Struct("<Q")
"""The length in bytes that goes before each pickled job and answer."""


@dataclass(frozen=True, slots=True)
class ParseFeedJob:
    """A feed's bytes to be read, for at most ``cpu_seconds``; then the worker is killed, as with every job."""

    cpu_seconds: ClassVar = 10
    limited: ClassVar = resource.RLIMIT_AS

    body: Spool
    content_type: str
    url: str
    now: datetime


@dataclass(frozen=True, slots=True)
class ExtractPageJob:
    """The bytes of a page, or a PDF, to be stripped to its article."""

    cpu_seconds: ClassVar = 10
    limited: ClassVar = resource.RLIMIT_AS
    at_once: ClassVar = 25
    what: ClassVar = "extract pages"

    body: Spool
    url: str
    charset: str
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class ReadInlineJob:
    """HTML that a feed carries inline, to be written out as an article's text."""

    cpu_seconds: ClassVar = 10
    limited: ClassVar = resource.RLIMIT_AS
    at_once: ClassVar = 25
    what: ClassVar = "read texts of feeds"

    content: str


@dataclass(frozen=True, slots=True)
class AnalyseJob:
    """Documents to be analysed: about thirty statements a CPU second."""

    cpu_seconds: ClassVar = 60
    limited: ClassVar = resource.RLIMIT_AS
    at_once: ClassVar = 1
    what: ClassVar = "analyse articles"

    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class ReadMeaningsJob:
    """Statements whose labels were given, to be read for what they mean."""

    cpu_seconds: ClassVar = 60
    limited: ClassVar = resource.RLIMIT_AS
    at_once: ClassVar = 25
    what: ClassVar = "read meanings"

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawJob:
    """A Vega-Lite specification (JSON) to be drawn as PNG, ``scale`` pixels a point.

    Its JavaScript engine reserves 64 GiB of addresses at its start and uses 90 MiB: what is limited here is what can be
    written to. A worker that draws does nothing else.
    """

    cpu_seconds: ClassVar = 10
    limited: ClassVar = resource.RLIMIT_DATA

    specification: str
    scale: float


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the texts of a job mean, in their order."""

    found: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class BundleJob:
    """The scripts that draw charts in a browser, as one text; limited like what draws them here."""

    cpu_seconds: ClassVar = 30
    limited: ClassVar = resource.RLIMIT_DATA


@dataclass(frozen=True, slots=True)
class ReportJob:
    """The board to be written as ``target`` from the published file, around the ``vega`` file's scripts.

    It needs some hundred megabytes for a moment, which a run should not keep.
    """

    cpu_seconds: ClassVar = 60
    limited: ClassVar = resource.RLIMIT_DATA

    places: Places
    target: Path
    vega: Path
    now: datetime
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """The job cannot be done, for a reason that lies in its input."""

    reason: str


@dataclass(frozen=True, slots=True)
class SitemapIndex:
    """What was to be a feed lists sitemaps; the one that changed last comes first."""

    children: tuple[SitemapLink, ...]


Job: TypeAlias = (
    ParseFeedJob | ExtractPageJob | ReadInlineJob | AnalyseJob | ReadMeaningsJob | DrawJob | BundleJob | ReportJob
)
Answer: TypeAlias = ParsedFeed | SitemapIndex | ExtractedPage | str | bytes | tuple[Analysis, ...] | Meanings | Rejected


@dataclass(frozen=True, slots=True)
class Errand:
    """A job on its way to a worker, with the ids of what it is part of."""

    job: Job
    doing: Doing


@dataclass(frozen=True, slots=True)
class Done:
    """An answer on its way back, with the most memory that the worker ever had."""

    answer: Answer
    peak_bytes: int
