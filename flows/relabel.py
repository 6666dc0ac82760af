"""`stancewatch relabel`: derive history anew with the engine as it now stands, and say what changed."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from flows.analyse import analyse_articles, detect_stances, find_echoes
from flows.engine import engine_version
from flows.heavy_half import as_configured
from flows.pipeline import index_backlog, plainly, publish_snapshot, until_done
from flows.run import WAIT_SECONDS, open_run
from flows.second_opinion import second_opinions
from flows.settings import load_settings
from warehouse.labels import compare_labels, remember_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.labels import LabelChange


def relabel_history() -> str:
    """Derive anew what another engine labelled, without events or alerts; returns what changed, a line a change.

    Cut off, it goes on where it stopped when it is called again; each call tells what it did itself.
    """
    return asyncio.run(_relabel())


async def _relabel() -> str:
    settings = load_settings()
    version = engine_version(settings.places)
    async with open_run(settings, "relabel", wait_seconds=WAIT_SECONDS, heavy=as_configured) as run:
        remember_labels(run.warehouse, version)
        await until_done(plainly, "relabel articles", partial(analyse_articles, run, only_known=True))
        articles = run.counts["articles_analysed"] - run.counts["articles_given"]
        await second_opinions(run)
        await until_done(plainly, "find echoes", partial(find_echoes, run))
        changes = compare_labels(run.warehouse)
        await detect_stances(run)
        await until_done(plainly, "index texts", partial(index_backlog, run))
        await publish_snapshot(run)
    return "\n".join([f"{articles} articles relabelled with engine {version}", *tell_changes(changes)])


def tell_changes(changes: Sequence[LabelChange]) -> list[str]:
    """What changed, a line each: stances first, the most frequent ahead; then what stayed."""
    lines = [
        f"  {each.statements:>6}  {_name(each.old_stance)} -> {_name(each.new_stance)}"
        for each in changes
        if each.old_stance != each.new_stance
    ]
    kept = [each for each in changes if each.old_stance == each.new_stance]
    same = sum(each.statements for each in kept)
    if same:
        themes = sum(each.with_other_themes for each in kept)
        lines.append(f"  {same:>6}  keep their side, {themes} of them with other themes")
    return lines


def _name(stance: str | None) -> str:
    return stance or "not a statement"
