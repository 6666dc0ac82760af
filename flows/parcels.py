"""A batch on its way to another machine: bytes out, bytes back, and all that its answers depend on goes along."""

from __future__ import annotations

import asyncio
import functools
import io
import pickle
import platform
import sys
import tempfile
import threading
import zlib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.records import EXTRACTOR_VERSION
from flows.engine import KNOWLEDGE, engine_version
from flows.settings import Places
from flows.spool import Spool
from flows.workers import WorkerPool

if TYPE_CHECKING:
    from flows.batches import HeavyJob
    from flows.jobs import Answer

_LIBRARIES = ("trafilatura", "lxml", "courlan", "htmldate", "pypdf", "numpy")
"""What the text of a page and the labels of an article depend on beside our own code."""
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class OtherVersions:
    """A batch that was not done, since another program or engine would have done it."""

    found: str


class Parcel:
    """A batch as bytes, with the analysts' knowledge it is to be done with and the versions it is to be done by.

    A plain object, so that Prefect does not look for futures within. What is packed holds no path: the bytes of a page
    come along, and so do the configuration files that an answer depends on.
    """

    __slots__ = ("jobs", "knowledge", "name", "versions")

    def __init__(self, jobs: tuple[HeavyJob, ...], knowledge: bytes, versions: str) -> None:
        self.name = f"{jobs[0].what}, {len(jobs)} at once" if jobs else "compare versions"
        self.knowledge, self.versions = knowledge, versions
        self.jobs = _Whole.packed(jobs)

    def do(self) -> bytes:
        """The pickled answers in their order, or `OtherVersions`; by disposable workers of the machine it is on."""
        desk = _desk(self.knowledge)
        if desk.versions != self.versions:
            return pickle.dumps(OtherVersions(desk.versions))
        jobs: tuple[HeavyJob, ...] = pickle.loads(self.jobs)  # noqa: S301 - our own program packed it
        return pickle.dumps(asyncio.run_coroutine_threadsafe(_one_by_one(desk.workers, jobs), _loop()).result())


class _Whole(pickle.Pickler):
    """Takes the bytes of a page along, where a pickle for a process beside us names the file they are in."""

    def reducer_override(self, obj: object) -> Any:
        """How to pickle ``obj`` where not as usual."""
        return (Spool.of, (obj.read(),)) if isinstance(obj, Spool) else NotImplemented

    @classmethod
    def packed(cls, jobs: tuple[HeavyJob, ...]) -> bytes:
        """The jobs as bytes that any machine can read."""
        buffer = io.BytesIO()
        cls(buffer, pickle.HIGHEST_PROTOCOL).dump(jobs)
        return buffer.getvalue()


def pack_knowledge(places: Places) -> bytes:
    """The configuration files that the engine's answers depend on."""
    return zlib.compress(pickle.dumps({name: places.file(name).read_bytes() for name in KNOWLEDGE}))


def versions(places: Places) -> str:
    """All that answers depend on, beside the batch itself, in words that tell two of them apart."""
    libraries = ", ".join(f"{name} {metadata.version(name)}" for name in _LIBRARIES)
    python = ".".join(platform.python_version_tuple()[:2])
    return f"engine {engine_version(places)}, extractor {EXTRACTOR_VERSION}, Python {python}, {libraries}"


def versions_with(knowledge: bytes) -> str:
    """The versions of the machine that this runs on, with knowledge that was sent to it."""
    return _desk(knowledge).versions


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where batches that share their knowledge are done: a folder with it, and workers that have loaded it."""

    folder: tempfile.TemporaryDirectory[str]
    workers: WorkerPool
    versions: str


def _desk(knowledge: bytes) -> _Desk:
    with _lock:
        return _open_desk(knowledge)


@functools.lru_cache(maxsize=2)
def _open_desk(knowledge: bytes) -> _Desk:
    folder = tempfile.TemporaryDirectory(prefix="stancewatch-")
    path = Path(folder.name)
    files: dict[str, bytes] = pickle.loads(zlib.decompress(knowledge))  # noqa: S301 - our own program packed it
    for name in KNOWLEDGE:
        (path / name).write_bytes(files[name])
    return _Desk(folder, WorkerPool(path, sys.maxsize), versions(Places(path, path, path)))


def _loop() -> asyncio.AbstractEventLoop:
    with _lock:
        return _start_loop()


@functools.cache
def _start_loop() -> asyncio.AbstractEventLoop:
    """The event loop of this process's disposable workers: a batch comes in a thread of the cluster's."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="stancewatch-workers", daemon=True).start()
    return loop


async def _one_by_one(workers: WorkerPool, jobs: tuple[HeavyJob, ...]) -> tuple[Answer, ...]:
    """A batch takes one core: the cluster knows how many it may use at a time."""
    return tuple([await workers.run(job) for job in jobs])
