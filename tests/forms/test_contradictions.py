"""What a name may not come to mean is found, and harmless changes are let pass."""

from __future__ import annotations

import pytest

from forms.change_kinds import REFUSED, ChangeKind
from forms.changes import changes_between, conflicts_with
from forms.contradictions import KINDS
from forms.instrument import Instrument, QuestionType
from forms.problems import ProblemCode
from tests.forms.versions import OLD, ROWS, SWAPPED, TABLE, changed, compiled


def test_every_question_type_has_a_kind() -> None:
    """Nobody adds a type whose change would pass unseen."""
    assert set(KINDS) == set(QuestionType)


@pytest.mark.parametrize(
    ("was", "now", "kind", "gaps"),
    [
        (
            "| integer          | n    |",
            "| text             | n    |",
            ChangeKind.TYPE_RECODED,
            {"old": "integer", "new": "text"},
        ),
        (
            "| select_one val   | val  |",
            "| select_multiple val | val  |",
            ChangeKind.TYPE_RECODED,
            {"old": "select_one", "new": "select_multiple"},
        ),
        (
            "| Don't know          | yes        |",
            "| Don't know          |            |",
            ChangeKind.MISSING_CHANGED,
            {"code": "DK"},
        ),
        ("| TRI          |", "| STU          |", ChangeKind.DIMENSION_CHANGED, {"old": "TRI"}),
        ("| TRI          |", "|              |", ChangeKind.DIMENSION_CHANGED, {"old": "TRI"}),
        (
            "| TRI          |            |",
            "| TRI          | yes        |",
            ChangeKind.REVERSE_CHANGED,
            {},
        ),
        (
            "| skala     | 3    | Ja                  | Yes                 |            |",
            "| skala     | 3    | Ja                  | Yes                 |            |\n    | skala | 4 | Jämt | Always | |",
            ChangeKind.SCALE_CHANGED,
            {"old": "1–3", "new": "1–4"},
        ),
    ],
)
def test_what_would_mean_something_else_is_a_conflict(was, now, kind, gaps) -> None:
    """The name has to change, because the column would have two meanings."""
    new = changed((was, now))
    (conflict,) = changes_between(OLD, new).conflicts
    assert (conflict.kind, conflict.gaps) == (kind, {"version": "1", **gaps})
    assert conflicts_with([OLD], new) == (conflict,)
    name = conflict.name
    assert conflict.effect() == REFUSED % {"name": name}
    assert f"${{{name}_2}} wherever ${{{name}}} stands" in conflict.effect()


def test_a_code_that_takes_over_anothers_label_is_recoded() -> None:
    """1 meant no and means yes: whoever merged them would turn the result around."""
    new = changed(*SWAPPED)
    found = [(c.kind, c.gaps["code"], c.gaps["old"]) for c in conflicts_with([OLD], new)]
    assert found == [(ChangeKind.RECODED, "1", "3"), (ChangeKind.RECODED, "3", "1")]
    kinds = [change.kind for change in changes_between(OLD, new)]
    assert ChangeKind.CHOICE_RELABELLED not in kinds


def recodings(was: list[str], now: list[str]) -> list[tuple[str, str]]:
    """Say which codes took over from which; lists as "code label" in Swedish."""

    def instrument(choices: list[str]) -> Instrument:
        rows = "\n".join("| l | " + " | ".join(c.split(" ", 1)) + " |" for c in choices)
        return compiled(f"""
            | type         | name | label::Svenska (sv) |
            | select_one l | q    | Q                   |
            choices
            | list_name | name | label::Svenska (sv) |
            {rows}
            settings
            | form_id |
            | test    |
        """)

    found = conflicts_with([instrument(was)], instrument(now))
    return [(change.gaps["code"], change.gaps["old"]) for change in found]


@pytest.mark.parametrize(
    ("was", "now", "found"),
    [
        (["1 Ja", "2 Nej"], ["1 Nej", "2 Ja"], [("1", "2"), ("2", "1")]),
        (["1 Ja", "2 Nej"], ["0 Nej", "1 Ja"], [("0", "2")]),
        (["1 A", "2 B", "3 C"], ["1 B", "2 C", "3 D"], [("1", "2"), ("2", "3")]),
        (["1 Ja", "2 Nej"], ["1  JA", "2 nej"], []),
        (["1 Ja", "2 Nej"], ["1 Absolut", "2 Nej"], []),
        (["1 Ja", "2 Nej"], ["1 Ja", "2 Nej", "3 Ja"], []),
        (["1 Ja", "2 Nej"], ["2 Nej", "1 Ja"], []),
        (["1 Samma", "2 Samma"], ["1 Samma", "2 Samma"], []),
        (["1 Samma", "2 Samma"], ["1 Ny", "2 Samma"], []),
        (["1 Ja", "2 Nej"], ["1 NEJ", "2  ja"], [("1", "2"), ("2", "1")]),
    ],
)
def test_only_a_label_that_went_to_another_code_is_recoding(was, now, found) -> None:
    """Rewording, adding, reordering and capitals harm nothing."""
    assert recodings(was, now) == found


