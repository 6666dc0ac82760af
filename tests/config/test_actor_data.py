"""config/actors.yml: what every reader of the actor book may rely on."""

from __future__ import annotations

import re
import time
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from extractors.records import ActorBook, ActorType, KnownPerson, Office

CONFIG = Path(__file__).resolve().parents[2] / "config"
DATA: dict[str, Any] = yaml.safe_load((CONFIG / "actors.yml").read_text(encoding="utf-8"))
LANGUAGE: dict[str, Any] = yaml.safe_load((CONFIG / "language.yml").read_text(encoding="utf-8"))
BOOK = TypeAdapter(ActorBook).validate_python(DATA)
NAMES = {organisation.name for organisation in BOOK.organisations}
PATTERNS = [(re.compile(entry.pattern), entry.kind) for entry in BOOK.patterns]
FAMILIES = {
    ActorType.LOCAL_NHS: {
        "trusts": "Wyebridge NHS Trust; Severnside Partnership NHS Foundation Trust; Kent Foundation Trust",
        "hospital trusts": "Isle of Wight Hospitals Trust; Surrey Healthcare Trust; Devon Infirmary Trust",
        "hospitals": "Hexham General Hospital; University Hospitals Dorset; Bradford Royal Infirmary",
        "trusts of Northern Ireland": "Lakeland Health and Social Care Trust; Coastal HSC Trust; Mourne Care Trust",
        "ICBs": "NHS Essex ICB; NHS Thames Valley Integrated Care Board; Surrey and Sussex ICB",
        "ICSs": "Dorset ICS; Lincolnshire Integrated Care System; Sussex ICS",
        "care partnerships": "Surrey ICP; Fife Health and Social Care Partnership; Kent Integrated Care Partnership",
        "STPs": "Norfolk STP; Kent Sustainability and Transformation Partnership; Devon STP",
        "CCGs": "NHS Oldham CCG; Barnsley Clinical Commissioning Group; Croydon CCG",
        "PCTs and authorities": "Leeds Primary Care Trust; Hull PCT; East of England Strategic Health Authority",
        "PCNs": "North Leeds PCN; Fens Primary Care Network; Harbour PCN",
        "health boards": "Gwent Health Board; Lothian Health Board; Caerleon University Health Board",
        "practices": "Bridge Street Surgery; Riverside Medical Centre; Abbey Medical Practice",
        "ambulance services": "East Midlands Ambulance Service; Yorkshire Ambulance Service; Isle Ambulance Service",
    },
    ActorType.UNION_PROFESSIONAL: {
        "LMCs": "Kent LMC; Wessex LMCs; Cleveland Local Medical Committee",
        "LPCs": "Avon LPC; Devon Local Pharmaceutical Committee; Community Pharmacy Lancashire",
        "colleges": "Royal College of Chiropractors; British Society for Rheumatology; British Association of Urology",
    },
    ActorType.LOCAL_GOVERNMENT: {
        "councils": "Wigan Council; Kent County Council; Leeds City Council; London Borough of Hackney",
        "district councils": "Mid Devon District Council; Sefton Borough Council; Royal Borough of Greenwich",
        "combined authorities": "Fens Combined County Authority; Hull Combined Authority; Sussex Strategic Authority",
        "mayors": "Mayor of London; Office of the Mayor of Bristol; London Mayor’s Office",
        "boards and scrutiny": "Leeds Health and Wellbeing Board; Kent Health Scrutiny Committee; Devon HOSC",
    },
    ActorType.PATIENT_VOLUNTARY: {
        "Healthwatch": "Healthwatch Leeds; Healthwatch City of Durham; Healthwatch Isle of Wight",
        "hospices": "Saint Francis Hospice; Garden House Hospice; Ardgowan Hospice",
        "campaigns": "Save Lewisham Hospital; Defend Our NHS; Save Bury Hospital campaign",
    },
    ActorType.THINK_TANK: {
        "universities": "University of York; Durham University; The University of Leeds; Manchester Medical School",
    },
    ActorType.PARLIAMENT: {
        "committees": "Home Affairs Select Committee; Lords Science Committee; House of Commons Liaison Committee",
        "parliamentary groups": "APPG on Vascular Disease; Dementia APPG; All-Party Parliamentary Group for Carers",
    },
    ActorType.GOVERNMENT: {
        "departments": "Department for Transport; Ministry of Defence; Department for Culture",
    },
}
EXAMPLES = [
    (kind, family, name)
    for kind, families in FAMILIES.items()
    for family, names in families.items()
    for name in names.split("; ")
]
SINGLE_OFFICES = [
    ("prime minister", "UK Government"),
    ("chancellor", "HM Treasury"),
    ("health secretary", "Department of Health and Social Care"),
    ("communities secretary", "Ministry of Housing, Communities and Local Government"),
    ("chief executive", "NHS England"),
    ("chair", "NHS England"),
    ("chief executive", "NHS Providers"),
    ("chief executive", "Care Quality Commission"),
    ("chair", "Health and Social Care Committee"),
    ("chair", "Public Accounts Committee"),
    ("first minister", "Scottish Government"),
    ("health secretary", "Scottish Government"),
    ("chair of council", "British Medical Association"),
    ("chair", "Local Government Association"),
]


