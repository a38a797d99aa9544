"""Names that SPSS and Stata accept."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.writers.statistical.names import SPSS, STATA, Naming, accepted, cut_to_bytes

ANY = st.text(st.characters(codec="utf-8", categories=["L", "N", "Pd", "Pc", "Po"]), min_size=1)


@pytest.mark.parametrize(
    ("rules", "names", "expected"),
    [
        (SPSS, ["kön", "a_b", "a.b"], ["kön", "a_b", "a.b"]),
        (SPSS, ["_version", "version"], ["version_2", "version"]),
        (SPSS, ["Kön", "kön"], ["Kön", "kön_2"]),
        (SPSS, ["a-b", "a_b"], ["a_b_2", "a_b"]),
        (SPSS, ["TO", "to."], ["q_TO", "q_to_2"]),
        (SPSS, ["å" * 33], ["å" * 32]),
        (STATA, ["_version", "_n", "str12"], ["_version", "q__n", "q_str12"]),
        (STATA, ["a.b", "2a"], ["a_b", "a"]),
        (STATA, ["x" * 40, "x" * 41], ["x" * 27, "x" * 25 + "_2"]),
    ],
)
def test_names_change_as_little_as_they_can(
    rules: Naming, names: list[str], expected: list[str]
) -> None:
    """Scripts written for one format work in another for almost all names."""
    assert accepted(names, rules) == expected


@pytest.mark.parametrize(("rules", "longest"), [(SPSS, 64), (STATA, 32)])
@given(st.data())
def test_any_names_become_different_legal_ones(
    rules: Naming, longest: int, data: st.DataObject
) -> None:
    """No question name stops an export."""
    names = data.draw(st.lists(ANY, unique=True, max_size=6))
    found = accepted(names, rules)
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert re.fullmatch(r"[^\W\d][\w.@#$]*", name), name
        assert len(name.encode() if rules is SPSS else name) <= longest


@given(st.text(), st.integers(3, 30))
def test_a_label_is_cut_between_letters(text: str, longest: int) -> None:
    """No half of a letter stands at the end."""
    text = text.encode(errors="ignore").decode()
    cut = cut_to_bytes(text, longest)
    assert len(cut.encode()) <= longest
    assert cut == text or text.startswith(cut.removesuffix("…"))
