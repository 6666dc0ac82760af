"""Verbs that tell whose head somebody is ("chairs", "has run"), and the role that each stands for."""

LEADING = {
    "chairs": "chair",
    "chaired": "chair",
    "leads": "leader",
    "led": "leader",
    "heads": "head",
    "headed": "head",
    "runs": "head",
    "run": "head",
    "owns": "owner",
    "represents": "representative",
    "manages": "manager",
    "directs": "director",
    "founded": "founder",
    "co-founded": "founder",
    "co-chairs": "co-chair",
    "edits": "editor",
}
LEADING_NOW = frozenset({"chairs", "leads", "heads", "runs", "owns", "represents", "manages", "co-chairs"})
BEFORE_LEADING = frozenset({"has", "had", "now", "also", "currently", "who", "still", "recently"})
