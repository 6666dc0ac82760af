"""What a page says about its article: title, author, date, publisher, language, address."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from extractors.feed_dates import read_date
from extractors.feed_records import plain
from extractors.identity import words_key

_TITLE_SEPARATOR = re.compile(r"\s+[|»·–—-]\s+|\s*::\s*")
_BARS = frozenset({"|", "»", "::"})
_MAX_LENGTH = 500
_BYLINE_PREFIX = re.compile(r"^(?:by|written by|posted by|author:?)\s+", re.IGNORECASE)
_DATE_PROPERTIES = ("article:published_time", "datepublished", "og:article:published_time", "dc.date.issued",
                    "dcterms.issued", "parsely-pub-date", "sailthru.date", "pubdate")  # fmt: skip
# the commonest words of the languages that British and European sites print, without those that others share
_COMMON_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in that is was for it with as his be on by at are this have from not they which had were"
        " you your we our will or an their has said but more been who its can if",
        "cy": "y yr yn ar i o ac mae wedi ei eu bod gan hyn fod bydd ni nid cael gyda",
        "fr": "le la les des et une du dans que qui pour est par sur pas au ce avec sont",
        "de": "der die und das den von zu mit ist des nicht auf ein eine im dem für sich",
        "es": "el los las del y que en por una con para su al como más fue ha",
        "it": "il di che e per un della una con del nel gli sono alla non",
        "nl": "de het een van en dat niet zijn op te met voor er aan om bij",
        "pt": "os da do dos em um uma para com não que por mais no na ao",
        "pl": "w na z się nie do że jest to od przez dla po oraz",
        "ga": "an na agus ar bhí leis sin ag go mar tá ní",
    }.items()
}
_VOTE_WORDS = 400
_MIN_WORDS = 12
_SURE_SHARE = 0.15
_LEAST_SHARE = 0.1
_SOME_SHARE = 0.05


def meta_content(root: Any, *names: str) -> str:
    """The content of the first <meta> with one of these names or properties, in the names' order."""
    wanted = dict.fromkeys(names, "")
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name in wanted and not wanted[name]:
            wanted[name] = plain(meta.get("content") or "")[:_MAX_LENGTH]
    return next((content for content in wanted.values() if content), "")


def first_heading(root: Any) -> str:
    """The text of the only <h1>; an empty string if there are none or several."""
    headings = [plain(heading.text_content()) for heading in root.iter("h1")]
    headings = [heading for heading in headings if heading]
    return headings[0][:_MAX_LENGTH] if len(headings) == 1 else ""


def clean_title(title: str, heading: str, publisher: str) -> str:
    """A title without the site's name, which pages set before or behind it with a bar or a dash.

    The page's heading, where it is one side of such a sign, is the title; else what stands behind a bar goes if
    it is not the longer side, and what stands behind any sign if it is the publisher's name.
    """
    title = plain(title)[:_MAX_LENGTH]
    heading_key, publisher_key = words_key(heading), words_key(publisher)
    kept = title
    for sign in reversed(list(_TITLE_SEPARATOR.finditer(title))):
        before, behind = title[: sign.start()].strip(), title[sign.end() :].strip()
        for side in (before, behind):
            if heading and words_key(side) == heading_key:
                return side
        is_bar = sign[0].strip() in _BARS and len(before.split()) >= len(behind.split())
        if before and (is_bar or words_key(_TITLE_SEPARATOR.split(behind)[0]) == publisher_key):
            kept = before
    return heading if heading and words_key(kept) == publisher_key else kept


def clean_publisher(name: str) -> str:
    """The publisher's name; an address instead of a name is none."""
    name = plain(name)[:_MAX_LENGTH]
    return "" if "://" in name else name.partition(" | ")[0].lstrip("@")


def clean_byline(author: str) -> str:
    """The author's names as printed, without "By"."""
    return _BYLINE_PREFIX.sub("", plain(author))[:_MAX_LENGTH]


def published_at(root: Any, day: str) -> datetime | None:
    """When the page says it was published: a declared time of that day, else the day's midnight."""
    found = read_date(day)
    declared = read_date(meta_content(root, *_DATE_PROPERTIES))
    if declared is not None and (found is None or abs((declared - found).total_seconds()) < 2 * 86_400):
        return declared
    return found.astimezone(UTC) if found is not None else None


def canonical_of(root: Any, url: str) -> str:
    """The address the page names as its own, if it lies on the same site; else an empty string."""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            try:
                target = urljoin(url, link.get("href").strip())
                host = urlsplit(target).hostname or ""
                own_host = urlsplit(url).hostname or ""
            except ValueError:
                return ""
            is_web = target.startswith(("http://", "https://"))
            return target if is_web and (not own_host or _site(host) == _site(own_host)) else ""
    return ""


def _site(host: str) -> str:
    """The part of a host's name that its owner chose, roughly: the variants of one site agree in it."""
    return host.lower().removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language whose commonest words a text has most of.

    'und' where there are words enough but none of these languages is it; an empty string where they are too few.
    """
    words = re.findall(r"[^\W\d_]+", text.casefold())[:_VOTE_WORDS]
    if not words:
        return ""
    shares = {name: sum(word in common for word in words) / len(words) for name, common in _COMMON_WORDS.items()}
    best = max(shares, key=lambda name: shares[name])
    least = _SURE_SHARE if len(words) >= _MIN_WORDS else _LEAST_SHARE
    if shares[best] >= least:
        return best
    return "und" if len(words) >= _MIN_WORDS and shares["en"] < _SOME_SHARE else ""
