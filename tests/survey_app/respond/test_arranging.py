"""How questions stand on the page."""

from __future__ import annotations

import pytest

from forms.compile import instrument_of
from forms.instrument import Choice, ChoiceList, Question, QuestionType
from forms.layout import Asked, Block, lay_out
from survey_app.respond.arranging import (
    Matrix,
    arranged,
    is_plain,
    layout_of,
    levels_of,
    needs_of,
    rungs,
)
from tests.forms.tables import workbook_of
from tests.journeys.family import FAMILY

LADDER = [str(number) for number in range(11)]


@pytest.mark.parametrize(
    ("codes", "appearance", "layout"),
    [
        (LADDER, "", "ladder"),
        (LADDER[:7], "", "ladder"),
        (LADDER[:6], "", "list"),
        ([*LADDER, "x"], "", "list"),
        (["4", "3", "2", "1"], "likert", "scale"),
        (["4", "3", "2", "1"], "", "list"),
        (["a", "b"], "columns", "list columns"),
        (["a", "b"], "columns-pack", "list columns"),
        (["a", "b"], "columns-3", "list columns of-3"),
        (["a", "b"], "columns-99", "list columns of-6"),
        (["a", "b"], "quick", "list"),
    ],
)
def test_choices_stand_as_a_ladder_a_scale_columns_or_a_list(codes, appearance, layout) -> None:
    """Eleven numbers are one row to point at, not a long list to read."""
    choices = (*(Choice(name=code) for code in codes), Choice(name="DK", is_missing=True))
    question = Question(
        name="q",
        type=QuestionType.SELECT_ONE,
        row=2,
        choice_list=ChoiceList(name="l", choices=choices),
        appearance=frozenset(filter(None, [appearance])),
    )
    assert layout_of(question) == layout


def scale(*codes: str, appearance: str = "likert", image: str | None = None) -> Question:
    """Make a scale of steps, after which comes "don't know"."""
    pictures = {"": image} if image else {}
    steps = (Choice(name=code, image=pictures) for code in codes)
    choices = (*steps, Choice(name="DK", is_missing=True))
    return Question(
        name="q",
        type=QuestionType.SELECT_ONE,
        row=2,
        choice_list=ChoiceList(name="l", choices=choices),
        appearance=frozenset([appearance]),
    )


def test_the_steps_of_a_scale_have_more_bars_the_higher_their_code() -> None:
    """Most stands first or last, as the author wrote it: the code tells; "don't know" has none."""
    drawn = {code: "".join("#" if bar else "." for bar in bars)
             for code, bars in levels_of(scale("4", "3", "10", "1")).items()}  # fmt: skip
    assert drawn == {"10": "###", "4": "##.", "3": "#..", "1": "..."}


@pytest.mark.parametrize(
    "question",
    [
        scale("1", "0"),
        scale("yes", "partly", "no"),
        scale("1", "01", "2"),
        scale("3", "2", "1", appearance="horizontal"),
        scale("3", "2", "1", image="smile.png"),
        scale(*LADDER),
    ],
)
def test_what_is_no_scale_of_numbers_has_no_bars(question) -> None:
    """A drawing that says another thing than the words is worse than none."""
    assert levels_of(question) == {}


@pytest.mark.parametrize(
    ("parameters", "numbers"),
    [
        ({}, [str(number) for number in range(1, 11)]),
        ({"start": "0", "end": "1", "step": "0.25"}, ["0", "0.25", "0.5", "0.75", "1"]),
        ({"start": "-10", "end": "10", "step": "10"}, ["-10", "0", "10"]),
        ({"start": "0", "end": "100"}, []),
    ],
)
def test_a_short_range_is_a_ladder(parameters, numbers) -> None:
    """Each number can be pointed at, and none is chosen before somebody does."""
    question = Question(name="q", type=QuestionType.RANGE, row=2, parameters=parameters)
    assert rungs(question) == numbers


MATRIX = """
    survey
    | type          | name | label | appearance   | required | relevant |
    | select_one yn | h    | H     | label        | {required} | {relevant} |
    | select_one yn | a    | A     | list-nolabel |          |          |
    | select_one yn | b    | B     | list-nolabel |          |          |
    | select_one ab | c    | C     | list-nolabel |          |          |
    choices
    | list_name | name | label |
    | yn        | 1    | Yes   |
    | ab        | a    | A     |
    settings
    | form_id |
    | m       |
"""


def blocks_of(table: str) -> list[Block | Matrix]:
    """Lay out a questionnaire's first level."""
    items = instrument_of(workbook_of(table)).root.items
    return list(arranged(lay_out(items, lambda _prefix, _repeat: 0)))


def test_questions_with_one_list_make_a_matrix() -> None:
    """A row of another list has its own words."""
    table = MATRIX.format(required="", relevant="")
    matrix, other = blocks_of(table)
    assert isinstance(matrix, Matrix)
    assert isinstance(other, Asked)
    assert [row.address for row in matrix.rows] == ["a", "b"]
    assert other.address == "c"


@pytest.mark.parametrize("given", [{"required": "yes"}, {"relevant": "1 = 2"}])
def test_a_heading_that_needs_an_answer_is_a_question(given) -> None:
    """Nobody is stuck before a question without anything to choose."""
    table = MATRIX.format(**{"required": "", "relevant": "", **given})
    blocks = [block for block in blocks_of(table) if isinstance(block, Asked)]
    assert [block.address for block in blocks] == ["h", "a", "b", "c"]


def test_only_what_is_needed_is_loaded() -> None:
    """The enkät stays light; a family's questionnaire brings its own parts."""
    family = instrument_of(workbook_of(FAMILY))
    assert needs_of(family) == ["repeats", "filters", "shuffling", "ranks", "sliders"]
    assert not is_plain(family)
    plain = instrument_of(
        workbook_of("| type | name | label |\n| text | a | A |\nsettings\n| form_id |\n| p |")
    )
    assert needs_of(plain) == []
    assert is_plain(plain)
