"""Repeats, choice filters, ranges and the other rows of everyday XLSForm."""

from __future__ import annotations

import pytest

from forms.compile import compile_workbook
from forms.instrument import Group, Instrument, QuestionType
from forms.problems import Level, Problem, ProblemCode
from tests.forms.tables import workbook_of

SETTINGS = """
    settings
    | form_id | default_language | sa_mode   |
    | test    | Svenska (sv)     | interview |
"""
LISTS = """
    choices
    | list_name | name | label::Svenska (sv) | lan |
    | lan       | ab   | Stockholm           |     |
    | lan       | c    | Uppsala             |     |
    | ort       | 1    | Solna               | ab  |
    | ort       | 2    | Enköping            | c   |
"""


def compiled(text: str) -> tuple[Instrument | None, list[Problem]]:
    """Compile a survey table under this file's lists."""
    result = compile_workbook(workbook_of(text + LISTS + SETTINGS))
    return result.instrument, list(result.problems)


def instrument_of(text: str) -> Instrument:
    """Compile a table that must be good."""
    instrument, problems = compiled(text)
    assert instrument is not None, [p.message() for p in problems]
    return instrument


def codes(text: str) -> list[tuple[ProblemCode, int | None, str | None]]:
    """Compile a table and give code, row and column of what is wrong, advice left out."""
    found = compiled(text)[1]
    return [(p.code, p.row, p.column) for p in found if p.level is not Level.ADVICE]


def test_a_repeat_is_a_group_of_its_own_kind_and_one_page() -> None:
    """All children of a family stand under each other."""
    instrument = instrument_of("""
        | type         | name  | label::Svenska (sv) | repeat_count |
        | integer      | antal | Hur många?          |              |
        | begin_repeat | barn  | Barn                | ${antal}     |
        | text         | namn  | Smeknamn            |              |
        | begin_repeat | leksak | Leksak             |              |
        | text         | sort  | Sort                |              |
        | end_repeat   |       |                     |              |
        | end_repeat   |       |                     |              |
    """)
    barn = instrument.groups["barn"]
    assert barn.is_repeat
    assert barn.repeat_count is not None
    assert instrument.groups["leksak"].repeat_count is None
    assert [[item.name for item in page.items] for page in instrument.pages] == [
        ["antal"],
        ["barn"],
    ]
    assert [q.name for q in instrument.pages[1].questions] == ["namn", "sort"]
    assert [group.name for group in instrument.around["sort"]] == ["barn", "leksak"]
    assert instrument.order.index("antal") < instrument.order.index("barn")


def test_a_count_that_depends_on_its_own_questions_is_a_circle() -> None:
    """How many there are cannot hang on what each of them says."""
    table = """
        | type         | name | label::Svenska (sv) | repeat_count   |
        | begin_repeat | barn | Barn                | count(${namn}) |
        | text         | namn | Smeknamn            |                |
        | end_repeat   |      |                     |                |
    """
    assert codes(table) == [(ProblemCode.CYCLE, 2, "repeat_count")]


def test_a_repeat_must_end_as_a_repeat() -> None:
    """The message names what was begun."""
    table = """
        | type         | name | label::Svenska (sv) |
        | begin_repeat | barn | Barn                |
        | text         | namn | Smeknamn            |
        | end_group    |      |                     |
    """
    assert (ProblemCode.END_OF_ANOTHER, 4, "type") in codes(table)


def test_repeats_have_a_depth_that_people_can_follow() -> None:
    """Three levels; more is a table of its own."""
    begin = "".join(f"| begin_repeat | r{n} | R |\n" for n in range(4))
    end = "| end_repeat | | |\n" * 4
    table = f"| type | name | label::Svenska (sv) |\n{begin}| text | a | A |\n{end}"
    assert (ProblemCode.REPEAT_TOO_DEEP, 5, "type") in codes(table)


