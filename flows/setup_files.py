"""The files that `stancewatch init` writes: an overlay of config/, and a file of settings; nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import yaml

from flows.contact import VARIABLE as CONTACT
from flows.env_file import setting_line
from flows.feed_commands import import_opml
from flows.opml import parse_opml
from flows.settings import locate
from flows.setup_answers import NONE, SHIPPED
from flows.whole_file import write_whole
from warehouse.access import USUAL, Access

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.setup_answers import Answers, Secret

PRIVATE: Final = Access(0o600)
_ALERTS: Final = """\
# Who is told what, and when; written by `stancewatch init`. All keys: docs/alerts.md, and the examples in the
# config/alerts.yml that comes with the program. ${NAME} is taken from the environment, or from the file that NAME_FILE
# names: no secret stands here. `stancewatch alerts test` sends a test, `alerts preview` shows what would be sent.
"""
_FEEDS: Final = """\
# The feeds that are watched; written by `stancewatch init`. `stancewatch feeds add URL --publisher NAME` adds one.
feeds: []
"""
_PLACES: Final = (("config", "config"), ("home", "data"))
_SETTINGS: Final = """\
# Stancewatch's settings, written by `stancewatch init`; kept from everybody else (mode 0600). Used by
# `stancewatch --env THIS_FILE …`, by EnvironmentFile= of a systemd unit, or by env_file: of a compose service.

# Your own configuration; a file that this folder lacks comes with the program.
{config}

# The data: warehouse, published file, report, backups.
{home}

# Whom publishers may ask: your page or mail address, for the User-Agent of every request; else the program's page.
{contact}

# Who may read the published file, the report, exports and backups: 0600, 0640 or 0644, and which group.
#STANCEWATCH_FILE_MODE=0640
#STANCEWATCH_FILE_GROUP=analysts

# A Prefect server that runs already, and its login as user:password; without one each run starts its own.
#PREFECT_API_URL=http://127.0.0.1:4200/api
#PREFECT_API_AUTH_STRING_FILE=/run/secrets/prefect_login

# Where the report is served to people, for links to it.
#STANCEWATCH_REPORT_URL=https://wiki.example/nhs
"""


@dataclass(frozen=True, slots=True)
class Site:
    """An installation's own folder."""

    folder: Path

    @property
    def config(self) -> Path:
        """The overlay of config/."""
        return self.folder / "config"

    @property
    def settings(self) -> Path:
        """The file of settings."""
        return self.folder / "stancewatch.env"

    @property
    def is_complete(self) -> bool:
        """Whether it was set up before."""
        return self.settings.exists() and (self.config / "alerts.yml").exists()


def write_site(site: Site, answers: Answers, *, is_forced: bool) -> Iterator[str]:
    """Write what is missing (all of it if ``is_forced``, but never a list of feeds); a line for each file.

    Raises:
        ConfigError: the OPML file cannot be read; nothing was written.
        OSError: a file cannot be written.
    """
    if answers.feeds not in {SHIPPED, NONE}:
        parse_opml(Path(answers.feeds))
    site.config.mkdir(mode=0o750, parents=True, exist_ok=True)
    yield _write(site.config / "alerts.yml", alerts_text(answers), USUAL, is_forced=is_forced)
    if answers.feeds != SHIPPED:
        yield _write_feeds(site, answers.feeds)
    yield _write(site.settings, settings_text(site, answers), PRIVATE, is_forced=is_forced)


def _write(path: Path, text: str, access: Access, *, is_forced: bool) -> str:
    if path.exists() and not is_forced:
        is_same = path.read_text(encoding="utf-8") == text
        return f"kept     {path}" + ("" if is_same else " (it says something else; --force writes it anew)")
    write_whole(path, text, access)
    return f"written  {path}" + (" (for you alone: mode 0600)" if access is PRIVATE else "")


def _write_feeds(site: Site, feeds: str) -> str:
    path = site.config / "feeds.yml"
    if path.exists():
        return f"kept     {path} (a list of feeds is never written anew; remove it first)"
    write_whole(path, _FEEDS)
    if feeds == NONE:
        return f"written  {path} (no feeds yet)"
    done = import_opml(Path(feeds), locate({"STANCEWATCH_CONFIG": str(site.config)}))
    return f"written  {path}: {done}"


def alerts_text(answers: Answers) -> str:
    """alerts.yml with a destination for each that was answered, and one rule for all of them."""
    urls = dict(_destinations(answers))
    rule = {"name": "new sides", "kinds": ["first", "shift"], "destinations": list(urls)}
    content = {"destinations": {name: {"url": url} for name, url in urls.items()}, "rules": [rule] if urls else []}
    return f"{_ALERTS}\n{yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=1000)}"


def _destinations(answers: Answers) -> Iterator[tuple[str, str]]:
    if server := answers.server:
        login = f"${{SMTP_USER}}:${{{server.password.name}}}@" if server.user and server.password else ""
        query = f"from={quote(answers.mail_from, safe='@')}&to={quote(','.join(answers.mail_to), safe='@,')}"
        mode = "&mode=ssl" if server.is_tls else ""
        yield "mail", f"{'mailto' if server.is_plain else 'mailtos'}://{login}{server.host}:{server.port}?{query}{mode}"
    if answers.slack:
        yield "slack", f"${{{answers.slack.name}}}"
    if answers.other:
        yield "other", f"${{{answers.other.name}}}"


def settings_text(site: Site, answers: Answers) -> str:
    """The file of settings, every one explained."""
    folder = site.folder.absolute()
    config, home = (setting_line(f"STANCEWATCH_{name.upper()}", str(folder / place)) for name, place in _PLACES)
    contact = setting_line(CONTACT, answers.contact) if answers.contact else f"#{CONTACT}=https://example.org/watch"
    blocks = [_SETTINGS.format(config=config, home=home, contact=contact)]
    if answers.server and answers.server.user:
        blocks.append("# The user at the mail server.\n" + setting_line("SMTP_USER", answers.server.user))
    if answers.server and answers.server.password:
        blocks.append(_secret_block("The password at the mail server", answers.server.password))
    if answers.slack:
        blocks.append(_secret_block("The address of the Slack webhook", answers.slack))
    if answers.other:
        blocks.append(_secret_block("The apprise address that alerts go to", answers.other))
    return "\n".join(f"{block.rstrip()}\n" for block in blocks)


def _secret_block(what: str, secret: Secret) -> str:
    if secret.file:
        return f"# {what}: the file that holds it.\n{setting_line(f'{secret.name}_FILE', secret.file)}"
    if secret.typed:
        line = setting_line(secret.name, secret.typed)
        return f"# {what}; in a file of its own instead: {secret.name}_FILE=/path\n{line}"
    return f"# {what} is taken from the environment, where it must be set, or from a file.\n#{secret.name}_FILE=/path"
