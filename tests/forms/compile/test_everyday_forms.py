"""What forms of other tools bring along, and is no reason to refuse them."""

from __future__ import annotations

import pytest

from forms.compile import Compiled, compile_workbook
from forms.instrument import QuestionType
from forms.problems import Level, ProblemCode
from tests.forms.tables import workbook_of

HEAD = "| type | name | label::Svenska (sv) |"
ANONYMOUS = "\nsettings\n| form_id |\n| t |\n"
INTERVIEW = "\nsettings\n| form_id | sa_mode |\n| t | interview |\n"


def compiled(text: str, settings: str = INTERVIEW) -> Compiled:
    """Compile a table under the settings of an interview."""
    return compile_workbook(workbook_of(text + settings))


def found(text: str, settings: str = INTERVIEW) -> list[tuple[str, str, int | None]]:
    """Give code, level and row of what is said."""
    return [(p.code.name, p.level.value, p.row) for p in compiled(text, settings).problems]


@pytest.mark.parametrize(
    "type_",
    [
        *("deviceid", "username", "phonenumber", "imei", "audit", "email"),
        *("start-geopoint", "background-audio"),
    ],
)
def test_what_only_an_app_knows_stays_blank(type_) -> None:
    """Most forms from ODK and Kobo have such a row; a condition on it still compiles."""
    table = f"{HEAD} relevant |\n| {type_} | d | | |\n| integer | a | A | ${{d}} = '' |\n"
    result = compiled(table)
    assert result.instrument is not None
    assert result.instrument.questions["d"].type is QuestionType.HIDDEN
    assert found(table) == [("TYPE_UNCOLLECTED", "warning", 2)]
    assert ("TYPE_ANONYMOUS", "error", 2) in found(table, "settings\n| form_id |\n| t |")


def test_a_disabled_row_is_not_asked() -> None:
    """As in the standard compiler, though its documentation is silent."""
    result = compiled(f"{HEAD} disabled |\n| integer | a | A | yes |\n| integer | b | B | no |\n")
    assert result.instrument is not None
    assert list(result.instrument.questions) == ["b"]


def test_a_row_of_remarks_is_passed_over_aloud() -> None:
    """The author's own line between two blocks stops nothing."""
    table = f"{HEAD} remark |\n| integer | a | A | |\n| | | | Here begins part two |\n"
    assert ("ROW_UNUSED", "warning", 3) in found(table)
    assert compiled(table).instrument is not None


def test_blank_rows_of_choices_are_told_once() -> None:
    """Five hundred formulas that came out empty are one mistake."""
    table = f"{HEAD}\n| select_one l | a | A |\nchoices\n| list_name | name | label::Svenska (sv) | own |\n| l | 1 | Ja | |\n| | | | x |\n| | | | y |\n"
    codes = [code for code in found(table) if code[0] == "CHOICE_ROW_UNUSED"]
    assert codes == [("CHOICE_ROW_UNUSED", "warning", 3)]


@pytest.mark.parametrize("column", ["type", "name", "label"])
def test_a_missing_column_is_told_once(column) -> None:
    """Not once for each of a hundred rows."""
    headers = [name for name in ("type", "name", "label") if name != column]
    cells = {"type": "integer", "name": "{}", "label": "A"}
    rows = [
        "| " + " | ".join(cells[name].format(letter) for name in headers) + " |" for letter in "abc"
    ]
    table = "| " + " | ".join(headers) + " |\n" + "\n".join(rows)
    assert [code for code in found(table) if code[1] == "error"] == [("COLUMN_MISSING", "error", 1)]


@pytest.mark.parametrize("column", ["list_name", "name"])
def test_a_missing_column_of_choices_is_told_once(column) -> None:
    """The same on the other sheet."""
    headers = [name for name in ("list_name", "name", "label") if name != column]
    table = (
        f"{HEAD}\n| integer | a | A |\nchoices\n| "
        + " | ".join(headers)
        + " |\n| x | Ja |\n| y | Nej |\n"
    )
    codes = [
        (p.code, p.sheet, p.column) for p in compiled(table).problems if p.level is Level.ERROR
    ]
    assert codes == [(ProblemCode.COLUMN_MISSING, "choices", column)]


