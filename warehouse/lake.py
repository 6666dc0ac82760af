"""A warehouse that is no file: DuckLake, its catalogue in PostgreSQL, its Parquet in a folder or an S3 bucket."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import duckdb
import yaml

from warehouse.errors import WarehouseError
from warehouse.extensions import extension_file
from warehouse.scratch import spill_place
from warehouse.sql_text import query_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Settings = dict[str, str | bool | int | float | list[str]]
NAME: Final = "lake"
"""What a lake is called in a connection; its catalogue is ``__ducklake_metadata_lake`` there."""
READER: Final = "stancewatch-reader"
"""What the sessions of those who only read are called in the catalogue."""
BOUNDS: Final = "connect_timeout=10 keepalives_idle=10 keepalives_interval=5 keepalives_count=3 tcp_user_timeout=30000"
"""How long a session with a catalogue waits for a machine that is gone without a word, in libpq's words."""
_REMEDY = "install stancewatch[lake]"


@dataclass(frozen=True, slots=True)
class Lake:
    """Where a lake is: its catalogue in libpq's words, without a password, and the folder of its files."""

    catalogue: str
    data: str

    @property
    def is_remote(self) -> bool:
        """Whether the files lie in a bucket."""
        return self.data.startswith("s3://")


def is_lake(path: Path) -> bool:
    """Whether ``path`` names a lake: where it is stands in that file."""
    return path.suffix == ".lake"


def read_lake(path: Path) -> Lake | None:
    """What a ``.lake`` file names; None: ``path`` is that of a warehouse file.

    Raises:
        WarehouseError: it cannot be read, or is not written as docs/lake.md has it.
    """
    if not is_lake(path):
        return None
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise WarehouseError(f"{path}: cannot be read: {type(error).__name__}; write it as in docs/lake.md") from None
    if not isinstance(found, dict) or {*found} != {"catalogue", "data"}:
        raise WarehouseError(f"{path}: must have two lines, catalogue: … and data: …, as in docs/lake.md")
    catalogue, data = str(found["catalogue"] or ""), str(found["data"] or "")
    if re.search(r"\bpassword\s*=|://[^@/]*:[^@/]*@", catalogue):
        raise WarehouseError(f"{path}: catalogue: holds a password; give it by PGPASSWORD or ~/.pgpass")
    if not data or "'" in data:
        raise WarehouseError(f"{path}: data: must be a folder, or s3://BUCKET/FOLDER")
    return Lake(catalogue, data if data.startswith("s3://") else str((path.parent / data).resolve()))


def spill_of(path: Path) -> Path:
    """Where whoever writes a file or a lake puts what does not fit into memory; beside a file, its readers too."""
    return path.with_name(f"{path.name}.tmp")


def attach_to_read(path: Path, lake: Lake, settings: Settings, options: str) -> duckdb.DuckDBPyConnection:
    """A connection in which the lake is the database in use, to be read, as `attach` makes it."""
    try:
        spill = spill_place(path.parent)
    except OSError:  # who may write nothing there spills nothing
        spill = spill_of(path)
    return attach(lake, spill, settings, READER, options)


def attach(lake: Lake, spill: Path, settings: Settings, session: str, options: str) -> duckdb.DuckDBPyConnection:
    """A connection in which the lake is the database in use.

    Args:
        lake: where it is.
        spill: the folder for what does not fit into memory.
        settings: DuckDB's.
        session: what the sessions with the catalogue are called.
        options: of ATTACH.

    Raises:
        WarehouseError: DuckDB's extensions are not installed.
        duckdb.Error: it cannot be reached, or is none.
    """
    with contextlib.ExitStack() as undo:
        connection = duckdb.connect(":memory:", config={"temp_directory": str(spill), **settings})
        undo.callback(connection.close)
        attach_as(connection, NAME, lake, session, options)
        connection.execute(f"USE {NAME}")
        connection.execute(query_text("set_utc"))
        undo.pop_all()
    return connection


def attach_as(connection: duckdb.DuckDBPyConnection, name: str, lake: Lake, session: str, options: str) -> None:
    """Attach a lake to a connection under the name of a database, beside what is open there.

    Raises:
        WarehouseError: DuckDB's extensions are not installed.
        duckdb.Error: it cannot be reached, or is none.
    """
    for extension in ("postgres_scanner", "ducklake", *(["httpfs"] if lake.is_remote else [])):
        connection.load_extension(str(extension_file(extension, _REMEDY)))
    if lake.is_remote:
        _give_keys(connection, os.environ)
    address = f"{lake.catalogue} {BOUNDS} application_name={session}".replace("'", "''")
    connection.execute(f"ATTACH 'ducklake:postgres:{address}' AS {name} ({options})")


def _give_keys(connection: duckdb.DuckDBPyConnection, environment: Mapping[str, str]) -> None:
    """Tell DuckDB what opens the bucket, from the names that all of S3's own tools read; kept in memory only."""
    endpoint = environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL", "")
    scheme, _, host = endpoint.rpartition("://")
    given = {
        "KEY_ID": environment.get("AWS_ACCESS_KEY_ID", ""),
        "SECRET": environment.get("AWS_SECRET_ACCESS_KEY", ""),
        "SESSION_TOKEN": environment.get("AWS_SESSION_TOKEN", ""),
        "REGION": environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or "us-east-1",
        "ENDPOINT": host.rstrip("/"),
        "URL_STYLE": "path" if endpoint else "",
        "USE_SSL": "false" if scheme == "http" else "",
    }
    words = "".join(f", {name} '{value.replace(chr(39), chr(39) * 2)}'" for name, value in given.items() if value)
    connection.execute(query_text("hide_keys"))
    connection.execute(f"CREATE OR REPLACE SECRET {NAME} (TYPE s3{words})")
