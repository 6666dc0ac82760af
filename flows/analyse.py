"""Analyse: derive the statements of new and edited articles; detect: what is new in them."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections import Counter
from typing import TYPE_CHECKING

from extractors.identity import content_id, shingles, words_key
from extractors.persona import name_key, persona_id
from extractors.records import Analysis, Document, Persona, Statement
from extractors.second_opinion import Question
from flows.engine import engine_version, least_confidence
from flows.given_analysis import given_analyses
from flows.jobs import AnalyseJob, Rejected
from flows.under_mask import masked
from warehouse.actors import PersonaRow, TieRow
from warehouse.articles import (
    AnalysedRow,
    ArticleForAnalysis,
    StatementBatch,
    StatementRow,
    record_analyses,
    record_drops,
    select_articles_to_analyse,
)
from warehouse.given import GIVEN
from warehouse.ledger import RuleRow, detect_events
from warehouse.meanings import MeaningRow, echo_seeds
from warehouse.polls import Drop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.records import Theme
    from flows.alert_settings import AlertsFile
    from flows.run import Run

log = logging.getLogger("stancewatch")
CHUNK = 200
JOB = 10
ECHO_CHUNK = 20_000


class NotVerbatimError(ValueError):
    """A statement is not what its article prints at its offsets: a mistake of the engine, never stored."""


async def analyse_articles(run: Run, *, only_known: bool = False) -> int:
    """Analyse the next chunk of articles, or only of those analysed before; returns how many (0: nothing is left)."""
    version = engine_version(run.settings.places)
    articles = select_articles_to_analyse(run.warehouse, version, chunk_size(run.heavy.size), only_known=only_known)
    if not articles:
        return 0
    given = await given_analyses(run, [article for article in articles if article.is_given], version)
    asked = await _ask_engine(run, [article for article in articles if not article.is_given])
    results = [(article, masked(run.warehouse.masker, result)) for article, result in asked]
    drops = [Drop(article.url, "analyse", result.reason) for article, result in results if isinstance(result, Rejected)]
    found = [(article, result) for article, result in results if isinstance(result, Analysis)]
    analysed = [
        AnalysedRow(article.article_id, article.revision, _themes(result), version) for article, result in results
    ]
    analysed += [AnalysedRow(a.article_id, a.revision, _themes(labels), GIVEN, version) for a, labels in given]
    batch = joined(statement_batch(found, version), statement_batch(given, GIVEN))
    run.counts.update(record_analyses(run.warehouse, analysed, batch), articles_given=len(given))
    record_drops(run.warehouse, run.now, drops)
    run.warehouse.shed_memory()
    return len(articles)


def chunk_size(cores: int) -> int:
    """How many articles are analysed and recorded together: none of a cluster's cores waits for the next."""
    return max(CHUNK, 2 * JOB * cores)


def _themes(result: Analysis | Rejected) -> tuple[Theme, ...]:
    return result.themes if isinstance(result, Analysis) else ()


async def _ask_engine(
    run: Run, articles: list[ArticleForAnalysis]
) -> list[tuple[ArticleForAnalysis, Analysis | Rejected]]:
    jobs = [articles[first : first + JOB] for first in range(0, len(articles), JOB)]
    return list(itertools.chain.from_iterable(await asyncio.gather(*(_analyse(run, job) for job in jobs))))


async def _analyse(
    run: Run, articles: list[ArticleForAnalysis]
) -> list[tuple[ArticleForAnalysis, Analysis | Rejected]]:
    """A job of several articles; where one of them kills the worker, each is tried alone."""
    documents = tuple(Document(a.text, a.title, a.byline, a.publisher, a.published_on, a.url) for a in articles)
    answer = await run.heavy.run(AnalyseJob(documents))
    if isinstance(answer, tuple):
        return list(zip(articles, answer, strict=True))
    if len(articles) == 1:
        reason = answer.reason if isinstance(answer, Rejected) else "gave no analysis"
        return [(articles[0], Rejected(reason))]
    alone = await asyncio.gather(*(_analyse(run, [article]) for article in articles))
    return list(itertools.chain.from_iterable(alone))


