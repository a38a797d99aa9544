"""What was said stands beside the closed answers as numbers; every cell worked out by hand."""

from __future__ import annotations

from exports.qda.columns import code_columns, mentions, together
from exports.qda.model import Code, Segment

CODES = (
    Code(name="före", is_codable=False),
    Code(name="före:frånvaro", label="Frånvaro", parent="före"),
    Code(name="före:orsak", parent="före", is_codable=True),
    Code(name="orsak:hem", parent="före:orsak"),
    Code(name="rek", label="Råd"),
)


def said(case: str, *codes: str, question: str = "", start: int = 0) -> Segment:
    """Code some words of a case."""
    return Segment(source=(case, question), start=start, end=start + 1, codes=codes)


SEGMENTS = (
    said("a", "före:frånvaro"),
    said("a", "före:frånvaro", "orsak:hem", start=5),
    said("a", "rek", question="Fråga 2"),
    said("b", "orsak:hem"),
    said("c", "rek"),
    said("elsewhere", "rek"),
)


def test_each_code_and_area_has_its_columns() -> None:
    """Of four interviews the third is not coded to the end, and the last mentions nothing."""
    columns = code_columns(CODES, SEGMENTS, ["a", "b", "c", "d"], coded={"a", "b", "d"})
    assert [(c.name, *c.cells) for c in columns] == [
        ("area__fore", 1, 1, "NA", 0),
        ("area__fore__count", 2, 1, "NA", 0),
        ("code__fore_franvaro", 1, 0, "NA", 0),
        ("code__fore_franvaro__count", 2, 0, "NA", 0),
        ("code__fore_orsak", 0, 0, "NA", 0),
        ("code__fore_orsak__count", 0, 0, "NA", 0),
        ("code__orsak_hem", 1, 1, "NA", 0),
        ("code__orsak_hem__count", 1, 1, "NA", 0),
        ("code__rek", 1, 0, "NA", 0),
        ("code__rek__count", 1, 0, "NA", 0),
    ]
    assert [c.is_yes_no for c in columns] == [True, False] * 5
    labels = [c.phrase % {"code": c.code} for c in columns]
    assert labels[0] == "Mentioned, with all codes below: före"
    assert labels[2:4] == ["Mentioned: Frånvaro", "Number of passages: Frånvaro"]


def test_a_passage_whose_codes_were_settled_apart_is_one() -> None:
    """In the count of the area; each code counts it once too."""
    apart = [said("a", "före:frånvaro"), said("a", "orsak:hem")]
    found = {c.name: c.cells for c in code_columns(CODES, apart, ["a"], coded={"a"})}
    whole = {
        c.name: c.cells
        for c in code_columns(CODES, [said("a", "före:frånvaro", "orsak:hem")], ["a"], {"a"})
    }
    assert found == whole
    assert found["area__fore__count"] == (1,)


def test_names_fit_every_program_and_stay_apart() -> None:
    """Codes in other letters, alike ones and long ones each have a name of their own."""
    names = ["före", "FORE", "före!", "المدرسة", "家", "a" * 40, "a" * 41, "1:a-b"]
    columns = code_columns([Code(name=n) for n in names], (), (), ())
    found = [c.name for c in columns if c.is_yes_no]
    assert found == [
        "code__fore",
        "code__fore_2",
        "code__fore_3",
        "code__x",
        "code__x_2",
        "code__" + "a" * 19,
        "code__" + "a" * 17 + "_2",
        "code__1_a_b",
    ]
    assert max(len(c.name) for c in columns) == 32


def test_mentions_and_pairs() -> None:
    """What tables by group count, and which codes come together."""
    found = mentions(CODES, SEGMENTS, ["a", "b", "d"])
    assert found == {
        "a": {"före:frånvaro", "orsak:hem", "rek"},
        "b": {"orsak:hem"},
        "d": frozenset(),
    }
    assert together(found, ["rek", "före:frånvaro", "orsak:hem"]) == {
        ("rek", "före:frånvaro"): 1,
        ("rek", "orsak:hem"): 1,
        ("före:frånvaro", "orsak:hem"): 1,
    }
