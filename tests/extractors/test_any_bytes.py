"""Whatever bytes come, the answer is an article or a line that says why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.article import NoArticle, html_to_text
from extractors.article_meta import language_of
from extractors.linked import extract_linked
from tests.depth import tries
from tests.extractors.pdf_files import make_pdf, running

if TYPE_CHECKING:
    from extractors.records import ExtractedPage

SETTINGS = settings(max_examples=tries(60), suppress_health_check=[HealthCheck.too_slow])
PDF = make_pdf(running(*[["The board has said that it will decide before the end of the year."]] * 9), title="Plan")
PIECES = rb"""
<html> <head> <title>Login</title> <body> <article> </article> <p> </p> <table><tr><td> <ul><li> <h1>404</h1> <!-- -->
<a~href='/x'>more</a> <![CDATA[ <script> </script> <script~type='application/ld+json'> {"isAccessibleForFree": false }
<meta~charset=utf-16> <?xml ?> <meta~name='article:content_tier'~content='locked'> \xe9\xff &#xD800; & %PDF-1.4 <br><br>
<time~datetime='9999-99-99'> SUBSCRIBE SENTENCE
""".split()
WORDS = {b"SUBSCRIBE": b"Subscribe to continue reading. ", b"SENTENCE": b"The board said that it will decide by June. "}
MARKUP = st.lists(st.sampled_from([WORDS.get(piece, piece.replace(b"~", b" ")) for piece in PIECES]), max_size=40)


def answer(body: bytes, content_type: str = "") -> ExtractedPage | None:
    """The article of a body; None where it says in one line that there is none."""
    try:
        found = extract_linked(body, url="https://marshcourier.example/a", charset="", content_type=content_type)
    except NoArticle as error:
        assert str(error)  # noqa: PT017 - either outcome is right, if it is told
        assert "\n" not in str(error)  # noqa: PT017 - likewise
        return None
    assert found.text.strip()
    assert "\n\n\n" not in found.text
    found.text.encode()
    return found


@SETTINGS
@given(st.binary(max_size=400), st.sampled_from(["", "text/html", "application/pdf", "image/png", "text/csv"]))
def test_any_bytes(body: bytes, content_type: str) -> None:
    answer(body, content_type)


@SETTINGS
@given(MARKUP)
def test_any_markup(pieces: list[bytes]) -> None:
    answer(b"".join(pieces))


@SETTINGS
@given(st.integers(0, len(PDF)), st.binary(max_size=30), st.integers(0, 60))
def test_any_damage_to_a_pdf(place: int, junk: bytes, lost: int) -> None:
    answer(PDF[:place] + junk + PDF[place + lost :], "application/pdf")


@SETTINGS
@given(st.one_of(st.text(max_size=300), MARKUP.map(lambda pieces: b"".join(pieces).decode("cp1252", "replace"))))
def test_any_text_of_a_feed(fragment: str) -> None:
    text = html_to_text(fragment)
    text.encode()
    assert language_of(text) in {"", "und"} or len(language_of(text)) == 2