def statement_rows(article: ArticleForAnalysis, analysis: Analysis, version: str) -> list[StatementRow]:
    """The statements of one article as the warehouse takes them.

    Raises:
        NotVerbatimError: a statement's words do not stand at its offsets.
    """
    seen: Counter[str] = Counter()
    rows = []
    for statement in analysis.statements:
        if article.text[statement.start : statement.end] != statement.text:
            raise NotVerbatimError(f"{article.article_id}: {statement.start}-{statement.end} is not {statement.text!r}")
        key = words_key(statement.text)
        rows.append(_row(article, statement, key, seen[key], version))
        seen[key] += 1
    return rows


def statement_batch(found: Sequence[tuple[ArticleForAnalysis, Analysis]], version: str) -> StatementBatch:
    """What a chunk of articles says, and who is named in it.

    Raises:
        NotVerbatimError: a statement's words do not stand at its offsets.
    """
    statements, personas, ties, meanings = [], [], set(), []
    for article, analysis in found:
        rows = statement_rows(article, analysis, version)
        statements += rows
        meanings += [
            MeaningRow(row.statement_id, meaning.version, *meaning.bits, meaning.numbers)
            for row, statement in zip(rows, analysis.statements, strict=True)
            if (meaning := statement.meaning)
        ]
        for persona in {statement.persona for statement in analysis.statements if statement.persona}:
            placed = persona_rows(persona)
            personas += placed
            ties |= {TieRow(article.article_id, placed[0].persona_id, other.persona_id) for other in placed[1:]}
    return StatementBatch(
        statements, personas, sorted(ties, key=lambda tie: (tie.article_id, tie.persona_id)), meanings
    )


def joined(one: StatementBatch, other: StatementBatch) -> StatementBatch:
    """Both batches as one."""
    return StatementBatch(
        [*one.statements, *other.statements],
        [*one.personas, *other.personas],
        [*one.ties, *other.ties],
        [*one.meanings, *other.meanings],
    )


def persona_rows(persona: Persona) -> list[PersonaRow]:
    """A persona as the warehouse takes it, then those that it is tied to."""
    name = name_key(persona.name)
    return [
        PersonaRow(persona_id(name, scope), name, scope, persona.surname, persona.first_names)
        for scope in (persona.scope, *persona.ties)
    ]


def _row(article: ArticleForAnalysis, statement: Statement, key: str, repeat: int, version: str) -> StatementRow:
    speaker, persona, label = statement.speaker, statement.persona, statement.label
    return StatementRow(
        statement_id=content_id(article.article_id, key, str(repeat)),
        article_id=article.article_id,
        persona_id=persona_id(persona.name, persona.scope) if persona else None,
        person=speaker.person,
        role=speaker.role,
        organisation=speaker.organisation,
        actor_type=speaker.actor_type,
        text=statement.text,
        start_char=statement.start,
        end_char=statement.end,
        quote_kind=statement.quote_kind,
        stance=label.stance,
        stance_score=label.score,
        confidence=label.confidence,
        evidence_start=label.evidence_start,
        evidence_end=label.evidence_end,
        themes=tuple(statement.themes),
        words_key=key,
        shingles=shingles(statement.text),
        model_version=version,
        question_id=Question(article.title, article.text, statement.start, statement.end, speaker.person).question_id,
    )


async def find_echoes(run: Run) -> int:
    """Hold the next statements against the seed documents; returns how many (0: nothing is left)."""
    return echo_seeds(run.warehouse, ECHO_CHUNK)


async def detect_stances(run: Run) -> int:
    """Settle what was analysed: new stances into the ledger, alerts into the outbox; returns the alerts owed."""
    rules, detection = rule_rows(run.settings.alerts), run.settings.alerts.detection
    counts = detect_events(
        run.warehouse, run.run_id, run.now, rules, least_confidence(detection), detection.seed_confidence
    )
    run.counts.update(counts)
    run.warehouse.shed_memory()
    return counts["alerts"]


def rule_rows(alerts: AlertsFile) -> list[RuleRow]:
    """Each rule once a destination, as the warehouse takes it."""
    return [
        RuleRow(
            rule=rule.name,
            destination=destination,
            timing=rule.timing,
            kinds=rule.kinds,
            stances=rule.stances,
            actor_types=rule.actor_types,
            themes=rule.themes,
            actors=rule.actors,
            ignore_actors=rule.ignore_actors,
            publishers=rule.publishers,
            minimum_confidence=rule.minimum_confidence,
            keywords=rule.keywords,
            review_below=rule.review_below,
            cool_down_hours=rule.cool_down_hours,
        )
        for rule in alerts.rules
        for destination in rule.destinations
    ]
