"""A run that was killed is noticed, recorded and told of, though no other run comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import yaml

from flows.lookout import Lookout
from flows.sinks import MailSink
from tests.flows.desk import Desk, mail_url
from tests.warehouse.processes import start_code
from warehouse.published import published_path

if TYPE_CHECKING:
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
        runs = desk.query("SELECT flow, status FROM runs ORDER BY started_at")
        assert runs == [("monitor", "dead"), ("lookout", "completed")]
        late = now + timedelta(hours=3)
        assert lookout.look(settings, late).startswith("no run published anything for ")
        assert lookout.look(settings, late + timedelta(minutes=1)) == ""
