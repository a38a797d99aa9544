"""The log of coded files that left."""

from __future__ import annotations

from io import BytesIO

import pytest

from exports.disclosure.rules import RULE_VERSION
from survey_app.actions import extracts, rounds
from tests.factories import make_answers, make_response, make_round


def answered(count: int) -> None:
    """Make a round with so many answers."""
    made = make_round()
    for number in range(count):
        make_response(made, make_answers(many=str(number)))


def taken(file_format: str = "xlsx") -> str:
    """Take the round's file, and give the digest on record."""
    extracts.take_round(rounds.find("autumn"), file_format, BytesIO(), "c@demo.example")
    return extracts.listing()[0].digest


def test_the_log_says_who_took_what_under_which_rule(app) -> None:
    """The data protection officer can answer who has the data."""
    with app.app_context():
        answered(6)
        rounds.close_round("autumn")
        target = BytesIO()
        assert extracts.take_round(rounds.find("autumn"), "sav", target, "c@demo.example") == 6
        (entry,) = extracts.listing()
    assert target.tell() == 0
    assert target.read(4) == b"$FL2"
    assert (entry.actor, entry.kind, entry.subject) == ("c@demo.example", "round", "autumn")
    assert (entry.file_format, entry.rule, entry.responses) == ("sav", RULE_VERSION, 6)


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "sav", "stata", "package"])
def test_the_same_data_have_the_same_digest_and_others_another(app, file_format: str) -> None:
    """Whether two people have the same file can be seen."""
    with app.app_context():
        answered(6)
        first = taken(file_format)
        assert taken(file_format) == first
        make_response(rounds.find("autumn"), make_answers(many="99"))
        rounds.close_round("autumn")  # until then the seventh waits
        assert taken(file_format) != first


def test_the_log_never_tells_a_number_that_may_not_be_known(app) -> None:
    """While a round is open, the log of the command line is no counter of pupils."""
    with app.app_context():
        answered(7)
        extracts.take_round(rounds.find("autumn"), "csv", BytesIO(), extracts.COMMAND_LINE)
        extracts.take_instrument(rounds.find("autumn").version.name, "csv", BytesIO(), "x")
        assert [entry.responses for entry in extracts.listing()] == [None, None]
