"""`stancewatch` as a user runs it, for tests that call it often: a process for each call, started with its code read.

An interpreter needs a second to read what the command line imports. One process of ours reads it once and is forked
for each call, which has its own arguments, environment and files; `test_command.py` compares it with a real one.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
READ = ("flows.cli", "flows.commands", "flows.correction_commands", "flows.actor_commands", "flows.analyse", "pandas")
"""What those calls import, the last by duckdb where it is there; no thread of theirs runs before a call."""
_PROGRAM = """
import sys
sys.modules |= dict.fromkeys(("pandas", "pyarrow"))  # for developers only; DuckDB loads them where they are installed
from flows.cli import main
main()
"""
AS_USERS_HAVE_IT = (sys.executable, "-c", _PROGRAM)
"""The beginning of a command whose memory or time is measured: what is installed for developers alone is not there."""


def command(environment: Mapping[str, str], *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Call `stancewatch` with ``arguments`` in the repository's folder, ``text`` on its standard input.

    Args:
        environment: what is set beside this process's own variables, of which none that begins with STANCEWATCH stays.
        arguments: of the command line.
        text: its standard input.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("STANCEWATCH")}
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / name for name in ("in", "out", "err")]
        places[0].write_text(text, encoding="utf-8")
        call = {"arguments": arguments, "environment": inherited | dict(environment), "files": [*map(str, places)]}
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(call) + "\n")
        server.stdin.flush()
        status = int(server.stdout.readline())
        out, err = (place.read_text(encoding="utf-8") for place in places[1:])
    return subprocess.CompletedProcess(["stancewatch", *arguments], status, out, err)


def at_home(home: Path, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Call `stancewatch` with ``home``'s folders `config` and `data`."""
    places = {"STANCEWATCH_CONFIG": str(home / "config"), "STANCEWATCH_HOME": str(home / "data")}
    return command({"COLUMNS": "100", **places}, *arguments, text=text)


def new_home(folder: Path, alerts: str = "{}\n") -> Path:
    """A home that watches no feed and knows no seed, with an empty working file; ``alerts`` is its alerts.yml."""
    from tests.warehouse.timeline import new_file

    for name in ("config", "data"):
        (folder / name).mkdir(parents=True)
    for name in ("feeds", "seeds"):
        (folder / "config" / f"{name}.yml").write_text(f"{name}: []\n", encoding="utf-8")
    (folder / "config" / "alerts.yml").write_text(alerts, encoding="utf-8")
    new_file(folder / "data")
    return folder


@functools.cache
def _server() -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    started = subprocess.Popen([sys.executable, "-m", "tests.command"], stdin=pipe, stdout=pipe, text=True, cwd=ROOT)
    atexit.register(started.communicate)
    return started


def serve() -> None:
    """Answer each line of standard input, a call, with a line, its exit status."""
    for module in READ:
        importlib.import_module(module)
    for line in sys.stdin:
        call = json.loads(line)
        child = os.fork()
        if not child:
            _call(**call)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


def _call(arguments: list[str], environment: dict[str, str], files: list[str]) -> NoReturn:
    from flows.cli import main

    for number, file in enumerate(files):
        os.dup2(os.open(file, os.O_RDWR | os.O_CREAT), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - the process's own, until it ends
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["stancewatch", *arguments]
    sys.modules["__main__"].__package__ = None  # as for a script: usage lines name it
    status: object = 1
    try:
        main()
        status = 0
    except SystemExit as end:
        status = end.code or 0
    except BaseException:  # noqa: BLE001 - as an interpreter ends
        sys.excepthook(*sys.exc_info())
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 1)


if __name__ == "__main__":
    serve()
