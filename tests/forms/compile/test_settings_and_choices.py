"""Settings and choice lists: what is read, and what is refused."""

from __future__ import annotations

import pytest

from forms.compile import Compiled, compile_workbook
from forms.instrument import Mode
from forms.problems import Level, ProblemCode
from tests.forms.tables import workbook_of

SURVEY = """
    | type         | name | label::Svenska (sv) |
    | select_one l | a    | A                   |
"""
CHOICES = """
    choices
    | list_name | name | label::Svenska (sv) | sa_missing |
    | l         | 1    | Ja                  |            |
    | l         | DK   | Vet ej              | DK         |
"""


def compiled(settings: str = "", choices: str = CHOICES, survey: str = SURVEY) -> Compiled:
    """Compile the three sheets."""
    return compile_workbook(workbook_of(survey + choices + settings))


def errors(result: Compiled) -> list[tuple[str, int | None, str | None]]:
    """Give code, row and column of each error."""
    found = (p for p in result.problems if p.level is Level.ERROR)
    return [(p.code.name, p.row, p.column) for p in found]


def test_settings_are_read() -> None:
    """Name, version, title, mode and period decide how it is collected."""
    instrument = compiled("""
        settings
        | form_id | form_title | version | default_language | sa_mode | sa_unit | sa_period | sa_title::English (en) |
        | Min enkät | Min enkät | 7 | Svenska (sv) | return | team | month | My survey |
    """).instrument
    assert instrument is not None
    assert (instrument.name, instrument.version) == ("min-enk-t", "7")
    assert instrument.title == {"sv": "Min enkät", "en": "My survey"}
    assert (instrument.mode, instrument.unit, instrument.period) == (Mode.RETURN, "team", "month")


def test_the_strictest_mode_is_the_default() -> None:
    """Whoever forgets the mode stores too little rather than too much."""
    instrument = compiled("""
        settings
        | form_id |
        | x       |
    """).instrument
    assert instrument is not None
    assert instrument.mode is Mode.ANONYMOUS


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("sa_mode", "open", "SETTING_INVALID"),
        ("sa_unit", "planet", "SETTING_INVALID"),
        ("sa_period", "week", "SETTING_INVALID"),
        ("sa_unit", "pupil", "ANONYMOUS_UNIT"),
        ("default_language", "English (en)", "DEFAULT_LANGUAGE_MISSING"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(column: str, value: str, code: str) -> None:
    """The message names the column of the settings sheet."""
    result = compiled(f"""
        settings
        | form_id | {column} |
        | x       | {value}  |
    """)
    assert (code, 2, column) in errors(result)


def test_a_form_without_a_name_takes_that_of_its_file() -> None:
    """Many authors leave the settings sheet out."""
    workbook = workbook_of(SURVEY + CHOICES)
    assert compile_workbook(workbook).instrument is None
    instrument = compile_workbook(workbook, fallback_name="min fil").instrument
    assert instrument is not None
    assert instrument.name == "min-fil"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("|   | 2   | Två |  |", "CHOICE_LIST_NAME_MISSING"),
        ("| l |     | Två |  |", "CHOICE_NAME_MISSING"),
        ("| l | 2 b | Två |  |", "CHOICE_NAME_INVALID"),
        ("| l | 1   | Två |  |", "CHOICE_TWICE"),
        ("| l | 2   |     |  |", "CHOICE_LABEL_MISSING"),
    ],
)
def test_a_mistake_in_a_choice_is_named_with_its_row(row: str, code: str) -> None:
    """Choices are checked as thoroughly as questions."""
    result = compiled(choices=CHOICES + row)
    assert (code, 4) in [(name, row) for name, row, _ in errors(result)]


def test_missing_codes_are_marked() -> None:
    """To say "vet ej" is to answer without a value."""
    result = compiled("""
        settings
        | form_id |
        | x       |
    """)
    assert result.instrument is not None
    choices = result.instrument.questions["a"].choices
    assert [(choice.name, choice.is_missing) for choice in choices] == [("1", False), ("DK", True)]


def test_a_list_that_nobody_uses_is_advice() -> None:
    """It does no harm, and is often a sign of a misspelling."""
    result = compiled(choices=CHOICES + "| other | 1 | Ett | |")
    found = [(p.code, p.level) for p in result.problems]
    assert (ProblemCode.LIST_UNUSED, Level.ADVICE) in found


def test_a_language_without_its_code_is_refused() -> None:
    """A page needs to know the language of its texts."""
    result = compiled(survey=SURVEY.replace("Svenska (sv)", "Skolspråket"))
    assert ("LANGUAGE_UNKNOWN", 1, "label::Skolspråket") in errors(result)


def test_a_language_may_go_by_its_english_name() -> None:
    """Older forms write label::English."""
    result = compiled(
        """
        settings
        | form_id | default_language |
        | x       | English          |
        """,
        survey=SURVEY.replace("Svenska (sv)", "English"),
        choices=CHOICES.replace("Svenska (sv)", "English"),
    )
    assert result.instrument is not None
    assert result.instrument.languages == ("en",)


def test_a_column_that_stands_twice_is_refused() -> None:
    """Two cells cannot both be right."""
    result = compiled(survey=SURVEY.replace("| name |", "| name | Name |"))
    assert any(code == "COLUMN_TWICE" for code, _, _ in errors(result))


@pytest.mark.parametrize(
    ("column", "code", "level"),
    [
        ("sa_moed", ProblemCode.COLUMN_UNKNOWN, Level.ERROR),
        ("public_key", ProblemCode.COLUMN_UNUSED, Level.ERROR),
        ("instance_name", ProblemCode.COLUMN_UNUSED, Level.WARNING),
    ],
)
def test_a_setting_without_effect_is_told(column: str, code: ProblemCode, level: Level) -> None:
    """A misspelt sa_mode must not make an anonymous form of another kind in silence."""
    result = compiled(f"""
        settings
        | form_id | {column} |
        | x       | v        |
    """)
    found = [(p.code, p.level, p.column) for p in result.problems]
    assert (code, level, column) in found
