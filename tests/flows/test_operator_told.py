"""What the operator was told past the warehouse is remembered on a full disk, too, and whatever the clock does."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import subprocess
import tempfile
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import yaml

from flows import clock
from flows.lookout import Lookout
from flows.operator_memory import forget_told
from flows.operator_route import read_told, tell_directly
from flows.sinks import MailSink
from tests.flows.desk import Desk, mail_url, subjects
from tests.flows.test_full_disk import limited
from tests.flows.test_lookout import BEGIN
from tests.warehouse.processes import run_code, start_code
from tests.warehouse.timeline import at
from warehouse.notices import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from flows.settings import Settings

NOW = at(1)
MINUTE = timedelta(minutes=1)
TROUBLE = Trouble("warehouse", "it does not open", "mend it")
TELL = """
import logging, sys, tempfile
from datetime import datetime
from flows.operator_route import tell_directly
from flows.settings import load_settings
from warehouse.notices import Trouble
home, tempfile.tempdir, moment = sys.argv[1:]
logging.disable()
settings = load_settings({"STANCEWATCH_HOME": home, "STANCEWATCH_CONFIG": f"{home}/config"})
tell_directly(settings, Trouble("warehouse", "it does not open", "mend it"), datetime.fromisoformat(moment))
"""
"""A process of its own that tells of a trouble."""


@pytest.fixture
def mail() -> Iterator[MailSink]:
    with MailSink() as sink:
        yield sink


@pytest.fixture
def desk(tmp_path: Path, mail: MailSink, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with a route, and a temporary folder of its own."""
    home, spare = tmp_path / "home", tmp_path / "spare"
    spare.mkdir()
    home.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    desk = Desk(home, {})
    assert desk.settings
    (home / "config" / "operator.yml").write_text(yaml.safe_dump({"url": mail_url(mail)}), encoding="utf-8")
    return desk


@pytest.fixture
def full_desk(tmp_path: Path, desk: Desk) -> Iterator[Desk]:
    """The same on a disk of its own that is full; who may not mount one has a folder that does not take the file."""
    aside = desk.home.rename(tmp_path / "aside")
    desk.home.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32m", "stancewatch-test", str(desk.home)]
    is_mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0  # noqa: S603 - our own words
    shutil.copytree(aside, desk.home, dirs_exist_ok=True)
    if is_mounted:
        with contextlib.suppress(OSError), (desk.home / "filling").open("wb", buffering=0) as filling:
            while True:
                filling.write(bytes(1 << 12))
        assert os.statvfs(desk.home).f_bavail == 0
    else:
        (desk.home / "operator-told.json").mkdir()
    yield desk
    if is_mounted:
        subprocess.run(["umount", str(desk.home)], check=True)  # noqa: S603, S607 - likewise


def test_on_a_full_disk_each_process_knows_what_another_told(full_desk: Desk, mail: MailSink, tmp_path: Path) -> None:
    for minutes in (0, 1, 2):
        run_code(TELL, full_desk.home, tmp_path / "spare", (NOW + minutes * MINUTE).isoformat())
    assert subjects(mail) == ["Trouble: the warehouse cannot be opened"]
    (told,) = read_told(full_desk.home)
    assert (told.told_at, told.words) == (NOW, "it does not open")
    (spare,) = (tmp_path / "spare").iterdir()
    assert spare.stat().st_mode & 0o077 == 0
    assert not list(full_desk.home.glob("operator-told.json?*"))  # nor is a draft left for each try
    shutil.rmtree(full_desk.home / "operator-told.json", ignore_errors=True)
    forget_told(full_desk.home)
    assert not spare.exists()
    assert read_told(full_desk.home) == []


def look(lookout: Lookout, settings: Settings, moment: datetime) -> str:
    """Why the lookout ran, at a moment."""
    with clock.showing(lambda: moment):
        return lookout.look(settings, moment)


def test_where_nothing_can_be_written_the_lookout_tells_once_a_day(desk: Desk, mail: MailSink) -> None:
    settings = desk.settings
    run = start_code(BEGIN, settings.places.warehouse)
    assert run.stdout
    assert run.stdout.readline() == "begun\n"
    run.kill()
    run.communicate()
    lookout = Lookout(NOW)
    with limited(0):
        for minutes in (*range(30), 24 * 60, 24 * 60 + 1):
            assert look(lookout, settings, NOW + minutes * MINUTE).startswith(f"process {run.pid} on ")
    assert subjects(mail) == ["Trouble: the warehouse cannot be opened", "Still: the warehouse cannot be opened"]
    assert [told.told_at for told in read_told(desk.home)] == [NOW + timedelta(days=1)]
    look(lookout, settings, NOW + timedelta(hours=25))
    assert len(mail.messages) == 3  # that the run died, and that this is over
    assert read_told(desk.home) == []


def test_what_is_kept_in_the_data_folder_again_is_kept_nowhere_else(desk: Desk, mail: MailSink, tmp_path: Path) -> None:
    settings = desk.settings
    with limited(0):
        tell_directly(settings, TROUBLE, NOW)
    tell_directly(settings, TROUBLE, NOW + timedelta(days=1))
    assert len(mail.messages) == 2
    (desk.home / "operator-told.json").unlink()  # as another process does that tells that it is over
    assert read_told(desk.home) == []
    assert not list((tmp_path / "spare").iterdir())


def test_a_clock_that_was_set_back_tells_once_more_and_not_for_ever_nor_never(desk: Desk, mail: MailSink) -> None:
    for moment in (NOW + timedelta(days=400), NOW, NOW + MINUTE, NOW + 20 * MINUTE, NOW + timedelta(hours=23)):
        tell_directly(desk.settings, TROUBLE, moment)
    assert len(mail.messages) == 2
    (told,) = read_told(desk.home)
    assert (told.began_at, told.told_at) == (NOW, NOW)
    tell_directly(desk.settings, TROUBLE, NOW + timedelta(hours=25))
    assert len(mail.messages) == 3


def test_what_somebody_else_put_into_the_temporary_folder_counts_for_nothing(
    desk: Desk, mail: MailSink, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (desk.home / "operator-told.json").mkdir()
    tell_directly(desk.settings, TROUBLE, NOW)
    (spare,) = (tmp_path / "spare").iterdir()
    victim = tmp_path / "victim"
    victim.write_text(spare.read_text())
    spare.unlink()
    spare.symlink_to(victim)
    before = victim.read_bytes()
    with caplog.at_level(logging.WARNING):
        assert read_told(desk.home) == []
        tell_directly(desk.settings, TROUBLE, NOW + MINUTE)
    assert victim.read_bytes() == before
    assert len(mail.messages) == 2
