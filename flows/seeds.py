"""Seeds: the user's documents, found by hash, loaded as history beside the articles."""

from __future__ import annotations

import dataclasses
import hashlib
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.identity import content_id
from extractors.records import EXTRACTOR_VERSION, ExtractedPage, TextSource
from flows.fetch import Fetched, FetchKind, FetchRequest
from flows.jobs import ExtractPageJob, Rejected
from flows.seed_settings import SeedConfig
from warehouse.articles import ArticleRow, SeedRow, record_seeds, select_loaded_seeds, store_articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.run import Run
    from flows.settings import Settings

log = logging.getLogger("stancewatch")


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A configured seed and what was found of it; ``problem`` is one line, empty when ``text`` is right."""

    config: SeedConfig
    path: Path | None
    text: str
    problem: str


def seed_folders(settings: Settings) -> tuple[Path, ...]:
    """Where seeds are looked for: seeds/ and ../shared/seeds/, from here and from beside the configuration."""
    roots = (Path(), settings.places.config.resolve().parent, settings.places.home.resolve().parent)
    return tuple(dict.fromkeys(root / place for root in roots for place in ("seeds", "../shared/seeds")))


def find_seeds(configs: Sequence[SeedConfig], folders: Sequence[Path]) -> list[SeedFile]:
    """Each configured seed with its text, from the first folder that has the file."""
    return [_find(config, folders) for config in configs]


async def load_seeds(run: Run, folders: Sequence[Path]) -> int:
    """Load the seeds that are found and not yet loaded; warn once of those that are not; returns how many are new."""
    loaded = select_loaded_seeds(run.warehouse)
    wanted = [config for config in run.settings.seeds.seeds if loaded.get(config.file) != config.sha256]
    found = find_seeds(wanted, folders)
    _warn([seed for seed in found if seed.config.file not in loaded], folders)
    rows = [(seed, _article(seed, run.now)) for seed in found if not seed.problem]
    _store(run, rows)
    return len(rows)


async def fetch_seeds(run: Run, folders: Sequence[Path]) -> int:
    """Get the seeds that are missing and whose address is known from their publishers; returns how many came.

    The page is stored as the same seed with the hash of what came, since the user's own copy may differ.
    """
    loaded = select_loaded_seeds(run.warehouse)
    missing = [seed for seed in find_seeds(run.settings.seeds.seeds, folders) if seed.problem]
    wanted = [seed.config for seed in missing if seed.config.url and seed.config.file not in loaded]
    rows = []
    for config in wanted:
        fetch = await run.fetcher.fetch(FetchRequest(config.url, FetchKind.PAGE))
        answer: object = Rejected(fetch.reason)
        if isinstance(fetch, Fetched):
            job = ExtractPageJob(fetch.spool, fetch.final_url, fetch.charset, fetch.content_type)
            answer = await run.workers.run(job)
        if isinstance(answer, ExtractedPage) and answer.wall:
            answer = Rejected(answer.wall)
        if isinstance(answer, ExtractedPage):
            sha256 = hashlib.sha256(answer.text.encode()).hexdigest()
            seed = SeedFile(dataclasses.replace(config, sha256=sha256, title=answer.title), None, answer.text, "")
            rows.append((seed, _article(seed, run.now)))
        else:
            log.warning("seed %s: %s: %s", config.file, config.url, getattr(answer, "reason", "gave no article"))
    _store(run, rows)
    return len(rows)


def _store(run: Run, rows: Sequence[tuple[SeedFile, ArticleRow]]) -> None:
    if rows:
        run.counts.update(store_articles(run.warehouse, run.now, [article for _, article in rows], []))
        seeds = [SeedRow(seed.config.file, seed.config.sha256, article.article_id) for seed, article in rows]
        record_seeds(run.warehouse, run.now, seeds)
    run.counts["seeds_loaded"] += len(rows)


def _find(config: SeedConfig, folders: Sequence[Path]) -> SeedFile:
    path = next((folder / config.file for folder in folders if (folder / config.file).is_file()), None)
    if path is None:
        return SeedFile(config, None, "", "is not there")
    body = path.read_bytes()
    if hashlib.sha256(body).hexdigest() != config.sha256:
        return SeedFile(config, path, "", f"{path} has another sha256 than config/seeds.yml: not loaded")
    return SeedFile(config, path, body.decode("utf-8"), "")


def _warn(seeds: Sequence[SeedFile], folders: Sequence[Path]) -> None:
    missing = [seed.config.file for seed in seeds if seed.path is None]
    if missing:
        looked = ", ".join(str(folder) for folder in folders)
        log.warning(
            "%d seed documents are missing (%s): put them into seeds/ (looked in %s)", len(missing), missing[0], looked
        )
    for seed in seeds:
        if seed.path is not None and seed.problem:
            log.warning("seed %s", seed.problem)


def _article(seed: SeedFile, now: datetime) -> ArticleRow:
    config = seed.config
    lines = seed.text.splitlines() if seed.path else []
    title = lines[config.title_line - 1].strip() if 0 < config.title_line <= len(lines) else config.title
    return ArticleRow(
        article_id=config.article_id,
        url=config.url or f"seed:{config.file}",
        publisher=config.publisher,
        feed_id="",
        kind="seed",
        title=title,
        byline="",
        published_at=datetime.combine(config.published_on(), time(), UTC),
        first_seen_at=now,
        fetched_at=now,
        language="en",
        text=seed.text,
        text_hash=content_id(seed.text),
        words=len(seed.text.split()),
        extractor_version=EXTRACTOR_VERSION,
        is_live=False,
        text_source=TextSource.FILE if seed.path else TextSource.PAGE,
    )
