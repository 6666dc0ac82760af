"""Roles as printed: when two of them may be one, and which words only date them."""

from __future__ import annotations

import re

TAIL_OF_ROLE = re.compile(r" (?:of|for) ")
DATING = ("new ", "current ", "then ", "newly ", "appointed ", "recently ", "now ")
FELLOW = re.compile(r"[Ff]ellow (?!of|in|at|for|and|on|with)")
"""What makes somebody one of several ("her fellow councillor"); a fellow in policy is something else."""
LOOSE = {
    "boss": ("chief executive", "chief", "chair", "director", "leader", "managing director", "ceo"),
    "chief": ("chief executive", "chief officer", "director-general", "ceo"),
    "chairman": ("chair",),
    "chairwoman": ("chair",),
    "chair": ("chairman", "chairwoman", "chairperson"),
    "leader": ("council leader", "general secretary", "mayor"),
    "head": ("chief executive", "director", "chief", "headteacher"),
    "ceo": ("chief executive", "chief executive officer"),
    "chief executive": ("ceo", "chief executive officer"),
    "minister": ("secretary of state", "health secretary", "under-secretary", "minister of state", "cabinet secretary"),
    "secretary of state": ("health secretary", "health and social care secretary"),
    "health secretary": ("secretary of state", "health and social care secretary", "cabinet secretary"),
    "academic": ("professor", "lecturer", "fellow", "researcher"),
    "researcher": ("professor", "fellow", "author", "analyst"),
    "author": ("lead author", "fellow", "researcher", "professor"),
    "doctor": ("gp", "consultant", "surgeon", "medical director", "registrar", "physician"),
    "medic": ("gp", "consultant", "surgeon", "medical director"),
    "gp": ("gp partner", "general practitioner", "family doctor"),
    "nurse": ("ward sister", "matron", "staff nurse"),
    "peer": ("baroness", "lord"),
    "councillor": ("council leader", "cabinet member", "councillor"),
    "politician": ("mp", "msp", "councillor", "mayor", "leader"),
    "mp": ("mp", "member of parliament", "minister", "shadow"),
    "official": ("officer", "secretary", "director"),
    "campaigner": ("founder", "co-founder", "organiser", "campaigner", "activist", "volunteer"),
    "economist": ("fellow", "analyst"),
    "steward": ("convenor", "rep"),
    "backbencher": ("mp", "msp", "member of parliament"),
    "year-old": ("patient", "pensioner", "resident"),
}
"""What a loose word for somebody may stand for, by the end of the role printed elsewhere."""
VOICES = ("spokesperson", "spokesman", "spokeswoman", "statement", "representative", "press officer")
NAMELESS = (
    "source",
    "insider",
    "official",
    "colleague",
    "figure",
    "aide",
    "ally",
    "friend",
    "whistleblower",
    "someone",
    "somebody",
)
GENERIC = frozenset(LOOSE) - {"chief executive", "chair", "secretary of state", "health secretary", "nurse"}


def present(role: str) -> str:
    """The role without words that only date it."""
    while role.lower().startswith(DATING) or FELLOW.match(role):
        role = role.split(" ", 1)[1]
    return role


def is_many(role: str) -> bool:
    """Whether a nameless speaker's description is of several ("118 patients"), whom no "she" means."""
    head = TAIL_OF_ROLE.split(role.lower())[0]
    return head.endswith("s") and not head.endswith("ss")


def is_same_role(one: str, other: str) -> bool:
    """Whether two lower-case roles may be one: alike, one the end of the other, or one without its "of"."""
    if not one or not other:
        return False
    if one == other or one.endswith(" " + other) or other.endswith(" " + one):
        return True
    core, other_core = TAIL_OF_ROLE.split(one)[0], TAIL_OF_ROLE.split(other)[0]
    return core == other_core and (core == one or other_core == other)


def is_loosely(head: str, role: str) -> bool:
    """Whether the head of what is said ("boss") may mean the holder of a role; both lower-case."""
    core = TAIL_OF_ROLE.split(role)[0]
    return any(core.endswith(meant) for meant in LOOSE.get(head, ()))


def head_of(role: str) -> str:
    """The loose word that a lower-case role ends in; else its last word before "of"."""
    if role in LOOSE:
        return role
    core = TAIL_OF_ROLE.split(role)[0]
    for size in (3, 2, 1):
        tail = " ".join(core.split(" ")[-size:])
        if tail in LOOSE:
            return tail
    return core.rsplit(" ", 1)[-1]
