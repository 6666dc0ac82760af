"""Second opinions: ask a language model about the statements that matter and are in doubt, under a budget."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import httpx

from extractors.identity import content_id
from extractors.second_opinion import SCHEMA, Opinion, Question, messages, read_answer
from flows import clock
from flows.chat import Endpoint, Fault, complete, may_be_sent
from flows.engine import least_confidence
from warehouse.opinions import (
    OpenQuestion,
    OpinionRow,
    apply_opinions,
    record_opinions,
    select_open_questions,
    select_question_texts,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.run import Run
    from flows.settings import Settings

log = logging.getLogger("stancewatch")
PROMPT: Final = "second_opinion.md"
CHUNK: Final = 12
"""Answers are kept after so many questions, so that a kill costs no more."""
FAULTS_IN_A_ROW: Final = 3
"""After so many failures one after the other nobody is asked in this run any more."""


@dataclass(slots=True)
class Judge:
    """A model with its prompt; it stops by itself when asking is of no use."""

    endpoint: Endpoint
    prompt: str
    parallel: int
    stopped: str = ""
    _faults: int = field(default=0, repr=False)

    @property
    def name(self) -> str:
        """Model and version of the prompt: what an answer is good for."""
        return f"{self.endpoint.model}@{content_id(self.prompt, size=8)}"

    async def ask_all(self, questions: Sequence[Question]) -> list[OpinionRow]:
        """What came of each question, in their order; ``statement_id`` is left empty."""
        gate = asyncio.Semaphore(self.parallel)
        async with httpx.AsyncClient() as client:

            async def one(question: Question) -> OpinionRow:
                async with gate:
                    return await self._ask(client, question)

            return list(await asyncio.gather(*map(one, questions)))

    async def _ask(self, client: httpx.AsyncClient, question: Question) -> OpinionRow:
        if self.stopped:
            return OpinionRow("", "stopped", self.stopped)
        answer = await complete(client, self.endpoint, messages(self.prompt, question), SCHEMA)
        if isinstance(answer, Fault):
            self._faults += 1
            if answer.is_lasting or self._faults >= FAULTS_IN_A_ROW:
                self.stopped = self.stopped or f"after {answer.outcome}: {answer.detail}"
            return OpinionRow("", answer.outcome, answer.detail)
        self._faults = 0
        found = read_answer(answer.content, question)
        row = OpinionRow("", "ok", prompt_tokens=answer.prompt_tokens, completion_tokens=answer.completion_tokens)
        if not isinstance(found, Opinion):
            return replace(row, outcome=found.outcome, detail=found.detail)
        return replace(
            row,
            stance=found.stance,
            confidence=found.confidence,
            evidence_start=found.evidence_start,
            evidence_end=found.evidence_end,
            themes=tuple(found.themes),
        )


def open_judge(settings: Settings) -> Judge | None:
    """The judge of config/llm.yml, or None where none is configured or its key is not set, or cannot be sent."""
    llm = settings.llm
    if not llm.base_url:
        return None
    if llm.key_variable and not settings.llm_key:
        log.warning("llm.yml: %s is not set in the environment; no second opinions in this run", llm.key_variable)
        return None
    key = settings.llm_key
    if key and not may_be_sent(key):
        log.warning("llm.yml: %s holds what no request can carry; no second opinions in this run", llm.key_variable)
        return None
    prompt = settings.places.file(PROMPT).read_text(encoding="utf-8")
    endpoint = Endpoint(llm.base_url.rstrip("/"), llm.model, llm.timeout_seconds, key)
    return Judge(endpoint, prompt, llm.parallel)


async def second_opinions(run: Run) -> int:
    """Ask about what waits for detection, keep the answers, and label by them; returns how many were asked about."""
    judge = open_judge(run.settings)
    if judge is None:
        return 0
    least = least_confidence(run.settings.alerts.detection)
    budget = max(0, run.settings.llm.requests_per_run - run.counts["opinions_asked"])
    waiting = select_open_questions(run.warehouse, judge.name, least)
    asked = waiting[:budget]
    outcomes: Counter[str] = Counter()
    for first in range(0, len(asked), CHUNK):
        outcomes += await _ask(run, judge, asked[first : first + CHUNK])
    unasked = [
        OpinionRow(one.statement_id, "over_budget", f"after {run.settings.llm.requests_per_run}")
        for one in waiting[budget:]
        if one.is_live
    ]
    _keep(run, judge, unasked)
    run.counts.update({f"opinions_{outcome}": count for outcome, count in outcomes.items()})
    run.counts.update(opinions_asked=len(asked), opinions_over_budget=len(waiting) - len(asked))
    if judge.stopped:
        log.warning("second opinions stopped %s; the engine's own labels stand", judge.stopped)
    apply_opinions(run.warehouse, judge.name, least)
    return len(asked)


async def _ask(run: Run, judge: Judge, chosen: Sequence[OpenQuestion]) -> Counter[str]:
    texts = select_question_texts(run.warehouse, chosen)
    questions = [Question(text.title, text.article, text.start, text.end, text.person) for text in texts]
    rows = [
        replace(row, statement_id=text.statement_id)
        for text, row in zip(texts, await judge.ask_all(questions), strict=True)
    ]
    _keep(run, judge, rows)
    return Counter(row.outcome for row in rows)


def _keep(run: Run, judge: Judge, rows: Sequence[OpinionRow]) -> None:
    if rows:
        record_opinions(run.warehouse, rows, judge=judge.name, run_id=run.run_id, asked_at=clock.now())
