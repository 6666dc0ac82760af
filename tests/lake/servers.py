"""Real servers for lakes, on this machine only: PostgreSQL on a socket of its own; each ends with its process."""

from __future__ import annotations

import atexit
import contextlib
import functools
import itertools
import os
import re
import select
import shutil
import socket
import socketserver
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from warehouse.database import Warehouse

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERS = itertools.count(1)
_QUIET = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "shared_buffers=32MB")


def postgres_folder() -> Path | None:
    """Where Debian's package, or anybody's, has PostgreSQL's programs; None: it is not there."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    on_path = shutil.which("postgres")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@functools.cache
def catalogue_server() -> str:
    """The address of a PostgreSQL of our own, started once, without its databases' names; it ends with this process."""
    programs = postgres_folder()
    assert programs, "PostgreSQL is not installed: apt-get install postgresql"
    user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    home = Path(tempfile.mkdtemp(prefix="stancewatch-pg-"))
    if user:
        shutil.chown(home, "postgres")
    data = home / "data"
    initdb = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "--no-sync",
        "--no-locale",
        "-E",
        "UTF8",
    ]
    subprocess.run([*map(str, initdb)], check=True, cwd="/", stdout=subprocess.DEVNULL, **user)  # type: ignore[call-overload]  # noqa: S603
    options = [word for setting in _QUIET for word in ("-c", setting)]
    server = ["setpriv", "--pdeathsig", "INT", str(programs / "postgres"), "-D", str(data), "-k", str(home), *options]
    process = subprocess.Popen(server, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **user)  # type: ignore[call-overload]  # noqa: S603

    def stop() -> None:
        process.terminate()
        process.wait(20)
        shutil.rmtree(home, ignore_errors=True)

    atexit.register(stop)
    address = f"host={home} user=postgres"
    _await(f"{address} dbname=postgres")
    return address


def _await(address: str) -> None:
    for _ in range(400):
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(address):
            return
        time.sleep(0.05)
    raise AssertionError("PostgreSQL does not start")


@contextlib.contextmanager
def over_network() -> Iterator[str]:
    """The address of the server on a port of this machine, by a forwarder: a socket file has no limits of time."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Forwarder) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"host=127.0.0.1 port={server.server_address[1]} user=postgres"
        finally:
            server.shutdown()


class _Forwarder(socketserver.BaseRequestHandler):
    """One connection, handed on to the server's socket file."""

    def handle(self) -> None:
        with socket.socket(socket.AF_UNIX) as server:
            server.connect(re.sub(r"host=(\S+) .*", r"\1/.s.PGSQL.5432", catalogue_server()))
            ends = {self.request: server, server: self.request}
            while True:
                for end in select.select([*ends], [], [])[0]:
                    data = end.recv(1 << 16)
                    if not data:
                        return
                    ends[end].sendall(data)


def run_sql(sql: str, database: str = "postgres") -> list[tuple[object, ...]]:
    """Run something in a database of the server."""
    with psycopg.connect(f"{catalogue_server()} dbname={database}", autocommit=True) as session:
        cursor = session.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []


def new_database() -> str:
    """The name of a new, empty database."""
    name = f"lake{next(_NUMBERS)}"
    run_sql(f"CREATE DATABASE {name}")
    return name


def name_lake(path: Path, database: str, data: str) -> Path:
    """Write a ``.lake`` file."""
    path.write_text(f"catalogue: {catalogue_server()} dbname={database}\ndata: {data}\n")
    return path


@functools.cache
def _empty_lake() -> Path:
    """A lake in which nothing is, to be copied: to make one takes seconds."""
    folder = Path(tempfile.mkdtemp(prefix="stancewatch-lake-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = empty_database(folder / "empty.lake", "empty.files")
    Warehouse.open(path).close()
    return path


def empty_lake(path: Path) -> Path:
    """A new lake with nothing in it at ``path``, its files beside it."""
    return copy_lake(_empty_lake(), path)


def database_of(lake: Path) -> str:
    """The database of a lake's catalogue."""
    return lake.read_text(encoding="utf-8").splitlines()[0].rpartition("dbname=")[2]


def copy_lake(lake: Path, path: Path) -> Path:
    """A lake at ``path`` with what is in another whose files lie beside it, and which nobody uses just now."""
    database, data = f"lake{next(_NUMBERS)}", path.with_suffix(".files")
    run_sql(f"CREATE DATABASE {database} TEMPLATE {database_of(lake)}")
    shutil.copytree(lake.with_suffix(".files"), data)
    run_sql(f"UPDATE ducklake_metadata SET value = '{data}/' WHERE key = 'data_path'", database)  # noqa: S608
    return name_lake(path, database, str(data))


def empty_database(path: Path, data: str = "data") -> Path:
    """A lake at ``path`` that is yet to be made."""
    return name_lake(path, new_database(), data)
