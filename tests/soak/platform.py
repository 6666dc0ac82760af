"""A Prefect server on a real PostgreSQL, each of which can be killed with -9 and started anew."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFECT_PORT: Final = 4290
POSTGRES_PORT: Final = 5490
_START_SECONDS: Final = 900.0
_USER: Final = "postgres"


def postgres_bin() -> Path | None:
    """Where Debian's package has its programs, or None where it is not installed."""
    return max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=Path("-")).parent if _is_there() else None


def _is_there() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


class Platform:
    """Both servers under ``home``; they end with this process's context."""

    def __init__(self, home: Path, net: int) -> None:
        self.home = home
        self.port, self.data_port = PREFECT_PORT + net, POSTGRES_PORT + net
        self.api_url = f"http://127.0.0.1:{self.port}/api"
        self._postgres: subprocess.Popen[bytes] | None = None
        self._server: subprocess.Popen[bytes] | None = None

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """While this lasts, both answer, unless killed."""
        try:
            self.mend()
            yield
        finally:
            self.stop()

    def stop(self) -> None:
        """End both in an orderly way."""
        for process, how in ((self._server, signal.SIGTERM), (self._postgres, signal.SIGINT)):
            if process is not None and process.poll() is None:
                process.send_signal(how)
                process.wait(_START_SECONDS)

    def states(self) -> dict[str, int]:
        """How many runs are in each state, by Prefect's record."""
        self.mend()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", "/api/flow_runs/filter", "{}", {"Content-Type": "application/json"})
        rows = json.loads(connection.getresponse().read())
        connection.close()
        return dict(Counter(str(row["state_name"]) for row in rows))

    @property
    def is_new(self) -> bool:
        """Whether neither was started yet."""
        return self._postgres is None

    def mend(self) -> None:
        """Start what does not run."""
        if self._postgres is None or self._postgres.poll() is not None:
            self._start_postgres()
        if self._server is None or self._server.poll() is not None:
            self._start_server()

    def kill_server(self) -> None:
        """As if its machine's power had failed."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()

    def kill_postgres(self) -> None:
        """Likewise; its children end with it."""
        if self._postgres is not None:
            self._postgres.kill()
            self._postgres.wait()

    def _start_postgres(self) -> None:
        programs, data = postgres_bin(), self.home / "postgres"
        if programs is None:
            raise FileNotFoundError("no PostgreSQL: apt-get install postgresql")
        who = pwd.getpwnam(_USER) if os.geteuid() == 0 else None
        rights: dict[str, int] = {} if who is None else {"user": who.pw_uid, "group": who.pw_gid}
        if not data.exists():
            data.mkdir(parents=True)
            if who is not None:
                shutil.chown(data, who.pw_uid, who.pw_gid)
            initdb = [str(programs / "initdb"), "-D", str(data), "-U", _USER, "-A", "trust", "--no-sync"]
            subprocess.run(initdb, check=True, capture_output=True, **rights)  # type: ignore[call-overload]  # noqa: S603 - Debian's
        options = ("-p", str(self.data_port), "-k", str(data), "-c", "listen_addresses=127.0.0.1")
        command = [str(programs / "postgres"), "-D", str(data), *options]
        with (self.home / "postgres.log").open("ab") as log:
            self._postgres = subprocess.Popen(command, stdout=log, stderr=log, **rights)  # type: ignore[call-overload]  # noqa: S603 - Debian's
        ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.data_port)]
        _wait(lambda: subprocess.run(ready, check=False).returncode == 0, "PostgreSQL")  # noqa: S603 - Debian's

    def _start_server(self) -> None:
        url = f"postgresql+asyncpg://{_USER}@127.0.0.1:{self.data_port}/postgres"
        environment = {
            **os.environ,
            "PREFECT_HOME": str(self.home / "prefect"),
            "PREFECT_API_DATABASE_CONNECTION_URL": url,
        }
        environment.pop("PREFECT_API_URL", None)
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(self.port)]
        with (self.home / "server.log").open("ab") as log:
            self._server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)  # noqa: S603 - our own interpreter
        _wait(self._answers, "the Prefect server")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/api/health")
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            connection.close()


def _wait(is_ready: object, what: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if callable(is_ready) and is_ready():
            return
        time.sleep(0.2)
    raise ChildProcessError(f"{what} does not start")
