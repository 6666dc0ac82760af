"""What goes to a worker process and what comes back."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, TypeAlias

from extractors.records import Analysis, Document, ExtractedPage, ParsedFeed, SitemapLink
from flows.spool import Spool

HEADER = struct.Struct("<Q")
"""The length in bytes that goes before each pickled job and answer."""


@dataclass(frozen=True, slots=True)
class ParseFeedJob:
    """A feed's bytes to be read, for at most ``cpu_seconds``; then the worker is killed, as with every job."""

    cpu_seconds: ClassVar = 10

    body: Spool
    content_type: str
    url: str
    now: datetime


@dataclass(frozen=True, slots=True)
class ExtractPageJob:
    """The bytes of a page, or a PDF, to be stripped to its article."""

    cpu_seconds: ClassVar = 10

    body: Spool
    url: str
    charset: str
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class ReadInlineJob:
    """HTML that a feed carries inline, to be written out as an article's text."""

    cpu_seconds: ClassVar = 10

    content: str


@dataclass(frozen=True, slots=True)
class AnalyseJob:
    """Documents to be analysed: about thirty statements a CPU second."""

    cpu_seconds: ClassVar = 60

    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """The job cannot be done, for a reason that lies in its input."""

    reason: str


@dataclass(frozen=True, slots=True)
class SitemapIndex:
    """What was to be a feed lists sitemaps; the one that changed last comes first."""

    children: tuple[SitemapLink, ...]


Job: TypeAlias = ParseFeedJob | ExtractPageJob | ReadInlineJob | AnalyseJob
Answer: TypeAlias = ParsedFeed | SitemapIndex | ExtractedPage | str | tuple[Analysis, ...] | Rejected