def test_a_choice_filter_reads_columns_of_the_list() -> None:
    """A town belongs to its county."""
    table = """
        | type           | name | label::Svenska (sv) | choice_filter   |
        | select_one lan | l    | Län                 |                 |
        | select_one ort | o    | Ort                 | {} = ${{l}}     |
    """
    instrument = instrument_of(table.format("lan"))
    assert instrument.questions["o"].choice_filter is not None
    assert codes(table.format("county")) == [
        (ProblemCode.FILTER_COLUMN_UNKNOWN, 3, "choice_filter")
    ]


def test_or_other_adds_a_choice_and_a_place_to_write() -> None:
    """As XLSForm's own compiler does it."""
    instrument = instrument_of("""
        | type                    | name | label::Svenska (sv) |
        | select_one lan or_other | l    | Län                 |
    """)
    assert [c.name for c in instrument.questions["l"].choices] == ["ab", "c", "other"]
    assert instrument.questions["l"].choices[-1].label == {"sv": "Annat"}
    other = instrument.questions["l_other"]
    assert other.type is QuestionType.TEXT
    assert other.relevant is not None
    assert other.relevant.text == "selected(../l, 'other')"
    assert [c.name for c in instrument.lists["lan"].choices] == ["ab", "c"]


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("range", QuestionType.RANGE),
        ("time", QuestionType.TIME),
        ("dateTime", QuestionType.DATETIME),
        ("rank lan", QuestionType.RANK),
        ("acknowledge", QuestionType.ACKNOWLEDGE),
        ("geopoint", QuestionType.GEOPOINT),
        ("image", QuestionType.IMAGE),
        ("file", QuestionType.FILE),
        ("start", QuestionType.START),
        ("end", QuestionType.END),
        ("today", QuestionType.TODAY),
        ("select one from lan", QuestionType.SELECT_ONE),
        ("select all that apply from lan", QuestionType.SELECT_MULTIPLE),
        ("q int", QuestionType.INTEGER),
    ],
)
def test_every_everyday_type_is_understood(type_: str, expected: QuestionType) -> None:
    """Forms from other tools compile as they are."""
    instrument = instrument_of(f"""
        | type    | name | label::Svenska (sv) |
        | {type_} | a    | A                   |
    """)
    assert instrument.questions["a"].type is expected


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ("start=0 end=20 step=5", None),
        ("start=5 end=1", ProblemCode.RANGE_INVALID),
        ("start=a", ProblemCode.RANGE_INVALID),
        ("step=0", ProblemCode.RANGE_INVALID),
        ("step=inf", ProblemCode.RANGE_INVALID),
        ("stop=3", ProblemCode.PARAMETER_UNKNOWN),
    ],
)
def test_the_parameters_of_a_range_must_fit(parameters: str, code: ProblemCode | None) -> None:
    """A scale has a start, an end and steps between."""
    found = codes(f"""
        | type  | name | label::Svenska (sv) | parameters   |
        | range | a    | A                   | {parameters} |
    """)
    assert found == ([(code, 2, "parameters")] if code else [])


def test_drawing_is_refused_with_its_reason() -> None:
    """A signature is not what an image question stores here."""
    found = codes("""
        | type  | name | label::Svenska (sv) | appearance |
        | image | a    | A                   | signature  |
    """)
    assert found == [(ProblemCode.APPEARANCE_REFUSED, 2, "appearance")]


def test_groups_inside_a_screen_keep_their_place() -> None:
    """A field-list shows its inner groups with their headings."""
    instrument = instrument_of("""
        | type        | name | label::Svenska (sv) | appearance |
        | begin_group | g    | G                   | field-list |
        | text        | a    | A                   |            |
        | begin_group | h    | H                   |            |
        | text        | b    | B                   |            |
        | end_group   |      |                     |            |
        | end_group   |      |                     |            |
    """)
    (page,) = instrument.pages
    assert [item.name for item in page.items] == ["a", "h"]
    assert isinstance(page.items[1], Group)


def test_a_seed_keeps_its_letters() -> None:
    """A name in it is the author's; what else stands in parameters is the same in any case."""
    question = instrument_of("""
        | type           | name | label::Svenska (sv) | parameters                     |
        | select_one lan | Kon  | Kön                 | Randomize=True seed=${Kommun}  |
    """).questions["Kon"]
    assert question.parameters == {"randomize": "true", "seed": "${Kommun}"}
