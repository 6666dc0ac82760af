"""Names in every form that they are printed or asked for in, and those that fit nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.warehouse.analyst import statement_of
from tests.warehouse.timeline import AUTONOMY, PEAKE, TARN, UNION, Said, meaning, page, words
from warehouse.names import KnownName, sync_names

if TYPE_CHECKING:
    from tests.warehouse.timeline import Timeline

LANYON = replace(PEAKE, person="Siân Lanyon-Hart", organisation="Friends of O’Dell’s & Sons")
CLERK = replace(UNION, person="Bram Tolley")
FORMS = {
    "peake": ["Mr Peake", "Dame  Rosalind\tPEAKE MP", "Rt Hon Dr Rosalind Peake, CBE", "Peake", "rosalind   peake"],
    "tarn": ["Cllr Tarn", "Baroness Tarn", "Prof. Ossian Tarn MSP"],
    "sian": ["Sian Lanyon Hart", "SIÂN LANYON-HART", "the Friends of O'Dells and Sons", "lanyon hart"],
}


@pytest.fixture
def spoken(timeline: Timeline) -> Timeline:
    timeline.read(
        page("a", 1, Said(PEAKE, "local", words(1), meaning=meaning(0)), Said(TARN, "central", words(2))),
        page("b", 2, Said(LANYON, "local", words(3), meaning=meaning(9)), Said(CLERK, "none", words(4), AUTONOMY)),
    )
    return timeline


def test_every_form_of_a_name_finds_its_bearer(spoken: Timeline) -> None:
    for part, forms in FORMS.items():
        for form in forms:
            asked = form.replace("'", "''")
            for function in ("stance_of", "stance_timeline"):
                ((name,),) = spoken.query(f"SELECT actor_name FROM {function}('{asked}')")  # noqa: S608 - our own names
                assert part in name.casefold().replace("â", "a"), form
    assert spoken.query("SELECT said_by_a, relation FROM compare('Ms Lanyon Hart', 'Lord Tarn')") == [
        ("Siân Lanyon-Hart", "opposes")
    ]


def test_an_empty_name_fits_nobody(spoken: Timeline) -> None:
    for name in ("''", "' '", "'-'", "NULL"):
        found = spoken.query(f"SELECT (SELECT count(*) FROM stance_of({name})), (SELECT count(*) FROM stance_timeline({name}))")  # fmt: skip  # noqa: S608, E501 - our own names
        assert found == [(0, 0)], name
        assert spoken.query(f"SELECT stance_a, stance_b FROM compare({name}, 'peake')") == [(None, "local")]  # noqa: S608


def test_a_notable_person_is_found_by_the_names_that_the_configuration_has(spoken: Timeline) -> None:
    sync_names(spoken.warehouse, [], [], [KnownName("Rosalind Peake", ("Rosie Peake", "Baroness Peake of Harwick"))])
    for name in ("Rosie Peake", "rosie", "Dame Rosie Peake", "Peake of Harwick"):
        assert spoken.query(f"SELECT actor_name FROM stance_of('{name}')") == [("Rosalind Peake",)]  # noqa: S608
        assert spoken.query(f"SELECT stance FROM stance_timeline('{name}')") == [("local",)]  # noqa: S608
    sync_names(spoken.warehouse, [], [])
    assert spoken.query("SELECT actor_name FROM stance_of('Rosie Peake')") == []


@pytest.mark.parametrize(
    "function", ["stance_of(w.who)", "stance_timeline(w.who)", "compare(w.who, 'Tarn')", "search(w.who)"]
)
def test_a_column_in_the_place_of_a_name_is_refused(spoken: Timeline, function: str) -> None:
    """DuckDB would answer with the rows of all names, as if they were those of each."""
    with pytest.raises(duckdb.Error):
        spoken.query(f"SELECT * FROM (VALUES ('Tarn'), ('Peake')) AS w(who), LATERAL (FROM {function}) AS s")  # noqa: S608


def test_of_two_voices_of_a_body_in_one_article_all_take_the_same_for_its_side(timeline: Timeline) -> None:
    """The surer one, whatever the names and ids."""
    for number, sure in enumerate((0.9, 0.95, 0.85)):
        other = replace(PEAKE, person="Ottoline Crabtree")
        said = (Said(PEAKE, "local", words(3 * number)), Said(other, "central", words(3 * number + 1), confidence=sure))
        timeline.read(page(f"a{number}", number + 1, *said, Said(TARN, "central", words(3 * number + 2))))
        house = "SELECT stance FROM organisations WHERE organisation = 'Valley Hospitals Group'"
        pair = "SELECT other_stance FROM agreements WHERE other_organisation = 'Valley Hospitals Group'"
        both = "SELECT stance_a FROM compare('Valley', 'Tarn') WHERE theme = 'autonomy_control'"
        assert timeline.query(house) == timeline.query(pair) == timeline.query(both) != []
    assert timeline.query(house) == [("local",)]


def test_a_body_without_a_side_is_shown_by_those_who_spoke_for_it(spoken: Timeline) -> None:
    assert spoken.query("SELECT actor_name, stance, since FROM stance_of('ward clerks')") == [
        ("Bram Tolley", "none", None)
    ]


def test_only_a_telling_beginning_of_one_id_finds_what_is_similar(spoken: Timeline) -> None:
    key = statement_of(spoken, "a", words(1))
    rows = {id_: spoken.query(f"SELECT text FROM similar_statements('{id_}')") for id_ in (key[:6], key[:5], "")}  # noqa: S608
    assert rows == {key[:6]: [(words(3),)], key[:5]: [], "": []}
    spoken.query("BEGIN")
    spoken.query("UPDATE store.statements SET statement_id = 'twin00' || statement_id")
    spoken.query("UPDATE store.meanings SET statement_id = 'twin00' || statement_id")
    assert spoken.query("FROM similar_statements('twin00')") == []
    assert len(spoken.query(f"FROM similar_statements(' TWIN00{key[:6]}')")) == 1
    spoken.query("ROLLBACK")


def test_names_join_whatever_stands_before_them(timeline: Timeline) -> None:
    assert timeline.query("SELECT plain_name('The King’s Fund') = plain_name('King''s Fund'), plain_name('Dr')") == [
        (True, "dr")
    ]
