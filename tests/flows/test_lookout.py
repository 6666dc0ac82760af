"""A run that was killed is noticed, recorded and told of, though no other run comes; so is what lets none begin."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import yaml

from flows.lookout import Lookout, keep_lookout
from flows.pipeline import PUBLISHED_MARK, publish_snapshot
from flows.run import open_run
from flows.sinks import MailSink
from tests.flows.desk import Desk, mail_url
from tests.warehouse.processes import start_code
from warehouse.published import published_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


BEGIN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from warehouse.database import Warehouse
from warehouse.runs import begin_run
warehouse = Warehouse.open(Path(sys.argv[1]))
begin_run(warehouse, "r1", "monitor", datetime.now(UTC))
print("begun", flush=True)
sys.stdin.read()
"""


def test_a_killed_run_is_noticed_recorded_and_told(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with MailSink() as mail:
        desk = Desk(tmp_path, {})
        settings = desk.settings
        lookout = Lookout(now)
        assert lookout.look(settings, now) == ""
        file = tmp_path / "config" / "operator.yml"
        file.write_text(yaml.safe_dump({"url": mail_url(mail), "free_times": 1e-9}), encoding="utf-8")
        settings = desk.settings
        run = start_code(BEGIN, settings.places.warehouse)
        assert run.stdout
        assert run.stdout.readline() == "begun\n"
        assert lookout.look(settings, now) == ""
        run.kill()
        run.wait()
        assert lookout.look(settings, now).startswith(f"process {run.pid} on ")
        assert lookout.look(settings, now) == ""
        (message,) = mail.messages
        assert str(message["Subject"]) == "Trouble: runs of monitor fail"
        published = published_path(settings.places.warehouse)
        assert published.exists()
        assert not (tmp_path / PUBLISHED_MARK).exists()
        runs = desk.query("SELECT flow, status FROM runs ORDER BY started_at")
        assert runs == [("monitor", "dead"), ("lookout", "completed")]
        late = now + timedelta(hours=3)
        assert lookout.look(settings, late).startswith("no run published anything for ")
        assert lookout.look(settings, late + timedelta(minutes=1)) == ""


def test_only_runs_by_the_clock_count_for_the_health_check(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {})

    async def publish(flow: str) -> bool:
        async with open_run(desk.settings, flow) as run:
            await publish_snapshot(run)
        return (tmp_path / PUBLISHED_MARK).exists()

    assert [asyncio.run(publish(flow)) for flow in ("lookout", "correct", "digest")] == [False, False, True]


def test_a_run_is_made_where_none_ever_published(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    desk = Desk(tmp_path, {})
    path = desk.settings.places.warehouse
    lookout = Lookout(now)
    assert lookout.look(desk.settings, now + timedelta(hours=1)) == ""
    assert lookout.look(desk.settings, now + timedelta(hours=2)) == "no run published anything yet"
    assert published_path(path).exists()


def test_a_configuration_that_cannot_be_read_is_told_once_and_then_that_it_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with MailSink() as mail:
        desk = Desk(tmp_path, {})
        assert desk.settings
        (tmp_path / "config" / "operator.yml").write_text(yaml.safe_dump({"url": mail_url(mail)}), encoding="utf-8")
        settings = desk.settings
        for name, value in desk.environment.items():
            monkeypatch.setenv(name, value)
        slip = tmp_path / "config" / "upkeep.yml"
        slip.write_text("kept_copies: many\n", encoding="utf-8")
        stop = threading.Event()
        thread = threading.Thread(target=keep_lookout, args=(stop, settings, 0.02))
        thread.start()
        try:
            wait_until(lambda: bool(mail.messages))
            threading.Event().wait(0.3)  # it goes on to look
        finally:
            stop.set()
            thread.join()
        (message,) = mail.messages
        assert str(message["Subject"]) == "Trouble: the configuration cannot be read"
        body = message.get_body(("plain",))
        assert body
        assert "config/upkeep.yml:1: kept_copies: 'many' does not fit" in " ".join(body.get_content().split())
        assert caplog.text.count("lookout: ") == 1
        slip.unlink()
        now = datetime.now(UTC)
        assert Lookout(now).look(desk.settings, now + timedelta(hours=2))
        assert str(mail.messages[-1]["Subject"]) == "Over: the configuration cannot be read"


def test_the_lookout_outlives_whatever_goes_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks = []

    def fail(*_: object) -> str:
        looks.append(1)
        raise ZeroDivisionError

    desk = Desk(tmp_path, {})
    settings = desk.settings
    for name, value in desk.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(Lookout, "look", fail)
    stop = threading.Event()
    thread = threading.Thread(target=keep_lookout, args=(stop, settings, 0.01))
    thread.start()
    try:
        wait_until(lambda: len(looks) > 2)
    finally:
        stop.set()
        thread.join()
    assert "lookout: our own error; it goes on" in caplog.text


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for something that another thread does, for twenty seconds at most."""
    for _ in range(1000):
        if is_so():
            return
        threading.Event().wait(0.02)
    pytest.fail("in vain")
