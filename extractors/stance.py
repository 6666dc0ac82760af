"""The side a statement takes on central versus local control, and its themes; with confidence and evidence."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from extractors.clauses import clause_runs, clauses, sentence_before
from extractors.encoder import Encoder, Floats
from extractors.heads import SIDES, Heads, ModelError, Probabilities, Scores
from extractors.records import Document, Passage, Stance, StanceLabel, Theme
from extractors.theme_words import ThemeWords
from extractors.wordpiece import Piece, WordPieces

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_EVIDENCE_SHARE: Final = 0.6
"""Read alone, a clause is evidence if it carries the label with so much of the whole statement's probability."""
MOST_PIECES, TITLE_PIECES, CONTEXT_PIECES = 256, 20, 32
"""Word pieces of the statement that are read, and of its headline and of the sentence before it."""
_MOST_EVIDENCE: Final = 400
"""A run of more characters is no evidence: the reader would have to search it again."""
_MOST_CLAUSES: Final = 12
"""How many clauses are read alone, so that a hostile text costs no more than a long one."""
_JOINS: Final = re.compile(r"(?:and|but)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Shares:
    """What each piece adds to each logit, a row each behind the opening mark.

    ``own`` and ``title`` are the word pieces of statement and headline.
    """

    values: Floats
    own: list[int]
    title: list[int]


class StanceModel:
    """Labels statements: a gate (any side at all?), a direction (which?) and themes, all linear over one encoder.

    A statement's vector is the mean of its word pieces' vectors in context, so each piece has its share in a label.
    Built once from the artefact that ``python -m extractors.model.train`` writes; picklable; deterministic.
    """

    def __init__(self, heads: Heads, encoder: Encoder, words: ThemeWords) -> None:
        self.version, self.alert_threshold = heads.version, heads.alert_threshold
        self._heads = heads
        self.encoder, self._words = encoder, words
        self._pieces = WordPieces(encoder.vocabulary)
        self._matrix = np.stack([head.weights for head in (heads.gate, *heads.directions, *heads.themes)], axis=1)
        self._bias = np.array([head.bias for head in (heads.gate, *heads.directions, *heads.themes)], dtype=np.float32)

    @classmethod
    def from_bytes(cls, heads: bytes, encoder: bytes, words: bytes) -> StanceModel:
        """The model of an artefact: ``stance.json``, ``encoder.bin`` and ``themes.bin`` of ``extractors/model``.

        Raises:
            ModelError: the bytes are no such artefact; train it anew with ``make train``.
        """
        read = Heads.from_json(heads)
        for name, data, digest in (("encoder", encoder, read.encoder_sha256), ("themes", words, read.words_sha256)):
            if hashlib.sha256(data).hexdigest() != digest:
                raise ModelError(f"stance artefact: {name}.bin is not the one that stance.json was written with")
        return cls(read, Encoder.from_bytes(encoder), ThemeWords.from_bytes(words))

    def read(
        self, document: Document, passage: Passage, named: Collection[Theme] = ()
    ) -> tuple[StanceLabel, tuple[Theme, ...]]:
        """The stance and the themes of ``document.text[passage.start:passage.end]``, judged on its words in context.

        The speaker has no part in it: the words decide, not the speaker's tier. ``named`` are themes of which the words
        speak by a known phrase (`extractors.theme`); it makes them likelier, no more.

        Raises:
            ValueError: the passage is empty or lies outside the text.
        """
        if not 0 <= passage.start < passage.end <= len(document.text):
            raise ValueError(f"passage {passage.start}:{passage.end} lies outside a text of {len(document.text)}")
        text = document.text[passage.start : passage.end]
        shares = self._shares(text, sentence_before(document.text, passage.start), document.title)
        scores = self._scores(shares)
        probabilities = self._probabilities(scores)
        stance = probabilities.stance
        start, end = (0, len(text)) if stance is Stance.NONE else self._evidence(text, probabilities)
        label = StanceLabel(
            stance=stance,
            score=round(probabilities.local - probabilities.central, 4),
            confidence=round(probabilities.of(stance), 4),
            evidence_start=passage.start + start,
            evidence_end=passage.start + end,
        )
        return label, self._themes(scores[1 + len(SIDES) :], stance, named)

    def probabilities(self, text: str, before: str = "", title: str = "") -> Probabilities:
        """The calibrated probabilities of the four stances for a statement's words in their context."""
        return self._probabilities(self.scores(text, before, title))

    def scores(self, text: str, before: str = "", title: str = "") -> Floats:
        """The uncalibrated logits of gate, sides and themes, in this order."""
        return self._scores(self._shares(text, before, title))

    def _scores(self, shares: _Shares) -> Floats:
        """The logits of a whole statement: the mean of its pieces, and for the themes what its words add."""
        scores = self._mean(shares.values)
        scores[1 + len(SIDES) :] += self._words.logits(shares.own, shares.title)
        return scores

    def _mean(self, shares: Floats) -> Floats:
        """The logits of the word pieces of some rows of shares."""
        logits: Floats = shares.mean(axis=0) + self._bias
        return logits

    def _shares(self, text: str, before: str, title: str) -> _Shares:
        """What each word piece of ``text`` adds to each logit."""
        read = sequence_of(self._pieces, text, before, title)
        vectors = self.encoder.read(read.pieces, read.types)[: len(read.starts) + 2]
        return _Shares(vectors @ self._matrix, read.own, read.title)

    def _probabilities(self, scores: Floats) -> Probabilities:
        gate, *sides = (float(one) for one in scores[: 1 + len(SIDES)])
        return self._heads.calibration.probabilities(Scores(gate, tuple(sides)))

    def _themes(self, logits: Floats, stance: Stance, named: Collection[Theme]) -> tuple[Theme, ...]:
        """Themes in the order of the enumeration; a side always carries ``autonomy_control``."""
        rule = self._heads.theme_rule
        return tuple(
            theme
            for theme, logit in zip(Theme, logits, strict=True)
            if logit + rule.hint * (theme in named) >= rule.threshold
            or (theme is Theme.AUTONOMY_CONTROL and stance in SIDES)
        )

    def _evidence(self, text: str, whole: Probabilities) -> tuple[int, int]:
        """The clause that carries the label most surely read alone, with its neighbours where it needs them.

        In context every word has a share in what its neighbours say; so each clause is read as if nothing stood by it.
        """

        def surety(run: tuple[int, int]) -> float:
            return self.probabilities(text[slice(*run)]).of(whole.stance)

        enough = _EVIDENCE_SHARE * whole.of(whole.stance)
        runs = clause_runs(text, _MOST_EVIDENCE)
        kept = frozenset(runs)
        single = [run for run in clauses(text) if run in kept][:_MOST_CLAUSES]
        if not single:
            return 0, len(text)
        best, sure = max(((run, surety(run)) for run in single), key=lambda found: (round(found[1], 2), -found[0][0]))
        if sure < enough:
            around = (run for run in runs if run not in single and run[0] <= best[0] and run[1] >= best[1])
            best = next((run for run in around if surety(run) >= enough), (0, len(text)))
        return best[0] + _joining(text[slice(*best)]), best[1]


def _joining(text: str) -> int:
    """How long the word is that joins a clause to the one before it."""
    found = _JOINS.match(text)
    return found.end() if found else 0


class Reading(NamedTuple):
    """What the encoder reads of a statement.

    ``pieces`` with their ``types`` (0 its own, 1 its context), and where in the text the words of its own begin;
    ``own`` and ``title`` are the pieces of statement and headline without marks.
    """

    pieces: list[int]
    types: list[int]
    starts: tuple[int, ...]
    own: list[int]
    title: list[int]


def sequence_of(pieces: WordPieces, text: str, before: str, title: str) -> Reading:
    """A statement, its headline and the sentence before it as word pieces, each as far as it is read."""
    words = pieces.read(text)[:MOST_PIECES]
    headline = [piece.place for piece in pieces.read(title)[:TITLE_PIECES]]
    context = [piece.place for piece in pieces.read(before)[-CONTEXT_PIECES:]]
    some = words or [Piece(pieces.unknown, 0, len(text))]
    read = [pieces.classify, *(piece.place for piece in some), pieces.separate]
    behind = [*headline, pieces.separate, *context, pieces.separate]
    types = [0] * len(read) + [1] * len(behind)
    own, starts = [piece.place for piece in words], tuple(piece.start for piece in some)
    return Reading(read + behind, types, starts, own, headline)


def actor_stance(stances: Sequence[Stance]) -> Stance:
    """Return what an actor's statements in one article add up to (codebook, last lines of Stance)."""
    counts = Counter(stances)
    local, central, balanced = (counts[side] for side in SIDES)
    if not local + central + balanced:
        return Stance.NONE
    rarer, other = sorted((local, central))
    if (rarer and 2 * rarer >= other) or (balanced > local and balanced > central):
        return Stance.BALANCED
    return Stance.LOCAL if local > central else Stance.CENTRAL
