"""Indices of girls, boys and others: what is left when some are taken from all is never few."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from exports.codebook import codebook_of
from exports.coding import Response
from exports.disclosure.symbols import Symbol
from exports.results.alike import Alike, results_of_alike
from exports.results.enkat import EnkatResult, results_of
from exports.table import wide_table
from forms.answers import Answers
from tests.exports.factories import ask, item, make_instrument

GENDERS = ("flicka Flicka", "pojke Pojke", "annat Annat", "!REF Vill inte svara")
ENKAT = make_instrument(item("a"), ask("kon", "select_one", *GENDERS), version="1")
HIDDEN = Symbol.HIDDEN


def result(counts: Mapping[str, int], a: Mapping[str, str] | None = None) -> EnkatResult:
    """Count a round of so many of each gender ("" left it empty), who all say the same."""
    said = [
        {"a": (a or {}).get(gender, "4"), "kon": gender}
        for gender, n in counts.items()
        for _ in range(n)
    ]
    plain = [{name: text for name, text in each.items() if text} for each in said]
    codebook, asked = codebook_of(ENKAT), frozenset({"a", "kon"})
    found = results_of_alike(codebook, [Alike("1", asked, plain)], by_gender=True)
    rows = [Response("1", Answers(each, asked)) for each in plain]
    assert found == results_of(wide_table(codebook, rows), by_gender=True)
    return found


@pytest.mark.parametrize(
    ("counts", "classes"),
    [
        ({"flicka": 10, "pojke": 10}, {"girls": 10, "others": 10}),
        ({"flicka": 20, "pojke": 20, "annat": 1}, {"girls": 20, "others": 21}),
        ({"flicka": 20, "pojke": 20, "annat": 4, "REF": 5}, {"girls": 20, "others": 29}),
        ({"flicka": 20, "pojke": 20, "annat": 4, "REF": 4, "": 2},
         {"girls": 20, "boys": 20, "rest": 10}),
        ({"flicka": 20, "pojke": 3, "REF": 12}, {"girls": 20, "others": 15}),
        ({"flicka": 9, "pojke": 30, "REF": 30}, {}),
        ({"flicka": 30, "pojke": 9}, {}),
    ],
)  # fmt: skip
def test_each_class_has_ten(counts: Mapping[str, int], classes: Mapping[str, int]) -> None:
    """R2: those who are neither, would not say or left it empty stand apart from ten on."""
    found = result(counts)
    assert {each.name: each.n for each in found.genders} == classes
    assert found.asks_gender


def test_the_index_of_each_class_stands_beside_that_of_all() -> None:
    """Girls 10.0, boys 0.0, both 5.0."""
    found = result({"flicka": 20, "pojke": 20}, {"pojke": "1"})
    assert [each.means for each in found.genders] == [(Decimal("10.0"),), (Decimal("0.0"),)]
    assert found.dimensions[0].summary is not None
    assert found.dimensions[0].summary.mean == Decimal("5.0")


def test_nine_boys_with_an_index_hide_the_girls_too() -> None:
    """All have an index and a number: the girls' would leave the boys'."""
    found = result({"flicka": 20, "pojke": 9, "annat": 5}, {"annat": "DK"})
    assert [each.means for each in found.genders] == [(HIDDEN,), (HIDDEN,)]


@pytest.mark.parametrize("rest", range(10))
def test_none_and_nine_others_look_the_same(rest: int) -> None:
    """Whoever reads cannot tell whether anybody has another gender."""
    found = result({"flicka": 20, "pojke": 30 - rest, "annat": rest})
    assert found == result({"flicka": 20, "pojke": 30})


def test_only_a_whole_city_is_divided() -> None:
    """Gender and district together are few."""
    answers = [Alike("1", frozenset({"a", "kon"}), [{"a": "4", "kon": "flicka"}] * 40)]
    found = results_of_alike(codebook_of(ENKAT), answers)
    assert (found.asks_gender, found.genders) == (False, ())
