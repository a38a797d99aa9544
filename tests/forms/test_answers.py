"""What is asked, computed and valid, whatever the client sends."""

from __future__ import annotations

from datetime import date

import pytest

from forms.answers import ANSWER_REQUIRED, NOT_VALID, Outcome, answer
from forms.compile import instrument_of
from tests.forms.tables import workbook_of

TODAY = date(2026, 11, 22)
TABLE = """
    | type          | name  | label::Svenska (sv) | relevant          | required    | constraint | calculation           | default |
    | select_one yn | fran  | Frånvarande?        |                   | yes         |            |                       |         |
    | begin_group   | mer   | Mer om det          | ${fran} = 'ja'    |             |            |                       |         |
    | integer       | dagar | Hur många dagar?    |                   | ${fran}='ja' | . >= 1 and . <= 20 |               |         |
    | text          | varfor | Varför?            | ${dagar} > 5      |             |            |                       |         |
    | end_group     |       |                     |                   |             |            |                       |         |
    | calculate     | dubbel |                    |                   |             |            | ${dagar} * 2          |         |
    | hidden        | kalla |                     |                   |             |            |                       | web     |
    | note          | tack  | Tack                |                   |             |            |                       |         |
    choices
    | list_name | name | label::Svenska (sv) |
    | yn        | ja   | Ja                  |
    | yn        | nej  | Nej                 |
    settings
    | form_id | default_language |
    | test    | Svenska (sv)     |
"""
INSTRUMENT = instrument_of(workbook_of(TABLE))


def outcome(**values: str) -> Outcome:
    """Answer the questionnaire of this file."""
    return answer(INSTRUMENT, values, today=TODAY)


def test_relevant_answers_are_kept_and_computed() -> None:
    """The whole way through, every question asked."""
    result = outcome(fran="ja", dagar="7", varfor="sjuk")
    assert result.answers.values == {
        "fran": "ja",
        "dagar": "7",
        "varfor": "sjuk",
        "dubbel": "14",
        "kalla": "web",
    }
    assert result.answers.asked == {"fran", "dagar", "varfor", "dubbel", "kalla"}
    assert result.problems == {}


def test_answers_to_irrelevant_questions_are_dropped_and_not_asked() -> None:
    """A pupil who goes back and says no leaves nothing of the first way behind."""
    result = outcome(fran="nej", dagar="7", varfor="sjuk")
    assert result.answers.values == {"fran": "nej", "kalla": "web"}
    assert result.answers.asked == {"fran", "dubbel", "kalla"}


def test_an_irrelevant_question_reads_as_blank_further_on() -> None:
    """What hangs on a dropped answer is dropped with it."""
    result = outcome(fran="ja", dagar="3", varfor="kvar från förut")
    assert "varfor" not in result.answers.asked
    assert "varfor" not in result.answers.values


def test_left_empty_differs_from_not_asked() -> None:
    """The coded file keeps the two apart."""
    result = outcome(fran="ja", dagar="7")
    assert "varfor" in result.answers.asked
    assert "varfor" not in result.answers.values


def test_a_calculated_value_is_never_taken_from_the_client() -> None:
    """Nobody can send a sum of their own."""
    assert outcome(fran="ja", dagar="2", dubbel="999").answers.values["dubbel"] == "4"


def test_a_hidden_value_is_never_taken_from_the_client() -> None:
    """It is the author's, not the reader's."""
    assert outcome(fran="nej", kalla="evil").answers.values["kalla"] == "web"


def test_what_the_server_gives_stands_before_the_authors_default() -> None:
    """The entry screen of a return says which milestone is meant; the page only shows it."""
    result = answer(INSTRUMENT, {"fran": "nej"}, today=TODAY, given={"kalla": "skola"})
    assert result.answers.values["kalla"] == "skola"


def test_only_hidden_questions_can_be_given() -> None:
    """An answer is always the reader's own."""
    assert "fran" not in answer(INSTRUMENT, {}, today=TODAY, given={"fran": "ja"}).answers.values


def test_a_calculation_of_nothing_is_blank() -> None:
    """NaN is no answer."""
    assert "dubbel" not in outcome(fran="ja").answers.values


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({}, {"fran": ANSWER_REQUIRED}),
        ({"fran": "ja"}, {"dagar": ANSWER_REQUIRED}),
        ({"fran": "ja", "dagar": "0"}, {"dagar": NOT_VALID}),
        ({"fran": "ja", "dagar": "21"}, {"dagar": NOT_VALID}),
        ({"fran": "ja", "dagar": "20"}, {}),
        ({"fran": "nej", "dagar": "99"}, {}),
    ],
)
def test_required_and_constraint_hold_for_relevant_questions(
    values: dict[str, str], problems: dict[str, str]
) -> None:
    """The server checks what the browser checks, and only what was asked."""
    found = {name: p.sentence for name, p in outcome(**values).problems.items()}
    assert found == problems


def test_a_group_that_is_not_relevant_hides_all_below_it() -> None:
    """Relevance of groups reaches their questions."""
    assert "dagar" not in outcome(fran="nej").answers.asked
    assert "dagar" in outcome(fran="ja").answers.asked


def test_today_is_what_the_caller_says() -> None:
    """No clock is read while answers are checked."""
    instrument = instrument_of(
        workbook_of("""
        | type      | name | label::Svenska (sv) | calculation |
        | text      | a    | A                   |             |
        | calculate | dag  |                     | today()     |
        settings
        | form_id |
        | test    |
        """)
    )
    result = answer(instrument, {}, today=TODAY)
    assert result.answers.values == {"dag": "2026-11-22"}
