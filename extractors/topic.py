"""What an article is about at a point, and whose documents it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


class Topics:
    """The body that the sentences are about, and the issuers of documents by the word for them ("the report")."""

    def __init__(self, documents: Collection[str]) -> None:
        self._documents = documents
        self._sentence = self._noted_in = 0
        self._is_again = False
        self._issuers: dict[str, str] = {}
        self.last = ""
        """The body that a sentence was about last; empty if none was."""
        self.reporter = ""
        """The body whose document was named last; empty if none was."""

    def restart(self) -> None:
        """Begin the second reading: of each kind of document the issuer that was named first is known."""
        self.last, self._sentence, self._is_again = "", 0, True
        self.reporter = next(iter(self._issuers.values()), "")

    def begin_sentence(self) -> None:
        """Note that a sentence begins."""
        self._sentence += 1

    def note(self, body: str) -> None:
        """Note the body that the present sentence is about."""
        self.last, self._noted_in = body, self._sentence

    @property
    def fresh(self) -> str:
        """The body that this sentence or the one before is about; empty if none."""
        return self.last if self._sentence - self._noted_in <= 1 else ""

    def note_issuer(self, words: Sequence[str], body: str) -> None:
        """Remember whose "report" a document named with these (lower-case) words is."""
        self.reporter = body
        for word in words:
            if word in self._documents and (self._is_again or word not in self._issuers):
                self._issuers[word] = body

    def issuer(self, words: Sequence[str]) -> str:
        """Whose document of that kind was named; empty if none was."""
        return next((self._issuers[word] for word in words if word in self._issuers), "")
