"""What a link leads to where it is no page: told by its address, by its first bytes, or by what the server calls it."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urlsplit


class Medium(StrEnum):
    """A kind of document without an article's text, in words that go on after "the link"."""

    AUDIO = "leads to a sound recording, not to a page"
    VIDEO = "leads to a video, not to a page"
    PICTURE = "leads to a picture, not to a page"
    ARCHIVE = "leads to an archive or a program, not to a page"
    OFFICE = "leads to an Office document, not to a page"


_EXTENSIONS = {
    Medium.AUDIO: "mp3 m4a m4b aac ogg oga opus wav flac wma",
    Medium.VIDEO: "mp4 m4v mov avi mkv webm wmv mpg mpeg ogv m3u8",
    Medium.PICTURE: "jpg jpeg png gif webp svg bmp tif tiff heic avif ico",
    Medium.ARCHIVE: "zip gz tgz bz2 7z rar tar xz exe msi dmg apk iso",
    Medium.OFFICE: "doc docx docm dot dotx xls xlsx xlsm xlsb csv ppt pptx ppsx odt ods odp rtf epub pages ics",
}
_BY_EXTENSION = {name: medium for medium, names in _EXTENSIONS.items() for name in names.split()}
_EXTENSION = re.compile(r"\.([a-z0-9]{2,5})$", re.IGNORECASE)
# addresses of players: what they play is all there is
_PLAYERS = {
    Medium.VIDEO: re.compile(
        r"""(?:(?:www|m|music)\.)?youtube(?:-nocookie)?\.com/(?:watch|shorts|live|embed|playlist|v)\b
          | youtu\.be/. | (?:www\.)?vimeo\.com/(?:\d|event/|channels/.+/\d) | player\.vimeo\.com/
          | (?:www\.)?(?:dailymotion\.com/video/|tiktok\.com/.+/video/|twitch\.tv/videos/) | dai\.ly/
          | (?:www\.)?(?:parliamentlive\.tv/event/|bbc\.co\.uk/iplayer/)""",
        re.VERBOSE,
    ),
    Medium.AUDIO: re.compile(
        r"""open\.spotify\.com/(?:episode|show)/ | podcasts?\.apple\.com/ | podcasts\.google\.com/
          | (?:www\.|m\.|on\.)?soundcloud\.com/. | (?:www\.)?(?:audioboom|mixcloud)\.com/.
          | (?:www\.)?bbc\.co\.uk/sounds/
          | (?:shows|play|embed)\.acast\.com/ | (?:[\w-]+\.)+(?:podbean|libsyn)\.com/.
          | (?:[\w-]+\.)*(?:buzzsprout|simplecast|megaphone|captivate|spreaker|anchor)\.(?:com|fm)/.""",
        re.VERBOSE,
    ),
}

# in this order: a photograph in a film's container is a photograph
_MAGIC = (
    (Medium.AUDIO, rb"ID3|\xff[\xfb\xf3\xf2\xf1\xf9]|fLaC|OggS|RIFF....WAVE|FORM....AIFF|#!AMR|....ftypM4[AB]"),
    (Medium.PICTURE, rb"....ftyp(?:heic|heix|mif1|avif)|\x89PNG|GIF8[79]a|\xff\xd8\xff|RIFF....WEBP"),
    (Medium.PICTURE, rb"II\*\x00|MM\x00\*|\x00\x00\x01\x00|BM....\x00{4}"),
    (Medium.VIDEO, rb"....ftyp|....moov|\x1aE\xdf\xa3|RIFF....AVI |FLV\x01|\x00\x00\x01[\xba\xb3]|#EXTM3U"),
    (Medium.OFFICE, rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\{\\rtf|BEGIN:VCALENDAR"),
    (Medium.OFFICE, rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|mimetypeapplication/|_rels/|word/|xl/|ppt/|docProps/)"),
    (Medium.ARCHIVE, rb"PK[\x03\x05]|\x1f\x8b\x08|7z\xbc\xaf|Rar!|BZh\d1AY|\xfd7zXZ|MZ[\x90\x00]|\x7fELF"),
)
_BY_MAGIC = tuple((medium, re.compile(magic, re.DOTALL)) for medium, magic in _MAGIC)
_BY_TYPE = {"audio": Medium.AUDIO, "video": Medium.VIDEO, "image": Medium.PICTURE}
_OFFICE_TYPE = re.compile(r"msword|ms-excel|ms-powerpoint|officedocument|opendocument|rtf|epub|csv|calendar")
_ARCHIVE_TYPE = re.compile(r"zip|x-tar|x-7z|vnd\.rar|x-msdownload|java-archive")
_MARKUP = re.compile(rb"\s*<|\xef\xbb\xbf\s*<")
_PDF_HEAD_BYTES = 1024


def medium_of_address(url: str) -> Medium | None:
    """What an address leads to, as far as it tells; None where it may be a page (or a PDF)."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    place = f"{host}{parts.path}"
    for medium, player in _PLAYERS.items():
        if player.match(place):
            return medium
    extension = _EXTENSION.search(parts.path)
    return _BY_EXTENSION.get(extension[1].lower()) if extension else None


def medium_of_body(body: bytes, content_type: str) -> Medium | None:
    """What a body is: its first bytes count, then its Content-Type; None where it may be a page (or a PDF)."""
    for medium, magic in _BY_MAGIC:
        if magic.match(body):
            return medium
    kind = content_type.partition(";")[0].strip().lower()
    if _MARKUP.match(body) or is_pdf(body):
        return None
    if _OFFICE_TYPE.search(kind):
        return Medium.OFFICE
    return Medium.ARCHIVE if _ARCHIVE_TYPE.search(kind) else _BY_TYPE.get(kind.partition("/")[0])


def is_pdf(body: bytes) -> bool:
    """Whether a body is a PDF; some have a few bytes of something else in front."""
    return b"%PDF-" in body[:_PDF_HEAD_BYTES] and not _MARKUP.match(body)
