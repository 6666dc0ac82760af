"""What is no page: by its address, by its bytes, by what the server calls it."""

from __future__ import annotations

import pytest

from extractors.article import NoArticle
from extractors.linked import extract_linked
from extractors.medium import Medium, medium_of_address, medium_of_body


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://wexborough.example/media/board.MP3?from=feed", Medium.AUDIO),
        ("https://wexborough.example/film.mp4#t=1", Medium.VIDEO),
        ("https://wexborough.example/chart.png", Medium.PICTURE),
        ("https://wexborough.example/data/beds.xlsx", Medium.OFFICE),
        ("https://wexborough.example/all.tar.gz", Medium.ARCHIVE),
        ("https://www.youtube.com/watch?v=x1", Medium.VIDEO),
        ("https://youtu.be/x1", Medium.VIDEO),
        ("https://vimeo.com/123456", Medium.VIDEO),
        ("https://podcasts.apple.com/gb/podcast/x/id1?i=2", Medium.AUDIO),
        ("https://open.spotify.com/episode/x1", Medium.AUDIO),
        ("https://marshtalk.podbean.com/e/beds/", Medium.AUDIO),
        ("https://wexborough.example/papers/plan.pdf", None),
        ("https://wexborough.example/news/mp3-players-on-wards", None),
        ("https://wexborough.example/news/v1.2", None),
        ("https://wexborough.example/watch?v=x.mp4", None),
        ("https://vimeo.com/blog/news", None),
        ("https://wexborough.example/", None),
        ("https://[broken/film.mp4", None),
        ("", None),
    ],
)
def test_addresses(url: str, expected: Medium | None) -> None:
    assert medium_of_address(url) is expected


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"ID3\x04" + b"\0" * 20, "text/html", Medium.AUDIO),
        (b"\0\0\0\x18ftypmp42", "", Medium.VIDEO),
        (b"\0\0\0\x18ftypavif", "", Medium.PICTURE),
        (b"\xff\xd8\xff\xe0", "text/html", Medium.PICTURE),
        (b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml", "application/zip", Medium.OFFICE),
        (b"PK\x03\x04" + b"\0" * 26 + b"beds.csv", "", Medium.ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", Medium.OFFICE),
        (b"a,b\n1,2\n", "text/csv; charset=utf-8", Medium.OFFICE),
        (b"\0\1\2", "audio/mpeg", Medium.AUDIO),
        (b" \n<html>", "video/mp4", None),
        (b"\xef\xbb\xbf<html>", "application/octet-stream", None),
        (b"plain words", "text/plain", None),
        (b"", "", None),
    ],
)
def test_bodies(body: bytes, content_type: str, expected: Medium | None) -> None:
    assert medium_of_body(body, content_type) is expected


def test_what_is_no_page_is_named() -> None:
    with pytest.raises(NoArticle, match="leads to a picture"):
        extract_linked(b"\x89PNG\r\n\x1a\n", url="https://wexborough.example/x", content_type="text/html")
