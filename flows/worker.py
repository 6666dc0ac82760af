"""A disposable worker process: takes jobs on standard input, answers on standard output, within hard limits.

Started as ``python -m flows.worker CONFIG``. It parses what strangers wrote, so it may be killed at any job by its
CPU, memory or wall-clock limit; it holds nothing that could be lost.
"""

from __future__ import annotations

import logging
import os
import pickle
import resource
import signal
import sys
import time
from pathlib import Path
from typing import BinaryIO

from flows.config_file import ConfigError
from flows.jobs import (
    HEADER,
    AnalyseJob,
    Answer,
    BundleJob,
    Done,
    DrawJob,
    Errand,
    ExtractPageJob,
    Job,
    Meanings,
    ParseFeedJob,
    ReadInlineJob,
    ReadMeaningsJob,
    Rejected,
    ReportJob,
    SitemapIndex,
)
from flows.logs import JsonLines, doing, is_json
from flows.measure import peak_memory_bytes
from flows.settings import Places

MEMORY_BYTES = 768 * 1024 * 1024


def main() -> None:
    """Serve jobs until standard input ends."""
    config = Path(sys.argv[1])
    places = Places(config, config, config)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    record = JsonLines() if is_json(os.environ) else None
    logging.disable()  # libraries complain about pages; what matters comes back as the answer
    while body := _read(sys.stdin.buffer):
        body = pickle.dumps(_serve(body, places, record))
        try:
            answers.write(HEADER.pack(len(body)) + body)
            answers.flush()
        except BrokenPipeError:  # the parent was killed: nobody waits for the answer, or wants to read of it
            os._exit(0)


def _serve(body: bytes, places: Places, record: JsonLines | None) -> Done:
    """Do one job within its limits; where lines of JSON are wanted, leave one."""
    started, job_name, ids = time.monotonic(), "", {}
    try:
        errand: Errand = pickle.loads(body)  # noqa: S301 - our own parent wrote it
        job_name, ids = type(errand.job).__name__, dict(errand.doing)
        resource.setrlimit(errand.job.limited, (MEMORY_BYTES, MEMORY_BYTES))
        _limit_cpu(errand.job.cpu_seconds)
        answer = _do(errand.job, places)
    except MemoryError:
        answer = Rejected(f"needs more than {MEMORY_BYTES >> 20} MiB to parse")
    except RecursionError:
        answer = Rejected("is nested too deeply to parse")
    done = Done(answer, peak_memory_bytes())
    if record:
        outcome = "rejected" if isinstance(answer, Rejected) else "done"
        said = logging.makeLogRecord(
            {"name": "stancewatch.worker", "levelname": "INFO", "msg": getattr(answer, "reason", "") or outcome}
            | {"job": job_name, "outcome": outcome, "seconds": round(time.monotonic() - started, 3)}
            | {"memory_bytes": done.peak_bytes}
        )
        with doing(**ids):
            sys.stderr.write(record.format(said) + "\n")
    return done


def _do(job: Job, places: Places) -> Answer:
    match job:
        case ParseFeedJob():
            return _parse_feed(job)
        case ExtractPageJob():
            return _extract_page(job)
        case ReadInlineJob(content):
            from extractors.article import html_to_text  # noqa: PLC0415 - what a worker never does costs nothing

            return html_to_text(content)
        case AnalyseJob() | ReadMeaningsJob():
            return _ask_engine(job, places)
        case DrawJob() | BundleJob():
            return _draw(job)
        case ReportJob():
            return _write_report(job)


def _ask_engine(job: AnalyseJob | ReadMeaningsJob, places: Places) -> Answer:
    from flows.engine_loading import load_engine  # noqa: PLC0415 - what a worker never does costs nothing

    engine = load_engine(places)
    if isinstance(job, AnalyseJob):
        return tuple(engine.analyse(document) for document in job.documents)
    return Meanings(tuple(engine.meanings.read(text) for text in job.texts))


def _parse_feed(job: ParseFeedJob) -> Answer:
    from extractors.feed import NotAFeed, parse_feed  # noqa: PLC0415 - what a worker never does costs nothing
    from extractors.sitemap import IsSitemapIndex  # noqa: PLC0415 - likewise

    try:
        return parse_feed(job.body.read(), content_type=job.content_type, base_url=job.url, now=job.now)
    except IsSitemapIndex as index:
        return SitemapIndex(index.children)
    except NotAFeed as error:
        return Rejected(str(error))


def _extract_page(job: ExtractPageJob) -> Answer:
    from extractors.article import NoArticle  # noqa: PLC0415 - what a worker never does costs nothing
    from extractors.linked import extract_linked  # noqa: PLC0415 - likewise

    try:
        return extract_linked(job.body.read(), url=job.url, charset=job.charset, content_type=job.content_type)
    except NoArticle as error:
        return Rejected(str(error))


def _draw(job: DrawJob | BundleJob) -> Answer:
    from flows.picture import chart_scripts, draw_png  # noqa: PLC0415 - what a worker never does costs nothing

    if isinstance(job, BundleJob):
        return chart_scripts()
    try:
        return draw_png(job.specification, job.scale)
    except ValueError as error:
        return Rejected(f"cannot be drawn: {error}")


def _write_report(job: ReportJob) -> Answer:
    from flows.report_page import write_page  # noqa: PLC0415 - what a worker never does costs nothing
    from warehouse.database import WarehouseError  # noqa: PLC0415 - likewise

    try:
        write_page(job)
    except (ConfigError, WarehouseError) as error:
        return Rejected(str(error))
    except OSError as error:
        return Rejected(f"{job.target}: cannot be written: {error.strerror}; free space or give permission")
    return str(job.target)


def _limit_cpu(seconds: int) -> None:
    """Allow this job so many CPU seconds from now; the system kills the process beyond."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _read(stream: BinaryIO) -> bytes:
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return b""
    (size,) = HEADER.unpack(header)
    body = stream.read(size)
    return body if len(body) == size else b""


if __name__ == "__main__":
    main()
