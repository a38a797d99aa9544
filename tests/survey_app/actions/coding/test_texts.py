"""What there is to code: all answers to one question, and words wherever they stand."""

from __future__ import annotations

import pytest

from survey_app.actions.coding import texts
from tests.survey_app.actions.coding.coded import CODER, correct, make_coded
from tests.survey_app.actions.interviews.people import make_interview


@pytest.fixture
def talks(app):
    """Open a round in which three people were interviewed; Swedish is read."""
    with app.test_request_context("/", headers={"Accept-Language": "sv"}):
        of = make_coded()
        notes: tuple[dict[str, str], ...] = (
            {"fore": "Åtta ÄPPLEN och äpplen.", "nu": "100 % bra_så"},
            {"fore": "Inga."},
            {},
        )
        yield of, [make_interview(of.of, each) for each in notes]


def test_notes_come_in_the_guides_order_with_their_questions(talks) -> None:
    """As the interview went."""
    _, (case, *_) = talks
    found = [(each.heading, each.case) for each in texts.notes_of(case)]
    assert found == [("Hur var det förut?", case.code), ("Hur är det nu?", case.code)]


def test_all_answers_to_a_question_come_one_after_the_other(talks) -> None:
    """Whoever gave none is not there."""
    of, (one, two, _) = talks
    assert texts.questions_of(of.of) == {"fore": "Hur var det förut?", "nu": "Hur är det nu?"}
    found, total = texts.answers_to(of.of, "fore", CODER, 1)
    assert ([each.case for each in found], total) == ([one.code, two.code], 2)
    assert texts.answers_to(of.of, "fore", CODER, 2) == ([], 2)


def test_words_are_found_whatever_their_capitals(talks) -> None:
    """Also å, ä and ö, which SQLite's own search does not know."""
    of, _ = talks
    wanted = {
        "äpplen": ["ÄPPLEN", "äpplen"],
        "ÅTTA": ["Åtta"],
        "e": ["E", "e"],
        "100 %": ["100 %"],
        "a_s": ["a_s"],
        "a_": ["a_"],
        "%": ["%"],
        " inga ": ["Inga"],
        "finns inte": [],
        "  ": [],
    }
    found = {words: [hit.words for hit in texts.search(of.of, words, CODER)] for words in wanted}
    assert found == wanted


def test_an_earlier_version_is_not_found(talks) -> None:
    """It may have held a name."""
    of, (case, *_) = talks
    of.give(case, "Åtta ÄPPLEN", "rel")
    correct(case, fore="Nio päron.", nu="100 % bra_så")
    assert texts.search(of.of, "ÄPPLEN", CODER) == []
    (hit,) = texts.search(of.of, "päron", CODER)
    assert (hit.before, hit.words, hit.after, hit.case) == ("Nio ", "päron", ".", case.code)
