"""The author learns every mistake at once, each with its place."""

from __future__ import annotations

import pytest

from forms.compile import compile_workbook
from forms.instrument import Group, Instrument, Question, QuestionType
from forms.problems import Level, Problem, ProblemCode
from tests.forms.tables import workbook_of

SETTINGS = """
    settings
    | form_id | default_language |
    | test    | Svenska (sv)     |
"""
YES_NO = """
    choices
    | list_name | name | label::Svenska (sv) |
    | yn        | 1    | Ja                  |
    | yn        | 0    | Nej                 |
"""


def problems_of(text: str, *, extra: str = "", level: Level = Level.ERROR) -> list[Problem]:
    """Compile a survey table and give the problems of one level."""
    compiled = compile_workbook(workbook_of(text + extra + SETTINGS))
    return [problem for problem in compiled.problems if problem.level is level]


def instrument_of(text: str, extra: str = "") -> Instrument:
    """Compile a table that must be good."""
    compiled = compile_workbook(workbook_of(text + extra + SETTINGS))
    assert compiled.instrument is not None, [p.message() for p in compiled.problems]
    return compiled.instrument


def test_a_missing_list_is_reported_with_its_row() -> None:
    """The author learns which row to mend."""
    problems = problems_of("""
        | type           | name | label::Svenska (sv) |
        | integer        | age  | Din ålder           |
        | select_one sex | sex  | Kön                 |
    """)
    assert [(p.code, p.sheet, p.row, p.column) for p in problems] == [
        (ProblemCode.LIST_MISSING, "survey", 3, "type")
    ]
    assert "Row 3" in problems[0].message()
    assert "sex" in problems[0].message()


# One row that is wrong in one way, beside a question that is right.
MISTAKES = [
    ("|         | b | B |  |  |", ProblemCode.TYPE_MISSING, "type"),
    ("| intger  | b | B |  |  |", ProblemCode.TYPE_UNKNOWN, "type"),
    ("| audio   | b | B |  |  |", ProblemCode.TYPE_UNSUPPORTED, "type"),
    ("| osm     | b | B |  |  |", ProblemCode.TYPE_UNSUPPORTED, "type"),
    ("| start   | b |   |  |  |", ProblemCode.TYPE_ANONYMOUS, "type"),
    ("| image   | b | B |  |  |", ProblemCode.TYPE_ANONYMOUS, "type"),
    ("| geopoint | b | B |  |  |", ProblemCode.TYPE_ANONYMOUS, "type"),
    ("| select_one_from_file x.csv | b | B |  |  |", ProblemCode.FILE_NOT_ATTACHED, "type"),
    ("| text    |   | B |  |  |", ProblemCode.NAME_MISSING, "name"),
    ("| text    | a | B |  |  |", ProblemCode.NAME_TWICE, "name"),
    ("| text    | 1b | B |  |  |", ProblemCode.NAME_INVALID, "name"),
    ("| text    | b c | B |  |  |", ProblemCode.NAME_INVALID, "name"),
    ("| text    | response_id | B |  |  |", ProblemCode.NAME_RESERVED, "name"),
    ("| text    | Entry_Code | B |  |  |", ProblemCode.NAME_RESERVED, "name"),
    ("| text    | b |   |  |  |", ProblemCode.LABEL_MISSING, "label::Svenska (sv)"),
    ("| select_one | b | B |  |  |", ProblemCode.LIST_NOT_NAMED, "type"),
    ("| calculate | b |  |  |  |", ProblemCode.CALCULATION_MISSING, "calculation"),
    ("| end_group |  |  |  |  |", ProblemCode.GROUP_NOT_OPEN, "type"),
    ("| begin_group | g | G |  |  |", ProblemCode.GROUP_NOT_CLOSED, None),
    ("| text    | b | B | ${zzz} = 1 |  |", ProblemCode.REFERENCE_UNKNOWN, "relevant"),
    ("| text    | b | B | ${a} = |  |", ProblemCode.EXPRESSION, "relevant"),
    ("| text    | b | B | frob(${a}) |  |", ProblemCode.EXPRESSION, "relevant"),
    ("| text    | b | B | selected(${a}) |  |", ProblemCode.EXPRESSION, "relevant"),
    ("| text    | b | B | ${b} = 1 |  |", ProblemCode.CYCLE, "relevant"),
    ("| calculate | b |  |  | ${b} + 1 |", ProblemCode.CYCLE, "calculation"),
    ("| text    | b | B | ../zzz = 1 |  |", ProblemCode.PATH_UNKNOWN, "relevant"),
    ("| text    | b | B | /data/zzz = 1 |  |", ProblemCode.PATH_UNKNOWN, "relevant"),
    ("| text    | b | B | ../b = 1 |  |", ProblemCode.CYCLE, "relevant"),
    (
        "| text    | b | B | count(instance('zz')/root/item) > 1 |  |",
        ProblemCode.LIST_UNKNOWN,
        "relevant",
    ),
    ("| note    | b | Hej ${zzz} |  |  |", ProblemCode.REFERENCE_UNKNOWN, "label::Svenska (sv)"),
]