def test_a_list_recoded_in_the_translation_alone_is_found() -> None:
    """A slip in the English sheet counts as much."""
    new = changed(
        ("| Ibland              | Sometimes           |", "| Ibland | Yes |"),
        ("| Ja                  | Yes                 |", "| Ja | Sometimes |"),
    )
    assert [c.gaps["code"] for c in conflicts_with([OLD], new)] == ["2", "3"]


def test_a_label_that_is_not_translated_yet_went_nowhere() -> None:
    """Two codes without English words are not the same code."""
    old = compiled(TABLE.replace("| Alpha               |", "|                     |"))
    beta = "| val       | b    | Beta                |"
    new = changed((f"{beta} Beta                |", f"{beta}                     |"))
    assert conflicts_with([old], new) == ()


def test_a_new_missing_code_does_not_stretch_the_scale() -> None:
    """9 for Vet ej counts in no index."""
    last = "| skala     | 3    | Ja                  | Yes                 |            |"
    new = changed((last, last + "\n    | skala | 9 | Vet ej | Don't know | yes |"))
    assert [change.kind for change in changes_between(OLD, new)] == [ChangeKind.CHOICE_ADDED]


def test_a_note_contradicts_nothing_wherever_it_stands() -> None:
    """It has no answers: a question may take its name, and leave it."""
    integer = ROWS.strip().splitlines()[2]
    note = integer.replace("integer", "note   ")
    noted = compiled(TABLE.replace(integer, note).replace("${n} + 1", "1"))
    repeated = f"| begin_repeat | r | R | R |\n    {note}\n    | end_repeat |"
    inside = compiled(TABLE.replace(integer, repeated).replace("${n} + 1", "1"))
    for old, new in ((OLD, noted), (noted, OLD), (noted, inside), (OLD, inside)):
        assert changes_between(old, new).conflicts == ()
        assert conflicts_with([old], new) == ()


def test_a_question_that_goes_into_a_repeat_is_a_conflict() -> None:
    """Its answers stand in another table."""
    row = ROWS.strip().splitlines()[2]
    inside = f"| begin_repeat | r | R | R |\n    {row}\n    | end_repeat |"
    new = compiled(TABLE.replace(row, inside))
    found = {(change.kind, change.name) for change in changes_between(OLD, new)}
    assert (ChangeKind.REPEAT_CHANGED, "n") in found
    assert (ChangeKind.GROUP_ADDED, "r") in found
    back = {(change.kind, change.name) for change in changes_between(new, OLD)}
    assert {(ChangeKind.REPEAT_CHANGED, "n"), (ChangeKind.GROUP_REMOVED, "r")} <= back


def test_a_group_around_a_question_is_no_conflict() -> None:
    """Groups leave no trace in the file."""
    row = ROWS.strip().splitlines()[2]
    grouped = compiled(
        TABLE.replace(row, f"| begin_group | g | G | G |\n    {row}\n    | end_group |")
    )
    assert conflicts_with([OLD], grouped) == ()


def test_each_question_is_compared_with_the_version_that_asked_it_last() -> None:
    """A name that was dropped keeps its meaning; one that was settled since is not asked again."""
    as_text = ("| integer          | n    |", "| text             | n    |")
    row = ROWS.strip().splitlines()[2]
    dropped = compiled(TABLE.replace(row + "\n", "").replace("${n} + 1", "1"))
    text = changed(as_text, version="3")
    assert [c.kind for c in conflicts_with([OLD, dropped], text)] == [ChangeKind.TYPE_RECODED]
    assert conflicts_with([OLD, text], text) == ()
    assert conflicts_with([], text) == ()


def test_a_conflict_tells_the_author_what_to_do_and_where() -> None:
    """The row is that of the new workbook."""
    (conflict,) = conflicts_with(
        [OLD], changed(("| integer          | n    |", "| text             | n    |"))
    )
    problem = conflict.problem()
    assert (problem.code, problem.sheet, problem.row) == (
        ProblemCode.NAME_HAS_OTHER_TYPE,
        "survey",
        4,
    )
    assert problem.message() == conflict.sentence()
    assert problem.message() == (
        'The question "n" in row 4 has the type text, but integer in version 1. Its answers could '
        "not share a column. Give it another name, or keep the type."
    )
