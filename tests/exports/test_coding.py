"""What was said becomes the right cell, and the four ways of not answering stay apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from exports.codebook import LAYOUTS
from exports.coding import CODING_RULES
from exports.errors import AnswerDoesNotFit
from forms.instrument import QuestionType
from tests.exports.factories import AGREE, MISSING, ask, cells_of, make_instrument, respond

TYPED = make_instrument(
    ask("ord"),
    ask("antal", "integer"),
    ask("timmar", "decimal"),
    ask("dag", "date"),
    ask("svar", "select_one", *AGREE, *MISSING),
    ask("kommun", "select_one", "a01 Norra", "a02 Södra"),
    ask("hinder", "select_multiple", "somn Sömn", "oro Oro", "!DK Vet ej", "!REF Vill inte svara"),
    ask("summa", "calculate"),
    ask("kanal", "hidden"),
)


def test_every_question_type_has_a_coding_rule_and_a_layout() -> None:
    """Nobody adds a type whose answers would be lost on their way to the file."""
    assert set(CODING_RULES) == set(QuestionType)
    assert set(LAYOUTS) == set(QuestionType)


@pytest.mark.parametrize(
    ("question", "answer", "cell"),
    [
        ("ord", "Skolan är bra\noch rolig", "Skolan är bra\noch rolig"),
        ("ord", "12", "12"),
        ("antal", "3", 3),
        ("antal", "-7", -7),
        ("timmar", "2.50", Decimal("2.5")),
        ("dag", "2026-01-05", date(2026, 1, 5)),
        ("svar", "4", 4),
        ("svar", "DK", "DK"),
        ("svar", "REF", "REF"),
        ("kommun", "a02", "a02"),
        ("summa", "12", 12),
        ("summa", "0.25", Decimal("0.25")),
        ("summa", "007", "007"),
        ("summa", "1234567890123456", "1234567890123456"),
        ("kanal", "affisch", "affisch"),
    ],
)
def test_an_answer_becomes_a_cell_of_its_type(question: str, answer: str, cell: object) -> None:
    """The analyst can compute with numbers and dates at once."""
    coded = cells_of(TYPED, respond(**{question: answer}))[question]
    assert coded == cell
    assert type(coded) is type(cell)


@pytest.mark.parametrize("question", ["ord", "antal", "dag", "svar", "summa", "kanal"])
def test_left_empty_and_never_asked_are_told_apart(question: str) -> None:
    """The analyst must not count a skipped question as a refused one."""
    assert cells_of(TYPED, respond(**{question: None}))[question] == "NA"
    assert cells_of(TYPED, respond())[question] == "NAP"


@pytest.mark.parametrize(
    ("ticked", "cells"),
    [
        ("somn", [1, 0, 0, 0]),
        ("somn oro", [1, 1, 0, 0]),
        ("oro DK", [0, 1, 1, 0]),
        ("DK", ["DK", "DK", 1, "DK"]),
        ("REF", ["REF", "REF", "REF", 1]),
        ("REF DK", ["DK", "DK", 1, 1]),
        (None, ["NA", "NA", "NA", "NA"]),
    ],
)
def test_each_alternative_has_a_column_of_its_own(ticked: str, cells: list[object]) -> None:
    """The analyst can count each alternative without taking texts apart."""
    coded = cells_of(TYPED, respond(hinder=ticked))
    columns = ["hinder__somn", "hinder__oro", "hinder__DK", "hinder__REF"]
    assert [coded[name] for name in columns] == cells


def test_alternatives_never_asked_for_are_not_noes() -> None:
    """A zero would say that the pupil saw the alternative and left it."""
    coded = cells_of(TYPED, respond())
    assert {coded[name] for name in coded if name.startswith("hinder__")} == {"NAP"}


@pytest.mark.parametrize(
    ("answer", "cell"),
    [
        ("NA", '"NA"'),
        ("NAP", '"NAP"'),
        ("DK", '"DK"'),
        ('"NA"', '""NA""'),
        ("na", "na"),
        ("NA!", "NA!"),
    ],
)
def test_an_answer_that_reads_as_a_missing_code_stands_in_quotes(answer: str, cell: str) -> None:
    """A pupil who writes NA has answered."""
    assert cells_of(TYPED, respond(ord=answer))["ord"] == cell


def test_a_missing_choice_of_any_name_is_kept_apart_in_texts_too() -> None:
    """Authors may name their missing codes as they like."""
    instrument = make_instrument(ask("ord"), ask("val", "select_one", "1 Ja", "!vet_ej Vet ej"))
    coded = cells_of(instrument, respond(ord="vet_ej", val="vet_ej"))
    assert (coded["ord"], coded["val"]) == ('"vet_ej"', "vet_ej")


def test_a_missing_code_in_figures_is_text() -> None:
    """Excel's AVERAGE would take the number 9 for an answer."""
    instrument = make_instrument(ask("val", "select_one", "1 Ja", "2 Nej", "!9 Vet ej"))
    assert cells_of(instrument, respond(val="9"))["val"] == "9"


def test_a_choice_named_like_our_missing_codes_stays_apart() -> None:
    """An alternative with the code NA (Namibia, say) is an answer."""
    instrument = make_instrument(ask("land", "select_one", "NA Namibia", "SE Sverige"))
    assert cells_of(instrument, respond(land="NA"))["land"] == '"NA"'


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("antal", "tre"),
        ("timmar", "NaN"),
        ("timmar", "två"),
        ("dag", "5 januari"),
        ("svar", "5"),
        ("hinder", "somn hemlig"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_an_error_that_does_not_quote_it(
    question: str, answer: str
) -> None:
    """Damaged data is neither lost nor guessed at, and no answer reaches the log."""
    with pytest.raises(AnswerDoesNotFit) as caught:
        cells_of(TYPED, respond(**{question: answer}))
    assert caught.value.question == question
    assert answer not in str(caught.value)
    assert caught.value.__suppress_context__
