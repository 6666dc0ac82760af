"""Prints docs/licences.md: the licence of each package that a user installs, as the package itself says.

The list is that of uv.lock for the image's Python; what is read are the packages installed here, in the same versions.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from email.message import Message

ROOT: Final = Path(__file__).resolve().parents[2]
PYTHON: Final = (3, 11)
"""The image's: other Pythons get other packages."""
SPOKEN: Final = {
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "artistic license": "Artistic-1.0",
    "bsd": "BSD",
    "bsd license": "BSD",
    "dual license": "",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mit licence": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "the bsd 2-clause license": "BSD-2-Clause",
    "the mit license (mit)": "MIT",
}
"""How packages without a licence expression put it; an empty text leaves it to their classifiers."""
FREE: Final = (
    {"0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "HPND", "ISC", "MIT"}
    | {"MIT-0", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib"}
)  # fmt: skip
"""Licences that ask for no more than MIT does: keep the notice."""
NOTES: Final = {
    "certifi": "MPL-2.0 covers its own files: unchanged, as here, nothing more is asked than to say whence they came.",
    "orjson": "As certifi.",
    "pathspec": "As certifi.",
    "text-unidecode": "Of its two licences this project uses it under the Artistic one; the other is the GPL.",
    "tld": "Of its three licences this project uses it under the MPL-1.1; as certifi.",
}
"""What is to be said of those that do ask for more. A package that is not named here fails the test."""
HEAD: Final = """\
# Licences of the packages that users install

Stancewatch itself is MIT. None of the packages below is part of it: each is installed from its own distribution, which
carries its licence text; the image keeps these texts (`*.dist-info/licenses` in `/opt/venv`), and those of Debian's
packages in its base, some of them under the GPL, in `/usr/share/doc`. What a wheel carries inside is under its own
terms, named in the wheel: numpy's brings OpenBLAS (BSD) and GCC's Fortran libraries (GPL-3.0 with the exception that
lets any program use it, and LGPL-2.1).

Written by `make docs` from uv.lock and the packages' own metadata, for Python 3.11 on Linux; a test keeps it current.
"""


@dataclass(frozen=True, slots=True)
class Package:
    """A locked package; ``licence`` is an SPDX expression or near to one, empty if the package does not say."""

    name: str
    version: str
    licence: str

    @property
    def asks_more(self) -> bool:
        """Whether its licence is none of those that ask for no more than MIT does."""
        words = self.licence.replace("(", " ").replace(")", " ").split()
        return not words or any(word not in FREE for word in words if word not in {"AND", "OR"})


def locked() -> list[Package]:
    """The packages of uv.lock that a user of this Python installs.

    Raises:
        PackageNotFoundError: one of them is not installed here.
        LookupError: another version of one is installed here.
    """
    found = [_package(Requirement(line)) for line in _requirements() if _is_for_here(Requirement(line))]
    return sorted(found, key=lambda package: package.name)


def _requirements() -> list[str]:
    command = [
        str(ROOT / ".uv/bin/uv"),
        "export",
        "--quiet",
        "--frozen",
        "--no-dev",
        "--no-emit-project",
        "--no-hashes",
    ]
    return subprocess.run(  # noqa: S603 - our own uv
        [*command, "--no-annotate", "--no-header"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()


def _is_for_here(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate()


def _package(requirement: Requirement) -> Package:
    version = metadata.version(requirement.name)
    if not requirement.specifier.contains(version, prereleases=True):
        raise LookupError(f"{requirement} is locked, {version} installed: run `make install`")
    return Package(requirement.name, version, licence(cast("Message", metadata.metadata(requirement.name))))


def licence(about: Message) -> str:
    """The licence as the metadata tells it: the expression, else the field, else the classifiers."""
    if expression := about.get("License-Expression"):
        return str(expression)
    line = str(about.get("License") or "").strip().partition("\n")[0]
    if spoken := SPOKEN.get(line.lower(), line):
        return spoken
    names = [entry.rpartition(" :: ")[2] for entry in about.get_all("Classifier") or [] if entry.startswith("License")]
    return " OR ".join(SPOKEN.get(name.lower(), name) for name in names if name != "OSI Approved")


def document() -> str:
    """The whole page."""
    packages = locked()
    rows = "".join(f"| {package.name} | {package.version} | {package.licence} |\n" for package in packages)
    notes = "".join(f"- **{name}**: {words}\n" for name, words in NOTES.items())
    return (
        f"{HEAD}\n## Those that ask for more than to keep the notice\n\n{notes}\n"
        f"## All {len(packages)}\n\n| package | version | licence |\n| --- | --- | --- |\n{rows}"
    )


if __name__ == "__main__":
    if sys.version_info[:2] != PYTHON:
        sys.exit("licences: needs Python 3.11, the image's: other Pythons get other packages")
    sys.stdout.write(document())