def test_a_language_is_default_when_it_is_the_only_one() -> None:
    """A form in English need not say so twice; Swedish comes first where it is one of them."""
    english = compiled("| type | name | label::English (en) |\n| integer | a | A |\n").instrument
    assert english is not None
    assert english.languages == ("en",)
    table = "| type | name | label::English (en) | label::Svenska (sv) |\n| integer | a | A | B |\n"
    both = compiled(table).instrument
    assert both is not None
    assert both.languages == ("sv", "en")


@pytest.mark.parametrize(("written", "relevant"), [("FALSE", "false()"), ("yes", "true()")])
def test_yes_and_no_are_conditions_in_any_column(written, relevant) -> None:
    """Excel writes TRUE and FALSE by itself."""
    instrument = compiled(f"{HEAD} relevant |\n| integer | a | A | {written} |\n").instrument
    assert instrument is not None
    expression = instrument.questions["a"].relevant
    assert expression is not None
    assert expression.text == relevant


def test_a_loop_is_refused_alone() -> None:
    """Its rows and its end are not blamed for it."""
    table = f"{HEAD}\n| begin_group | g | G |\n| begin loop over l | k | K |\n| integer | a | A |\n| end loop | | |\n| end_group | | |\n"
    assert [c for c in found(table) if c[1] == "error"] == [("TYPE_LOOP", "error", 3)]


def test_to_ask_for_a_refused_row_is_no_second_mistake() -> None:
    """One cause, one message."""
    table = f"{HEAD} relevant |\n| barcode | b | B | |\n| integer | a | A | ${{b}} = '1' |\n"
    assert [c for c in found(table) if c[1] == "error"] == [("TYPE_UNSUPPORTED", "error", 2)]


def test_a_name_used_twice_in_a_group_is_refused() -> None:
    """A column of the coded file has one name."""
    table = f"{HEAD}\n| begin_group | g | G |\n| integer | a | A |\n| integer | a | A |\n| end_group | | |\n"
    assert ("NAME_TWICE", "error", 4) in found(table)


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("| form_id | id_string |\n| t | u |", "COLUMN_TWICE"),
        ("| form_id | version |\n| t | 1 |\n| | 2 |", "SETTINGS_ROW_UNUSED"),
        ("| form_id | sa_title::Klingonska |\n| t | T |", "LANGUAGE_UNKNOWN"),
        ("| form_id |\n| Min enkät |", "FORM_ID_CHANGED"),
        ("| form_id | add_none_option |\n| t | yes |", "COLUMN_UNUSED"),
    ],
)
def test_settings_that_would_be_passed_over_are_named(settings, code) -> None:
    """The settings decide what is kept of whom."""
    table = f"{HEAD}\n| integer | a | A |\n"
    assert code in [name for name, _, _ in found(table, f"settings\n{settings}\n")]


def test_a_title_may_be_written_once_for_all() -> None:
    """sa_title without a language is the title in the default one."""
    instrument = compiled(
        f"{HEAD}\n| integer | a | A |\n", "settings\n| form_id | sa_title |\n| t | T |\n"
    ).instrument
    assert instrument is not None
    assert instrument.title == {"sv": "T"}


def test_choices_are_translated_too() -> None:
    """A pupil who reads English meets no Swedish answers unannounced."""
    table = """
        | type         | name | label::Svenska (sv) | label::English (en) |
        | select_one l | a    | A                   | A                   |
        choices
        | list_name | name | label::Svenska (sv) | label::English (en) |
        | l         | 1    | Ja                  | Yes                 |
        | l         | 0    | Nej                 |                     |
    """
    problems = [p for p in compiled(table).problems if p.code is ProblemCode.LABEL_LANGUAGE_MISSING]
    assert [(p.sheet, p.row, p.column) for p in problems] == [("choices", 3, "label::English (en)")]


def test_the_header_of_a_matrix_may_be_without_a_text() -> None:
    """Its choices are what it shows; the standard compiler accepts it too."""
    table = f"{HEAD} appearance |\n| select_one l | a | | label |\n| select_one l | b | B | list-nolabel |\n"
    lists = "choices\n| list_name | name | label::Svenska (sv) |\n| l | 1 | Ja |\n"
    assert found(table + lists) == [("LABEL_MISSING", "warning", 2)]


def test_an_anonymous_questionnaire_never_asks_for_the_last_answer() -> None:
    """On a shared tablet it would be another pupil's."""
    table = f"{HEAD} default |\n| integer | a | A | ${{last-saved#a}} |\n"
    assert ("LAST_SAVED_ANONYMOUS", "error", 2) in found(table, ANONYMOUS)