@pytest.mark.parametrize(("row", "code", "column"), MISTAKES)
def test_a_mistake_in_a_row_is_named_and_located(
    row: str, code: ProblemCode, column: str | None
) -> None:
    """Nothing wrong passes in silence, and the message leads to the cell."""
    problems = problems_of(f"""
        | type    | name | label::Svenska (sv) | relevant | calculation |
        | integer | a    | A                   |          |             |
        {row}
    """)
    assert (code, "survey", 3, column) in [(p.code, p.sheet, p.row, p.column) for p in problems]


def test_all_mistakes_come_at_once() -> None:
    """An author mends the sheet in one go."""
    problems = problems_of("""
        | type   | name | label::Svenska (sv) | relevant  |
        | intger | a    | A                   |           |
        | text   | b    |                     | ${nope}=1 |
        | text   | 2    | C                   | (         |
    """)
    assert [(p.row, p.code.name) for p in problems] == [
        (2, "TYPE_UNKNOWN"),
        (3, "LABEL_MISSING"),
        (3, "REFERENCE_UNKNOWN"),
        (4, "NAME_INVALID"),
        (4, "EXPRESSION"),
    ]


@pytest.mark.parametrize("wrong", ["intger", "audio", ""])
def test_a_row_with_a_wrong_type_makes_no_other_row_wrong(wrong: str) -> None:
    """The author mends one cell and is not sent to look for a question that is there."""
    problems = problems_of(f"""
        | type      | name | label::Svenska (sv) | relevant | calculation |
        | {wrong}   | a    | A                   |          |             |
        | text      | b    | Är du ${{a}}?       | ${{a}}>1 |             |
        | calculate | c    |                     |          | 4 * ${{a}}  |
    """)
    assert [p.row for p in problems] == [2]


def test_a_circle_over_several_questions_is_found() -> None:
    """Two questions cannot each decide whether the other is asked."""
    problems = problems_of("""
        | type    | name | label::Svenska (sv) | relevant |
        | integer | a    | A                   | ${c} > 0 |
        | integer | b    | B                   | ${a} > 0 |
        | integer | c    | C                   | ${b} > 0 |
    """)
    assert [p.code for p in problems] == [ProblemCode.CYCLE]
    assert {"a", "b", "c"} <= set(problems[0].message().replace(".", " ").split())


def test_a_group_that_depends_on_its_own_question_is_a_circle() -> None:
    """A question cannot decide whether the group around it is shown."""
    problems = problems_of("""
        | type        | name | label::Svenska (sv) | relevant |
        | begin_group | g    | G                   | ${a} > 0 |
        | integer     | a    | A                   |          |
        | end_group   |      |                     |          |
    """)
    assert [p.code for p in problems] == [ProblemCode.CYCLE]


def test_a_constraint_may_ask_for_its_own_question() -> None:
    """What is allowed is no circle: a constraint decides nothing that it reads."""
    instrument = instrument_of("""
        | type    | name | label::Svenska (sv) | constraint          |
        | integer | a    | A                   | . > 0 and ${a} < 99 |
    """)
    assert instrument.questions["a"].constraint is not None


def test_groups_become_pages_as_in_odk() -> None:
    """A field-list group shares a screen; other questions have one each."""
    instrument = instrument_of("""
        | type        | name | label::Svenska (sv) | appearance |
        | note        | n    | Hej                 |            |
        | begin_group | g    | Grupp               |            |
        | text        | a    | A                   |            |
        | begin_group | h    | Inre                | field-list |
        | text        | b    | B                   |            |
        | text        | c    | C                   |            |
        | end_group   |      |                     |            |
        | end_group   |      |                     |            |
    """)
    pages = [[q.name for q in page.questions] for page in instrument.pages]
    headings = [[h.get("sv") for h in page.headings] for page in instrument.pages]
    assert pages == [["n"], ["a"], ["b", "c"]]
    assert headings == [[], ["Grupp"], ["Grupp", "Inre"]]


