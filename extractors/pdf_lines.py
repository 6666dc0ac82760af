"""Lines as they stand on the pages of a PDF -> paragraphs of running text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\xad": "-"}
)
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]")
_BULLET = re.compile(r"^[•●▪■◦‣∙·\uf0b7\uf0a7]\s*")
_ITEM = re.compile(r"^(?:[•●▪■◦‣∙·\uf0b7\uf0a7]|[-–—*]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)")
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)-$")
_WORD_START = re.compile(r"[^\W\d_]+")
_FIFTH = 5
_SAME_LINE = 0.4
_WIDE_GAP = 1.25
_OTHER_SIZE = 0.12
_INDENT = (0.8, 5.0)
_FULL_LINE = 0.75


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; where it stands and how large it is, in points from the page's lower left corner."""

    text: str
    left: float
    height: float
    size: float


def lines_of_pieces(pieces: list[Line]) -> list[Line]:
    """Pieces of lines, in the order in which they are written, put together where they stand side by side."""
    lines: list[Line] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        if last and abs(last.height - piece.height) <= _SAME_LINE * max(last.size, piece.size):
            lines[-1] = Line(last.text + piece.text, last.left, last.height, max(last.size, piece.size))
        elif piece.text.strip():
            lines.append(piece)
    clean = (_UNSTORABLE.sub("", line.text.translate(_LIGATURES)) for line in lines)
    return [
        Line(" ".join(text.split()), line.left, line.height, line.size)
        for text, line in zip(clean, lines, strict=True)
        if text.strip()
    ]


def paragraphs_of_lines(lines: list[Line]) -> list[str]:
    """The paragraphs, each on one line; items of lists keep a marker in front."""
    if not lines:
        return []
    gaps = sorted(gap for before, line in pairwise(lines) if (gap := before.height - line.height) > 0)
    usual_gap = gaps[len(gaps) // _FIFTH] if gaps else 0.0
    lengths = sorted(len(line.text) for line in lines)
    usual_length = lengths[-1 - len(lengths) // (2 * _FIFTH)]
    words = {word for line in lines for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", line.text.casefold())}
    paragraphs = [lines[0].text]
    for before, line in pairwise(lines):
        if _is_new(before, line, usual_gap, usual_length):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line.text, words)
    return [_BULLET.sub("- ", paragraph) for paragraph in paragraphs]


def _is_new(before: Line, line: Line, usual_gap: float, usual_length: int) -> bool:
    """Whether a line opens a paragraph."""
    if abs(line.size - before.size) > _OTHER_SIZE * before.size or _ITEM.match(line.text):
        return True
    is_ended = _SENTENCE_END.search(before.text) is not None
    if before.height <= line.height:  # on the next page or column, where gaps tell nothing
        return is_ended and (not line.text[0].islower())
    if before.height - line.height > _WIDE_GAP * usual_gap:
        return True
    indent = (line.left - before.left) / (line.size or 1.0)
    is_indented = _INDENT[0] <= indent <= _INDENT[1] and not _ITEM.match(before.text)
    is_short = len(before.text) < _FULL_LINE * usual_length
    return is_ended and (is_indented or is_short)


def _joined(text: str, line: str, compounds: set[str]) -> str:
    """A line added to its paragraph: a word broken at its end is put together, a compound keeps its hyphen."""
    broken, start = _BROKEN_WORD.search(text), _WORD_START.match(line)
    if not broken or not start or not line[0].islower():
        return f"{text}{'' if text.endswith(('-', '/')) else ' '}{line}"
    is_compound = f"{broken[1]}-{start[0]}".casefold() in compounds
    return (text if is_compound else text[:-1]) + line
