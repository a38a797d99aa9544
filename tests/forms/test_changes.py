"""What a new version changes is told in words, with what it does to the file."""

from __future__ import annotations

import pytest

from forms.change_kinds import REFUSED, SPLIT, ChangeKind
from forms.changes import Change, changes_between
from tests.forms.versions import HEAD, OLD, REST, ROWS, SWAPPED, TABLE, changed, compiled


def told(*replacements: tuple[str, str]) -> list[Change]:
    """Tell the changes."""
    return list(changes_between(OLD, changed(*replacements)))


def facts(*replacements: tuple[str, str]) -> list[tuple[ChangeKind, str, int | None]]:
    """Tell what changed where."""
    return [(change.kind, change.name, change.row) for change in told(*replacements)]


def test_the_same_sheets_have_no_changes() -> None:
    """Publishing again says nothing."""
    assert told() == []


def test_every_kind_of_change_speaks_whole_sentences() -> None:
    """What is said is a sentence, and so is what it does to the file."""
    for kind in ChangeKind:
        assert kind.value.sentence.endswith((".", "name."))
        assert kind.value.effect.endswith(".")
    conflicts = [kind for kind in ChangeKind if kind.value.problem]
    assert len(conflicts) == 8
    assert {kind.value.effect for kind in conflicts} == {REFUSED, SPLIT}


NEW_ROW = (
    "| integer          | n    |",
    "| text             | ny   | Ny | New |                    |          |             |         |            |              |            |\n    | integer          | n    |",
)


@pytest.mark.parametrize(
    ("was", "now", "kind", "name", "row", "sentence"),
    [
        (*NEW_ROW, ChangeKind.ADDED, "ny", 4, 'The question "ny" is new.'),
        (
            "| Jag trivs           |",
            "| Jag mår bra         |",
            ChangeKind.RELABELLED,
            "tri",
            2,
            'The label of "tri" in Svenska is "Jag mår bra" instead of "Jag trivs".',
        ),
        (
            "| I am happy          |",
            "| I feel well         |",
            ChangeKind.RELABELLED,
            "tri",
            2,
            'The label of "tri" in English is "I feel well" instead of "I am happy".',
        ),
        (
            "| Tänk på nu         |",
            "| Tänk på då         |",
            ChangeKind.RELABELLED,
            "tri",
            2,
            'The hint of "tri" in Svenska is "Tänk på då" instead of "Tänk på nu".',
        ),
        (
            "| ${n} + 1    |",
            "| ${n} + 2    |",
            ChangeKind.COMPUTED_ANEW,
            "c",
            5,
            'The calculation of "c" is "${n} + 2" instead of "${n} + 1"; its values differ.',
        ),
        (
            "| How many?           |                    |          |",
            "| How many?           |                    | ${tri} = 3 |",
            ChangeKind.LOGIC_CHANGED,
            "n",
            4,
            'The relevant of "n" is "${tri} = 3" instead of "".',
        ),
        (
            "| integer          | n    |",
            "| decimal          | n    |",
            ChangeKind.TYPE_CHANGED,
            "n",
            4,
            'The type of "n" is decimal instead of integer.',
        ),
        (
            "| val       | b    | Beta                | Beta                |",
            "| val       | b    | Bravo               | Beta                |",
            ChangeKind.CHOICE_RELABELLED,
            "val",
            3,
            'The code b of "val" is called "Bravo" instead of "Beta" (Svenska).',
        ),
        (
            "| val       | DK   |",
            "| val       | x    | Xi | Xi | |\n    | val       | DK   |",
            ChangeKind.CHOICE_ADDED,
            "val",
            3,
            '"val" has a new alternative, x.',
        ),
        (
            "| val       | b    | Beta                | Beta                |            |\n",
            "",
            ChangeKind.CHOICE_REMOVED,
            "val",
            3,
            '"val" no longer has the alternative b.',
        ),
        (
            "| test    | Prov       |",
            "| test    | Provet     |",
            ChangeKind.SETTING_CHANGED,
            "",
            None,
            'The setting form_title is "Provet" instead of "Prov".',
        ),
    ],
)
def test_a_change_is_told_alone(was, now, kind, name, row, sentence) -> None:
    """The author reads what is different, and nothing else; none of it is refused."""
    (change,) = told((was, now))
    assert (change.kind, change.name, change.row) == (kind, name, row)
    assert change.sentence() == sentence
    assert not change.is_conflict


def test_looks_and_dimensions_are_told() -> None:
    """What is shown differently may be answered differently."""
    row = "| integer          | n    | Hur många?          | How many?           |                    |          |             |         |            |"
    assert facts((row, row[:-14] + "| numbers    |")) == [(ChangeKind.SHOWN_ANEW, "n", 4)]
    row = "| select_one val   | val  | Välj                | Choose              |                    |          |             |         |            |"
    (change,) = told((row + "              |", row + " NY           |"))
    assert (change.kind, change.gaps["new"]) == (ChangeKind.DIMENSION_GIVEN, "NY")


def test_what_is_gone_is_told_last_with_its_old_row() -> None:
    """The author finds it in the old workbook."""
    rows = ROWS.strip().splitlines()
    without = compiled(TABLE.replace(rows[2] + "\n", "").replace("${n} + 1", "1"))
    found = [(change.kind, change.name, change.row) for change in changes_between(OLD, without)]
    assert found == [(ChangeKind.COMPUTED_ANEW, "c", 4), (ChangeKind.REMOVED, "n", 4)]


def test_the_fewest_questions_are_said_to_have_moved() -> None:
    """One question that went to the end is one change, not three."""
    first, *others = ROWS.strip().splitlines()
    moved = compiled(HEAD + "\n".join([*others, first]) + REST)
    found = [(change.kind, change.name) for change in changes_between(OLD, moved)]
    assert found == [(ChangeKind.MOVED, "tri")]


def test_languages_are_told_once_and_not_question_by_question() -> None:
    """A translation into Somali is one change."""
    table = TABLE.replace("label::English (en)", "label::Soomaali (so)")
    found = [(c.kind, c.gaps["language"]) for c in changes_between(OLD, compiled(table))]
    assert found == [
        (ChangeKind.LANGUAGE_ADDED, "Soomaali"),
        (ChangeKind.LANGUAGE_REMOVED, "English"),
    ]


def test_every_conflict_fills_its_sentence() -> None:
    """No gap is left open, in any of them."""
    for change in told(*SWAPPED, ("| Don't know          | yes        |", "| Don't know | |")):
        assert "%(" not in change.sentence()
        if change.is_conflict:
            assert "%(" not in change.problem().message()


def test_a_harmless_change_is_no_problem() -> None:
    """Asking for one is a mistake of ours."""
    (change,) = told(NEW_ROW)
    with pytest.raises(ValueError, match="ADDED"):
        change.problem()


def test_sentences_are_translated_before_they_are_filled() -> None:
    """Swedish authors read Swedish."""
    (change,) = told(NEW_ROW)
    assert change.sentence(lambda text: text.upper().replace("%(NAME)S", "%(name)s")) == (
        'THE QUESTION "ny" IS NEW.'
    )
    assert change.effect(str.upper).startswith("IT GETS COLUMNS")