def test_types_and_columns_are_read() -> None:
    """What the author wrote is what the instrument says."""
    instrument = instrument_of(
        """
        | type | name | label::Svenska (sv) | label::English (en) | hint::Svenska (sv) | required | default | appearance | sa_dimension | sa_reverse |
        | select one yn | q | Fråga | Question | Tips | yes | 1 | likert | TRI | yes |
        | begin group | g | G | G | | | | | | |
        | int | n | Tal | Number | | no | 05 | | | |
        | end group | | | | | | | | | |
        | date | d | Dag | Day | | true() | today() | | | |
        | hidden | h | | | | | x | | | |
        """,
        YES_NO.replace("| label::Svenska (sv) |", "| label::Svenska (sv) |"),
    )
    question = instrument.questions["q"]
    assert question.type is QuestionType.SELECT_ONE
    assert (question.label, question.hint) == ({"sv": "Fråga", "en": "Question"}, {"sv": "Tips"})
    assert [choice.name for choice in question.choices] == ["1", "0"]
    assert question.required is not None
    assert (question.default, question.dimension, question.is_reversed) == ("1", "TRI", True)
    assert question.appearance == {"likert"}
    assert instrument.questions["n"].required is None
    assert instrument.questions["n"].default == "5"
    assert instrument.questions["d"].default_expression is not None
    assert instrument.questions["h"].default == "x"
    assert instrument.languages == ("sv", "en")
    assert isinstance(instrument.root.items[1], Group)


def test_order_puts_each_name_after_what_it_depends_on() -> None:
    """Relevance is worked out once, in one pass."""
    instrument = instrument_of("""
        | type        | name | label::Svenska (sv) | relevant | calculation |
        | calculate   | sum  |                     |          | ${a} + ${b} |
        | begin_group | g    | G                   | ${a} > 0 |             |
        | integer     | b    | B                   |          |             |
        | end_group   |      |                     |          |             |
        | integer     | a    | A                   |          |             |
    """)
    order = instrument.order
    assert set(order) == {"sum", "g", "b", "a"}
    assert order.index("a") < order.index("g") < order.index("b") < order.index("sum")


def test_a_picture_must_be_a_file_that_came_along() -> None:
    """Nothing is ever fetched from another server."""
    table = """
        | type    | name | label::Svenska (sv) | media::image |
        | integer | a    | A                   | {}           |
    """
    assert [p.code for p in problems_of(table.format("http://x.example/a.png"))] == [
        ProblemCode.IMAGE_ADDRESS
    ]
    assert [p.code for p in problems_of(table.format("a.png"))] == [ProblemCode.IMAGE_MISSING]
    workbook = workbook_of(table.format("a.png") + SETTINGS)
    compiled = compile_workbook(workbook, media=["a.png"])
    assert compiled.instrument is not None
    assert compiled.instrument.questions["a"].image == {"sv": "a.png"}


def test_a_default_outside_the_list_is_refused() -> None:
    """A default that is no answer could never be sent."""
    problems = problems_of(
        """
        | type          | name | label::Svenska (sv) | default |
        | select_one yn | a    | A                   | 7       |
        """,
        extra=YES_NO,
    )
    assert [(p.code, p.row) for p in problems] == [(ProblemCode.DEFAULT_INVALID, 2)]


def test_a_reverse_mark_needs_codes_that_are_numbers() -> None:
    """An index cannot be made of words."""
    warnings = problems_of(
        """
        | type         | name | label::Svenska (sv) | sa_dimension |
        | select_one w | a    | A                   | TRI          |
        """,
        extra="""
        choices
        | list_name | name | label::Svenska (sv) |
        | w         | ja   | Ja                  |
        | w         | nej  | Nej                 |
        """,
        level=Level.WARNING,
    )
    assert [p.code for p in warnings] == [ProblemCode.REVERSE_NOT_SCALED]


def test_every_question_is_frozen() -> None:
    """A published version never changes."""
    question = instrument_of("""
        | type    | name | label::Svenska (sv) |
        | integer | a    | A                   |
    """).questions["a"]
    assert isinstance(question, Question)
    with pytest.raises(AttributeError):
        question.name = "b"  # type: ignore[misc]
