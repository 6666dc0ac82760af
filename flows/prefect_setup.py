"""Prefect's own settings, put into the environment before it is imported: quiet, local, nothing sent anywhere."""

from __future__ import annotations

import contextlib
import ctypes
import http.client
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from flows.secret_values import fill_in_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence

from flows.logs import PrefectLines, is_json

log = logging.getLogger("stancewatch")
DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",  # that page calls out to an analytics host whatever the settings
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "500",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "500",
    # kept in memory, a lease dies with the server and its deployment is "at its limit" for ever
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    # a run says once a minute that it lives, so that a server notices when it does not
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "60",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",  # a command says itself, in one line, what went wrong
    "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",  # nor the traces of what it could not tell a server that is gone
    "PREFECT_LOGGING_EXTRA_LOGGERS": "stancewatch",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_CLI_PROMPT": "false",
}
HOST = "127.0.0.1"
USUAL_PORT = 4200
START_SECONDS = 120.0
STOP_SECONDS = 10.0
_PR_SET_PDEATHSIG = 1


def prepare_prefect(home: Path, environment: MutableMapping[str, str] | None = None) -> None:
    """Set what is not set yet; Prefect's own files go into ``home``/prefect.

    Must run before the first import of prefect, which reads its settings once.
    """
    target = os.environ if environment is None else environment
    if is_json(target):
        target.setdefault("PREFECT_LOGGING_LEVEL", "INFO")
        target.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER", "json")
        target.setdefault("PREFECT_LOGGING_FORMATTERS_JSON_CLASS", f"{PrefectLines.__module__}.{PrefectLines.__name__}")
    for name, value in {**DEFAULTS, "PREFECT_HOME": str(home.resolve() / "prefect")}.items():
        target.setdefault(name, value)
    fill_in_files(target)
    own = Path(target["PREFECT_HOME"])  # Prefect makes one level only, and open to all
    own.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    own.mkdir(mode=0o700, exist_ok=True)


class PrefectGoneError(ConnectionError):
    """Prefect's server does not answer; the text is one line that says where it should be and what to do."""


@contextlib.contextmanager
def in_one_line() -> Iterator[None]:
    """What Prefect raises where its server does not answer, or no more, or has no database, as one line.

    Raises:
        PrefectGoneError: in the place of it.
    """
    import httpx  # noqa: PLC0415 - Prefect's own client, read by then
    from prefect.exceptions import PrefectHTTPStatusError  # noqa: PLC0415 - likewise

    for name in ("EventsWorker", "APILogWorker"):  # which count what they could not send
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.raiseExceptions = False  # else what sends log records prints each refusal, at the end of the process too
    try:
        yield
    except (httpx.TransportError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and not str(error).startswith("Failed to reach API at "):
            raise
        raise _gone("does not answer; start it") from None
    except PrefectHTTPStatusError as error:
        status = error.response.status_code
        if status < http.client.INTERNAL_SERVER_ERROR:
            raise
        raise _gone(f"answers with status {status}; look at its log and its database") from None


def _gone(words: str) -> PrefectGoneError:
    from flows.prefect_api import place_of  # noqa: PLC0415 - it needs httpx, which most commands do not

    place = place_of(os.environ.get("PREFECT_API_URL", "")) or "the address of its settings"
    return PrefectGoneError(f"Prefect's server at {place} {words}, or unset PREFECT_API_URL to run without one")


@contextlib.contextmanager
def temporary_api() -> Iterator[Callable[[], None]]:
    """The API that one run needs, without a scheduler, in a process of its own while no other is configured.

    Prefect would start one by itself, but only once it has loaded the whole server into this process too, which costs
    65 MiB of it. Enter before prefect is imported, and call what is yielded before the first flow: it waits until
    the API answers.

    Raises:
        ChildProcessError: it does not start.
    """
    if os.environ.get("PREFECT_API_URL"):
        yield lambda: None
        return
    port = _free_port(0)
    arguments = ("uvicorn", "--factory", "prefect.server.api.server:create_app", "--host", HOST, "--port", str(port))
    environment = {
        **os.environ,
        "PREFECT_UI_ENABLED": "0",
        "PREFECT__SERVER_EPHEMERAL": "1",
        "PREFECT__SERVER_FINAL": "1",
    }
    with _running([*arguments, "--log-level", "error", "--lifespan", "on"], environment) as process:
        os.environ["PREFECT_API_URL"] = f"http://{HOST}:{port}/api"
        try:
            yield lambda: _wait_until_ready(process, port)
        finally:
            _send_what_waits()
            del os.environ["PREFECT_API_URL"]


def _send_what_waits() -> None:
    """Send Prefect's own log records and events while their server still answers."""
    if "prefect.logging.handlers" in sys.modules:
        from prefect.events.worker import EventsWorker  # noqa: PLC0415 - loaded by then, and only where a flow ran
        from prefect.logging.handlers import APILogWorker  # noqa: PLC0415 - likewise

        APILogWorker.drain_all()
        EventsWorker.drain_all()


@contextlib.contextmanager
def prefect_server() -> Iterator[str]:
    """A Prefect server with its scheduler on loopback, which ends when this process does; yields its API's address.

    Raises:
        ChildProcessError: it does not start.
    """
    port = _free_port(USUAL_PORT)
    is_over = threading.Event()
    with _running(["prefect", "server", "start", "--host", HOST, "--port", str(port)], {**os.environ}) as process:
        _wait_until_ready(process, port)
        threading.Thread(target=_end_with, args=(process, is_over), name="prefect-server", daemon=True).start()
        try:
            yield f"http://{HOST}:{port}/api"
        finally:
            is_over.set()


@contextlib.contextmanager
def _running(module: Sequence[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A Python module as a process that ends with this one, however that ends."""
    libc = ctypes.CDLL(None)  # loaded here: nothing may be loaded between fork and exec
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and a number
        [sys.executable, "-m", *module],
        stdout=subprocess.DEVNULL,  # its banner
        env=environment,
        start_new_session=True,  # Ctrl-C is for us: the server is ended last
        preexec_fn=lambda: libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM),  # noqa: PLW1509 - if we are killed, it ends
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _end_with(process: subprocess.Popen[bytes], is_over: threading.Event) -> None:
    """End this process when the server has ended by itself: whoever started us starts both anew."""
    status = process.wait()
    if not is_over.is_set():
        log.error("the Prefect server ended by itself (status %d): ending too; start again", status)
        os.kill(os.getpid(), signal.SIGTERM)


def _free_port(wanted: int) -> int:
    """The port that is wanted, or any other if that is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # closed connections do not hold the port
            probe.bind((HOST, port))
            return int(probe.getsockname()[1])
    raise ChildProcessError("no free port on 127.0.0.1: end something that listens there")


def _wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if _is_ready(port):
            return
        time.sleep(0.2)
    raise ChildProcessError(
        f"the Prefect server at port {port} does not start (see above); mend it, or set PREFECT_API_URL to another"
    )


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()
