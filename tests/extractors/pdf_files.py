"""Small PDFs made line by line, as the programs of press offices make them."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

TOP, LEADING, SIZE = 780, 14, 11


def make_pdf(*pages: list[tuple[int, str]], title: str = "", author: str = "") -> bytes:
    """A PDF of pages; each line is its height above the page's foot, in points, and its text."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = resources
        content = DecodedStreamObject()
        content.set_data(b"\n".join(_shown(height, text) for height, text in lines))
        page[NameObject("/Contents")] = writer._add_object(content)
    writer.add_metadata({"/Title": title, "/Author": author, "/CreationDate": "D:20260603083000Z"})
    return _written(writer)


def locked(body: bytes, password: str) -> bytes:
    """The same PDF, to be opened with a password."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(body)))
    writer.encrypt(password, algorithm="RC4-128")
    return _written(writer)


def running(*paragraphs: list[str], top: int = TOP) -> list[tuple[int, str]]:
    """Lines one below the other, with half a line more between paragraphs."""
    placed: list[tuple[int, str]] = []
    for paragraph in paragraphs:
        for line in paragraph:
            placed.append((top, line))
            top -= LEADING
        top -= LEADING // 2
    return placed


def _shown(height: int, text: str) -> bytes:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {SIZE} Tf 1 0 0 1 60 {height} Tm ({escaped}) Tj ET".encode("cp1252")


def _written(writer: PdfWriter) -> bytes:
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()
