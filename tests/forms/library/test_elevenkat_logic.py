"""What the pupils' enkät asks and refuses, once compiled."""

from __future__ import annotations

from datetime import date

import pytest

from forms import library
from forms.answers import Outcome, answer
from forms.compile import compile_workbook, instrument_of
from forms.instrument import Mode

INSTRUMENT = instrument_of(library.load("elevenkat"))
ALL_WELL = {"NAR1": "0", "NAR2": "0", "NAR3": "8"}


def outcome(**values: str) -> Outcome:
    """Answer the enkät with `values`, the rest left empty."""
    return answer(INSTRUMENT, values, today=date(2026, 11, 23))


@pytest.mark.parametrize("name", library.names())
def test_a_built_in_instrument_compiles_without_a_remark(name) -> None:
    """What we ship is an example to authors: no error, no warning, no advice."""
    assert [problem.message() for problem in compile_workbook(library.load(name)).problems] == []


def test_the_instrument_has_its_title_in_each_language() -> None:
    """A pupil who chose English reads an English title."""
    assert INSTRUMENT.languages[:2] == ("sv", "en")
    assert INSTRUMENT.title["sv"] == "Min skolsituation"
    assert INSTRUMENT.title["en"] == "My situation at school"
    assert INSTRUMENT.mode is Mode.ANONYMOUS


def test_the_first_screen_is_the_welcome_and_the_last_the_class() -> None:
    """A pupil has a screen to read the promise on before the first question."""
    screens = [[question.name for question in page.questions] for page in INSTRUMENT.pages]
    assert screens[0] == ["welcome"]
    assert screens[-1] == ["BAK1"]
    assert screens[1] == ["TRI1", "TRI2", "TRI3"]


def test_everything_may_be_left_empty() -> None:
    """The page's promise says so."""
    assert outcome().problems == {}


def test_reasons_are_not_asked_when_all_is_well() -> None:
    """A pupil without trouble is not led to make up some."""
    assert "ORS1" not in outcome(**ALL_WELL).answers.asked
    assert len(outcome(**ALL_WELL).answers.asked) == 31


@pytest.mark.parametrize(
    "said",
    [{"NAR1": "1"}, {"NAR2": "1"}, {"NAR3": "7"}]
    + [{name: "DK"} for name in ALL_WELL]
    + [{name: ""} for name in ALL_WELL]
    + [{"NAR2": "REF"}],
    ids=str,
)
def test_reasons_are_asked_unless_all_three_are_known_to_be_well(said) -> None:
    """Trouble, silence and "I don't know" all leave the door open."""
    assert "ORS1" in outcome(**(ALL_WELL | said)).answers.asked


def test_three_wishes_are_taken_and_a_fourth_is_kindly_refused() -> None:
    """The message helps to choose, in the pupil's language."""
    assert outcome(ONS1="help calm friend").problems == {}
    problem = outcome(ONS1="help calm friend kind").problems["ONS1"]
    assert problem.message.keys() >= {"sv", "en"}
    assert "Välj de 3" in problem.message["sv"]
