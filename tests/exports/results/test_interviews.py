"""What may be shown of coded interviews: groups that are large enough, and what is mentioned."""

from __future__ import annotations

from collections.abc import Mapping

from exports.disclosure.matrix import ALL, Place
from exports.disclosure.symbols import Symbol
from exports.qda.model import Code
from exports.results.interviews import OTHERS, InterviewFigures, figures_of, merge_small

CODES = (
    Code(name="rel", label="Relation"),
    Code(name="rel_tillit", label="Tillit", parent="rel"),
    Code(name="rel_byte", label="Byte", parent="rel"),
    Code(name="eff", label="Effekt"),
)


def counted(
    mentions: Mapping[str, int], known: Mapping[str, Mapping[str, int]] | None = None, n: int = 30
) -> InterviewFigures:
    """Count n interviews of which the first so many mention each code; None is a mistake here."""
    cases = [f"E-{at:03}" for at in range(n)]
    said = {
        case: frozenset(name for name, many in mentions.items() if at < many)
        for at, case in enumerate(cases)
    }
    groups: dict[str, dict[str, str]] = {case: {} for case in cases}
    for grouping, sizes in (known or {}).items():
        names = [name for name, size in sizes.items() for _ in range(size)]
        for case, name in zip(cases, names, strict=True):
            groups[case][grouping] = name
    figures = figures_of(CODES, said, groups)
    assert figures
    return figures


def test_of_fewer_than_five_interviews_nothing_is_told() -> None:
    """Not even how many there are."""
    said = {case: frozenset({"eff"}) for case in "abcd"}
    assert figures_of(CODES, said, {case: {} for case in said}) is None


def test_a_code_and_an_area_count_interviews_once() -> None:
    """12 mention trust, 8 of these change too: the area counts 12, and its heading is no row."""
    figures = counted({"rel_tillit": 12, "rel_byte": 8, "eff": 20})
    found = {line.name: figures.mentioned(line) for line in figures.lines}
    assert found == {"area rel": 12, "code rel_tillit": 12, "code rel_byte": 8, "code eff": 20}
    assert figures.matrix.sizes == {ALL: 30}
    assert figures.areas == {"rel_tillit": "Relation", "rel_byte": "Relation"}


def test_few_are_hidden_in_rows_and_pairs() -> None:
    """Four mention it, or all but four: the picture of pairs does not know such a code."""
    figures = counted({"rel_tillit": 4, "rel_byte": 26, "eff": 12})
    found = {line.name: figures.mentioned(line) for line in figures.lines}
    hidden = Symbol.HIDDEN
    assert found == {"code rel_tillit": hidden, "code rel_byte": hidden, "code eff": 12}
    assert [code.name for code in figures.codes] == ["eff"]
    assert figures.together == {}


def test_pairs_are_protected_too() -> None:
    """12 and 8 overlap in 8: four mention one alone, which is too few; 20 and 10 leave ten."""
    figures = counted({"rel_tillit": 12, "rel_byte": 8, "eff": 20})
    assert figures.together["rel_tillit", "rel_byte"] is Symbol.HIDDEN
    figures = counted({"rel_tillit": 10, "eff": 20})
    assert figures.together["rel_tillit", "eff"] == 10


def test_small_groups_stand_together_or_not_at_all() -> None:
    """Roles from five, the others from ten; who is not known is no group of its own."""
    known = {
        "role": {"elev": 24, "personal": 6},
        "gender": {"flicka": 21, "pojke": 9},
        "district": {"farsta": 12, "bromma": 10, "jarva": 5, "": 3},
    }
    figures = counted({"eff": 15}, known)
    assert set(figures.matrix.places) == {
        ALL, Place("role", "elev"), Place("role", "personal"),
        Place("district", "farsta"), Place("district", OTHERS),
    }  # fmt: skip
    sizes = figures.matrix.sizes
    assert sizes[Place("district", "farsta")] == 12
    assert sizes[Place("district", OTHERS)] == 18


def test_others_are_never_few() -> None:
    """The smallest of the large ones joins them; with nobody left there is one group alone."""
    groups = {str(at): "a" if at < 12 else "b" if at < 22 else "c" for at in range(25)}
    assert set(merge_small(groups, 10).values()) == {"a", OTHERS}
    assert set(merge_small(dict.fromkeys("abc", "x"), 10).values()) == {OTHERS}
    assert merge_small({"1": "a", "2": "a"}, 2) == {"1": "a", "2": "a"}
