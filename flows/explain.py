"""`stancewatch explain`: a stored article with its statements as they stand, and how to correct them."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.analysis import actors_of
from extractors.identity import canonical_url, content_id
from extractors.records import ActorType, Analysis, Document, QuoteKind, Speaker, Stance, StanceLabel, Statement, Theme
from flows.engine_loading import load_engine
from flows.marked import Mark, marked_article
from flows.settings import locate
from warehouse.reading import find_article, select_article_statements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.reading import StoredStatement


def explain_article(key: str) -> int:
    """Print a stored article with its statements marked; returns the exit status."""
    places = locate()
    article = find_article(places.warehouse, key, content_id(canonical_url(key)))
    if article is None:
        sys.stderr.write(
            f"stancewatch: no stored article has the address or id {key!r}, nor a statement with that id;"
            " look in the views articles and statements\n"
        )
        return 1
    document = Document(
        article.text, article.title, article.byline, article.publisher, article.published_on, article.url
    )
    analysis = load_engine(places).analyse(document)
    stored = select_article_statements(places.warehouse, article.article_id)
    if stored and all(article.text[each.start_char : each.end_char] == each.text for each in stored):
        marks = [_mark(each, key) for each in stored]
        sys.stdout.write(marked_article(document, _as_stored(analysis, stored), marks))
    else:  # it waits for analysis: this is what will be stored
        sys.stdout.write(marked_article(document, analysis))
    if article.revision > 1:
        sys.stdout.write(f"\nThis is revision {article.revision}; the view revisions shows what each changed.\n")
    return 0


def _as_stored(analysis: Analysis, stored: Sequence[StoredStatement]) -> Analysis:
    """The statements as they are stored, with the grounds that the engine gives for whose they are."""
    found = {(each.start, each.end): each for each in analysis.statements}
    statements = tuple(_statement(each, found.get((each.start_char, each.end_char))) for each in stored)
    return replace(analysis, statements=statements, actors=actors_of(statements))


def _statement(stored: StoredStatement, found: Statement | None) -> Statement:
    evidence = (stored.evidence_start, stored.evidence_end)
    speaker = Speaker(stored.person, stored.role, stored.organisation, ActorType(stored.actor_type))
    is_same = found is not None and (found.speaker.person, found.speaker.organisation) == (
        stored.person,
        stored.organisation,
    )
    return Statement(
        start=stored.start_char,
        end=stored.end_char,
        text=stored.text,
        speaker=speaker,
        persona=None,
        quote_kind=QuoteKind(stored.quote_kind),
        label=StanceLabel(Stance(stored.stance), stored.stance_score, stored.confidence, *evidence),
        themes=tuple(Theme(theme) for theme in stored.themes),
        grounds=found.grounds if found and is_same else "",
    )


def _mark(stored: StoredStatement, key: str) -> Mark:
    own = ""
    if stored.corrected:
        who = ", ".join(filter(None, [stored.own_person, stored.own_organisation])) or "nobody named"
        own = f"{stored.own_stance}, {who}"
    return Mark(stored.statement_id, own, is_asked_for=stored.statement_id.startswith(key.lower()))
