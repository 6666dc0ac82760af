"""What the environment says, checked: each fault is one line that names the variable and the mend."""

from __future__ import annotations

import getpass
import grp
import re
from typing import TYPE_CHECKING, Final

from flows.config_file import ConfigError
from flows.config_words import quoted
from flows.logs import JSON, VARIABLE
from warehouse.access import USUAL, Access

if TYPE_CHECKING:
    from collections.abc import Mapping

_ANALYST: Final = "STANCEWATCH_BY"
_LONGEST_NAME: Final = 100


def local_hosts(env: Mapping[str, str]) -> frozenset[str]:
    """The only addresses that are not public and may be fetched.

    Raises:
        ConfigError: one is no host with a port.
    """
    hosts = [host.strip() for host in env.get("STANCEWATCH_LOCAL_HOSTS", "").split(",") if host.strip()]
    for host in hosts:
        if not re.fullmatch(r"[^:/\s]+:\d+|\[[0-9a-fA-F:]+\]:\d+", host):
            raise ConfigError(f"STANCEWATCH_LOCAL_HOSTS: {host!r} must be host:port, such as 127.0.0.1:8080")
    return frozenset(hosts)


def refuse_misfits(env: Mapping[str, str]) -> None:
    """See that the rest of the variables are what they must be.

    Raises:
        ConfigError: one is not.
    """
    report_url = env.get("STANCEWATCH_REPORT_URL", "")
    if report_url and not re.fullmatch(r"https?://[^\s()<>]+", report_url):
        raise ConfigError(
            f"STANCEWATCH_REPORT_URL: {quoted(report_url)} must be a folder's address, such as https://wiki.example/nhs"
        )
    lease, least = env.get("STANCEWATCH_LEASE_SECONDS", ""), 0.1
    if lease and not (re.fullmatch(r"\d+(\.\d+)?", lease) and float(lease) >= least):
        raise ConfigError(f"STANCEWATCH_LEASE_SECONDS: {lease!r} must be a number of seconds, such as 240")
    analyst_of(env)
    if env.get(VARIABLE, "").strip().lower() not in {"", "text", JSON}:
        raise ConfigError(f"{VARIABLE}: {env[VARIABLE]!r} must be json, or text (the default)")


def analyst_of(env: Mapping[str, str]) -> str:
    """Who decides: whom STANCEWATCH_BY names, else this machine's user; empty where that one has no name.

    Raises:
        ConfigError: what the variable holds is no name.
    """
    given = env.get(_ANALYST, "").strip()
    if not given.isprintable() or len(given) > _LONGEST_NAME:
        raise ConfigError(f"{_ANALYST}: {given!r} must be a name of one line, {_LONGEST_NAME} characters at most")
    try:
        return given or getpass.getuser()
    except (KeyError, OSError):  # a container's user need not have a name
        return ""


def access_of(env: Mapping[str, str]) -> Access:
    """Who may read what is made for readers.

    Raises:
        ConfigError: a mode that is none, or a group that is not there.
    """
    mode, group = env.get("STANCEWATCH_FILE_MODE", ""), env.get("STANCEWATCH_FILE_GROUP", "")
    if mode and not re.fullmatch(r"0?[46][04][04]", mode):
        raise ConfigError(f"STANCEWATCH_FILE_MODE={mode}: must be read permissions such as 0600, 0640 or 0644")
    try:
        number = grp.getgrnam(group).gr_gid if group else None
    except KeyError:
        raise ConfigError(f"STANCEWATCH_FILE_GROUP={group}: there is no such group; make it, or name another") from None
    return Access(int(mode, 8) if mode else USUAL.mode, number)


def tasks_address(env: Mapping[str, str]) -> str:
    """The cluster that does the heavy half; empty: this machine.

    Raises:
        ConfigError: it is no such address.
    """
    address = env.get("STANCEWATCH_TASKS", "")
    if address in {"", "local"}:
        return ""
    if not re.fullmatch(r"(dask|ray)://([^:/\s]+|\[[0-9a-fA-F:]+\]):\d+", address):
        raise ConfigError(
            f"STANCEWATCH_TASKS: {quoted(address)} must be local, or a cluster such as dask://10.0.0.5:8786 or ray://10.0.0.5:10001"
        )
    return address
