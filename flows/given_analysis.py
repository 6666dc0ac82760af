"""Articles whose labels came with them, as the engine would hand them over: only who is who is worked out."""

from __future__ import annotations

import asyncio
import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.given import GivenSpeakers
from extractors.lexicon import Lexicon
from extractors.records import ActorType, Analysis, QuoteKind, Stance, StanceLabel, Statement, Theme
from flows.config_file import read_config
from flows.engine import known_actors
from flows.jobs import Meanings, ReadMeaningsJob
from warehouse.given import select_given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.run import Run
    from flows.settings import Places
    from warehouse.articles import ArticleForAnalysis
    from warehouse.given import GivenLabels, GivenStatement


async def given_analyses(
    run: Run, articles: Sequence[ArticleForAnalysis], version: str
) -> list[tuple[ArticleForAnalysis, Analysis]]:
    """What is given about each article, with names and meanings as the engine of ``version`` would have them."""
    if not articles:
        return []
    speakers = load_speakers(run.settings.places, version)
    labels = {each.text.article_id: each for each in select_given(run.warehouse, [a.article_id for a in articles])}
    found = [read_given(article.text, labels[article.article_id], speakers) for article in articles]
    return list(zip(articles, await asyncio.gather(*(_with_meanings(run, each) for each in found)), strict=True))


def read_given(text: str, labels: GivenLabels, speakers: GivenSpeakers) -> Analysis:
    """Labels of ``text`` as an analysis."""
    statements = tuple(_statement(text, given, speakers) for given in labels.statements)
    return Analysis(statements, (), tuple(map(Theme, labels.text.themes)))


async def _with_meanings(run: Run, analysis: Analysis) -> Analysis:
    """The analysis with what its statements mean; without, where the worker that reads them dies of it."""
    telling = [s for s in analysis.statements if s.themes or s.label.stance is not Stance.NONE]
    if not telling:
        return analysis
    answer = await run.heavy.run(ReadMeaningsJob(tuple(statement.text for statement in telling)))
    if not isinstance(answer, Meanings):
        return analysis
    meanings = dict(zip(map(id, telling), answer.found, strict=True))
    read = tuple(replace(statement, meaning=meanings.get(id(statement))) for statement in analysis.statements)
    return replace(analysis, statements=read)


@functools.lru_cache(maxsize=2)
def load_speakers(places: Places, version: str) -> GivenSpeakers:
    """The knowledge of names in the configuration of ``places``, read again where another ``version`` tells a change.

    Raises:
        ConfigError: a configuration file cannot be used.
    """
    del version
    return GivenSpeakers(read_config(places.file("language.yml"), Lexicon), known_actors(places))


def _statement(text: str, given: GivenStatement, speakers: GivenSpeakers) -> Statement:
    kind = ActorType(given.actor_type) if given.actor_type else None
    speaker = speakers.read(given.person, given.role, given.organisation, kind)
    return Statement(
        start=given.start_char,
        end=given.end_char,
        text=text[given.start_char : given.end_char],
        speaker=speaker,
        persona=speakers.persona(speaker),
        quote_kind=QuoteKind(given.quote_kind),
        label=StanceLabel(
            Stance(given.stance), given.stance_score, given.confidence, given.evidence_start, given.evidence_end
        ),
        themes=tuple(map(Theme, given.themes)),
    )
