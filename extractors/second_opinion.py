"""A second opinion on a statement from a language model: what it is asked, and what of its answer can be believed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractors.identity import content_id
from extractors.records import Stance, Theme

AROUND: Final = 1500
"""Characters of the article that are shown before the statement and behind it."""
MARKS: Final = ("⟦", "⟧")
"""What stands around the statement in the excerpt; the article's own are taken out."""
_FENCE: Final = re.compile(r"\A\s*```(?:json)?\s*(.*?)\s*```\s*\Z", re.DOTALL)


class _Answer(BaseModel):
    """The answer as it must come: one JSON object with these keys and no others."""

    model_config = ConfigDict(extra="forbid")

    stance: Stance
    confidence: float = Field(ge=0, le=1)
    evidence: str
    person: str
    themes: list[Theme]


SCHEMA: Final = _Answer.model_json_schema()
"""JSON Schema of an answer, for endpoints that can be held to one."""


@dataclass(frozen=True, slots=True)
class Question:
    """A statement in its article: ``article[start:end]``, said by ``person`` as far as the engine knows."""

    title: str
    article: str
    start: int
    end: int
    person: str

    @property
    def text(self) -> str:
        """The statement."""
        return self.article[self.start : self.end]

    def excerpt(self) -> str:
        """What is shown of the article: the headline and the surroundings, the statement between ``MARKS``."""
        before = self.article[max(0, self.start - AROUND) : self.start]
        behind = self.article[self.end : self.end + AROUND]
        shown = (_unmarked(part) for part in (self.title, before, self.text, behind))
        title, before, text, behind = shown
        return f"{title}\n\n{before}{MARKS[0]}{text}{MARKS[1]}{behind}"

    @property
    def question_id(self) -> str:
        """The same for the same words in the same surroundings."""
        return content_id(self.excerpt())


@dataclass(frozen=True, slots=True)
class Opinion:
    """An answer that can be believed; ``evidence_start`` and ``_end`` count characters of the statement."""

    stance: Stance
    confidence: float
    evidence_start: int
    evidence_end: int
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why an answer is refused: ``outcome`` is malformed, not_verbatim or other_person."""

    outcome: str
    detail: str


def messages(prompt: str, question: Question) -> list[dict[str, str]]:
    """The chat messages that ask about a statement by the codebook in ``prompt``."""
    return [{"role": "system", "content": prompt}, {"role": "user", "content": question.excerpt()}]


def read_answer(content: str, question: Question) -> Opinion | Unusable:
    """What the endpoint's answer says, if it keeps to the form and to the printed words.

    Evidence must stand in the statement and a name in the article, letter by letter. A person other than the engine's
    is no better answer, but a reason to doubt: ``other_person``.
    """
    fenced = _FENCE.match(content)
    try:
        answer = _Answer.model_validate(json.loads(fenced[1] if fenced else content))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the answer"
        return Unusable("malformed", f"{place}: {first['msg']}")
    except (ValueError, RecursionError) as error:
        return Unusable("malformed", f"is not JSON: {str(error)[:80]}")
    at = question.text.find(answer.evidence)
    if at < 0 or (not answer.evidence and answer.stance is not Stance.NONE):
        return Unusable("not_verbatim", "the evidence does not stand in the statement")
    if answer.person not in question.article:
        return Unusable("not_verbatim", "the name does not stand in the article")
    if question.person and answer.person and _surname(answer.person) != _surname(question.person):
        return Unusable("other_person", "it takes the words for another person's")
    begin, end = (at, at + len(answer.evidence)) if answer.evidence else (0, len(question.text))
    themes = {*answer.themes} | ({Theme.AUTONOMY_CONTROL} if answer.stance is not Stance.NONE else set())
    return Opinion(answer.stance, answer.confidence, begin, end, tuple(theme for theme in Theme if theme in themes))


def _surname(name: str) -> str:
    return (name.split() or [""])[-1].strip(".,’'").casefold()


def _unmarked(text: str) -> str:
    return text.replace(MARKS[0], "").replace(MARKS[1], "")
