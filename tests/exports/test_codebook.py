"""The codebook says what every column is, in an order that can be relied on."""

from __future__ import annotations

import pytest

from exports.codebook import Measure, codebook_of
from tests.exports.factories import AGREE, ask, group, item, make_instrument

INSTRUMENT = make_instrument(
    ask("inledning", "note", label="Hej!"),
    group("trivsel", item("tri1"), item("tri2", is_reversed=True), label="Att trivas"),
    ask("hinder", "select_multiple", "somn Sömn", "!DK Vet ej", label="Hinder"),
    ask("poang", "calculate"),
    ask("kanal", "hidden"),
    item("stö1", dimension="Studiero och undervisning"),
)


def test_variables_stand_in_document_order_between_version_and_indices() -> None:
    """The columns of the file follow the questionnaire, notes left out."""
    assert codebook_of(INSTRUMENT).names == (
        "_version",
        "tri1",
        "tri2",
        "hinder__somn",
        "hinder__DK",
        "poang",
        "kanal",
        "stö1",
        "index_trivsel",
        "index_studiero_och_undervisning",
    )


def test_a_variable_knows_its_question_and_dimension() -> None:
    """The analyst finds back from a column to what was asked."""
    found = {variable.name: variable for variable in codebook_of(INSTRUMENT).variables}
    facts = [
        (v.type, v.dimension, v.is_reversed)
        for v in map(found.__getitem__, ("_version", "tri2", "index_trivsel"))
    ]
    assert facts == [
        ("version", "", False),
        ("select_one", "Trivsel", True),
        ("index", "Trivsel", False),
    ]


def test_labels_of_columns_that_we_make_say_where_they_come_from() -> None:
    """`hinder__somn` is read by people too."""
    labels = {v.name: v.label.get("sv") for v in codebook_of(INSTRUMENT).variables}
    assert labels["hinder__somn"] == "Hinder: Sömn"
    assert labels["index_trivsel"] == "Index 0–10: Att trivas"


def test_labels_of_ticks_exist_in_every_language_of_either_part() -> None:
    """A translation of the question alone is still shown, with the choice in the default."""
    question = ask("q", "select_multiple", "a Alfa", label={"sv": "Fråga", "en": "Question"})
    variable = codebook_of(make_instrument(question)).variables[1]
    assert variable.label == {"sv": "Fråga: Alfa", "en": "Question: Alfa"}


def test_missing_codes_are_the_authors_and_then_ours() -> None:
    """All ways of not answering are listed with each variable."""
    codebook = codebook_of(INSTRUMENT)
    assert codebook.variables[1].missing_codes == ("DK", "REF", "NA", "NAP")
    assert codebook.variables[3].missing_codes == ("DK", "NA", "NAP")
    assert codebook.variables[5].missing_codes == ("NA", "NAP")


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        (ask("q"), Measure.NOMINAL),
        (ask("q", "integer"), Measure.SCALE),
        (ask("q", "decimal"), Measure.SCALE),
        (ask("q", "date"), Measure.SCALE),
        (ask("q", "select_one", "1 Flicka", "2 Pojke", "3 Annat"), Measure.NOMINAL),
        (ask("q", "select_one", *AGREE, dimension="D"), Measure.ORDINAL),
        (ask("q", "select_one", *AGREE, appearance=frozenset({"likert"})), Measure.ORDINAL),
        (ask("q", "select_multiple", "1 Ja"), Measure.NOMINAL),
    ],
)
def test_the_measurement_level_follows_what_the_author_said(
    question: object, measure: Measure
) -> None:
    """Statistics programs choose tables and means by it; figures alone prove no scale."""
    assert codebook_of(make_instrument(question)).variables[1].measure is measure  # type: ignore[arg-type]


def test_columns_of_our_own_give_way_to_question_names() -> None:
    """A question keeps its name, and no two columns are called alike."""
    names = codebook_of(
        make_instrument(
            ask("_version"),
            ask("q", "select_multiple", "a Alfa"),
            ask("q__a"),
            item("i", dimension="q"),
            ask("index_q"),
        )
    ).names
    assert names == ("_version_2", "_version", "q__a_2", "q__a", "i", "index_q", "index_q_2")


def test_dimensions_that_differ_in_capitals_are_one() -> None:
    """A slip of the author's finger does not split an index."""
    instrument = make_instrument(item("a", "TRI"), item("b", "tri "))
    assert codebook_of(instrument).names[-1:] == ("index_tri",)