def kind_by_pattern(name: str) -> ActorType | None:
    return next((kind for pattern, kind in PATTERNS if pattern.search(name)), None)


def holders(role: str, organisation: str) -> list[tuple[Office, KnownPerson]]:
    found = [
        (office, person)
        for person in BOOK.people
        for office in person.offices
        if (office.role, office.organisation) == (role, organisation)
    ]
    return sorted(found, key=lambda entry: entry[0].since or date.min)


def test_the_file_has_the_keys_of_the_records_and_no_others() -> None:
    assert set(DATA) == {"organisations", "patterns", "people"}
    for entry in DATA["organisations"]:
        assert {"name", "kind"} <= set(entry) <= {"name", "kind", "aliases", "predecessors"}, entry
    for entry in DATA["patterns"]:
        assert set(entry) == {"pattern", "kind"}, entry
    for entry in DATA["people"]:
        assert {"name", "offices"} <= set(entry) <= {"name", "aliases", "offices"}, entry
        for office in entry["offices"]:
            assert {"role", "organisation"} <= set(office) <= {"role", "organisation", "since", "until"}, entry


def test_every_text_is_text() -> None:
    for entry in DATA["organisations"]:
        for text in (entry["name"], *entry.get("aliases", []), *entry.get("predecessors", [])):
            assert isinstance(text, str), f"{text!r} of {entry['name']} wants quotes"
            assert text == " ".join(text.split())
            assert "’" not in text, f"{text}: straight apostrophes only"
    for entry in DATA["people"]:
        for office in entry["offices"]:
            for key in ("since", "until"):
                assert isinstance(office.get(key, date.min), date), f"{entry['name']}: {key}"


def test_the_book_is_large_enough_to_be_of_use() -> None:
    assert len(BOOK.organisations) >= 160
    assert len(BOOK.people) >= 90
    kinds = Counter(organisation.kind for organisation in BOOK.organisations)
    assert set(kinds) == set(ActorType)
    assert min(kinds.values()) >= 10


def test_no_name_stands_for_two_organisations() -> None:
    owners: dict[str, set[str]] = {}
    for organisation in BOOK.organisations:
        spellings = (organisation.name, *organisation.aliases)
        assert len(set(spellings)) == len(spellings), organisation.name
        for spelling in spellings:
            owners.setdefault(spelling.casefold(), set()).add(organisation.name)
    assert {spelling: names for spelling, names in owners.items() if len(names) > 1} == {}
    assert len(NAMES) == len(BOOK.organisations)


def test_predecessors_are_organisations_of_their_own() -> None:
    for organisation in BOOK.organisations:
        assert organisation.name not in organisation.predecessors
        assert set(organisation.predecessors) <= NAMES, organisation.name


def test_no_name_is_an_ordinary_word() -> None:
    words = set(LANGUAGE["not_names"]) - {"labour", "conservative", "conservatives", "tory", "senedd"}
    for organisation in BOOK.organisations:
        for spelling in (organisation.name, *organisation.aliases):
            assert spelling.lower() not in words, organisation.name


def test_parties_and_offices_have_one_name_here_and_in_the_lexicon() -> None:
    canonical = {a: o.name for o in BOOK.organisations for a in (o.name, *o.aliases)}
    for party in LANGUAGE["parties"]:
        assert canonical.get(party["name"], party["name"]) == party["name"]
        assert canonical.get(party["label"], party["name"]) == party["name"]
    for body in LANGUAGE["role_bodies"]:
        assert body["organisation"] in NAMES


@pytest.mark.parametrize(("kind", "family", "name"), EXAMPLES)
def test_a_pattern_knows_the_family(kind: ActorType, family: str, name: str) -> None:
    assert name not in NAMES, f"{family}: an example must not be listed"
    assert kind_by_pattern(name) is kind


def test_every_family_has_three_examples() -> None:
    assert min(Counter((kind, family) for kind, family, _ in EXAMPLES).values()) >= 3


@pytest.mark.parametrize(
    "name",
    [
        "General Medical Council",
        "Medical Research Council",
        "British Council",
        "Nuffield Trust",
        "Wellcome Trust",
        "NHS Trust Development Authority",
        "NHS Confederation",
        "NHS Trust",
        "Council",
        "Health Service Journal",
        "Royal Society",
        "Foundation Trust Network",
        "the local council",
        "our hospital",
    ],
)
def test_a_pattern_leaves_other_bodies_alone(name: str) -> None:
    assert kind_by_pattern(name) is None


def test_patterns_span_the_whole_name() -> None:
    for entry in BOOK.patterns:
        assert entry.pattern.startswith("^"), entry.pattern
        assert entry.pattern.endswith("$"), entry.pattern
    for _, _, name in EXAMPLES:
        found = {bool(pattern.search(name)) == bool(pattern.fullmatch(name)) for pattern, _ in PATTERNS}
        assert found == {True}, name


def test_no_pattern_is_slow_on_a_hostile_name() -> None:
    names = ["A " * 2000, "X NHS Foundation " * 500, "University Hospital of " * 500, "A Health and Care " * 500]
    started = time.perf_counter()
    for name in names:
        kind_by_pattern(name)
    assert time.perf_counter() - started < 1.0


def test_no_person_has_the_name_of_another_or_of_a_body() -> None:
    owners: dict[str, set[str]] = {}
    for person in BOOK.people:
        for spelling in (person.name, *person.aliases):
            owners.setdefault(spelling.casefold(), set()).add(person.name)
    assert {spelling: names for spelling, names in owners.items() if len(names) > 1} == {}
    assert len({person.name for person in BOOK.people}) == len(BOOK.people)
    bodies = {spelling.casefold() for o in BOOK.organisations for spelling in (o.name, *o.aliases)}
    assert not owners.keys() & bodies


def test_people_are_named_without_honorific_and_hold_an_office() -> None:
    for person in BOOK.people:
        assert person.offices, person.name
        assert " " in person.name
        assert person.name.split()[0] not in {"Sir", "Dame", "Dr", "Professor", "Prof", "Mr", "Mrs", "Ms", "Cllr"}


def test_offices_belong_to_known_bodies_and_run_forward() -> None:
    for person in BOOK.people:
        for office in person.offices:
            known = office.organisation in NAMES or kind_by_pattern(office.organisation)
            assert known, f"{person.name}: {office.organisation}"
            if office.since and office.until:
                assert office.since < office.until, person.name
            for day in (office.since, office.until):
                assert day is None or date(1990, 1, 1) <= day <= date(2026, 12, 31), person.name


@pytest.mark.parametrize(("role", "organisation"), SINGLE_OFFICES)
def test_an_office_has_one_holder_at_a_time(role: str, organisation: str) -> None:
    held = holders(role, organisation)
    assert len(held) >= 3
    for (earlier, first), (later, second) in pairwise(held):
        assert earlier.until is not None, f"{first.name} never left, yet {second.name} followed"
        assert later.since is not None, second.name
        assert earlier.until <= later.since, f"{first.name} and {second.name}"


def test_england_had_a_health_secretary_every_day() -> None:
    held = [office for office, _ in holders("health secretary", "Department of Health and Social Care")]
    assert all(earlier.until == later.since for earlier, later in pairwise(held))
    assert held[0].since is not None
    assert held[0].since < date(2010, 1, 1)
    assert held[-1].until is None
