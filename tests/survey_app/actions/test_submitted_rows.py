"""Submissions in the coded file: in the order that they were sent, with their id and day."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

from survey_app.actions import exporting, rounds
from survey_app.actions.instruments import instrument_of
from survey_app.actions.submitted_rows import sending_names
from survey_app.store.database import db
from survey_app.store.models import Round
from survey_app.store.submissions import Submission
from tests.factories import INTERVIEW, make_response, make_round, release

OWN_NAMES = INTERVIEW.replace("| many |", "| _instance_id |")


def keep(of: Round, number: int, moment: datetime, **answers: str) -> None:
    """Store a submission."""
    row = Submission(
        id=f"{9 - number}",
        round_id=of.id,
        version_id=of.version_id,
        mode=of.mode,
        instance_id=f"uuid:{number}",
        digest="0",
        answers=answers,
        asked=["pets"],
        submitted_at=moment,
    )
    db.session.add(row)
    db.session.commit()


def exported(of: Round, folder: Path) -> list[dict[str, str]]:
    """Write a round as CSV and read it."""
    exporting.write_round(of, "csv", folder / "out.csv")
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_rows_stand_in_the_order_that_they_were_sent(context, tmp_path) -> None:
    """With the day as it was in Sweden: half past eleven at night in London is tomorrow here."""
    of = make_round("visits", table=INTERVIEW)
    keep(of, 2, datetime(2026, 1, 5, 23, 30, tzinfo=UTC), pets="0")
    keep(of, 1, datetime(2026, 1, 5, 12, 0, tzinfo=UTC), pets="1")
    assert exported(of, tmp_path) == [
        {
            "_version": "1",
            "pets": pets,
            "many": "NAP",
            "_instance_id": f"uuid:{number}",
            "_submitted_on": day,
        }
        for number, pets, day in ((1, "1", "2026-01-05"), (2, "0", "2026-01-06"))
    ]


def test_an_instruments_rounds_are_exported_too(context, tmp_path) -> None:
    """By its name, all rounds together."""
    for number, name in enumerate(("first", "second")):
        of = make_round(name, table=INTERVIEW)
        keep(of, number, datetime(2026, 1, 5 + number, tzinfo=UTC), pets="1")
    assert exporting.write_instrument("visits", "csv", tmp_path / "out.csv") == 2


def test_a_question_of_the_same_name_keeps_it(context, tmp_path) -> None:
    """No answer is written over."""
    of = make_round("visits", table=OWN_NAMES)
    assert sending_names([instrument_of(of.version_id)]) == ("_instance_id_2", "_submitted_on")
    keep(of, 1, datetime(2026, 1, 5, tzinfo=UTC), _instance_id="7")
    (row,) = exported(of, tmp_path)
    assert (row["_instance_id"], row["_instance_id_2"]) == ("NAP", "uuid:1")


def test_the_anonymous_file_has_no_such_columns(context, tmp_path) -> None:
    """Neither who nor when."""
    of = make_round("enkat")
    make_response(of)
    release(of.name)
    assert exported(rounds.find("enkat"), tmp_path)[0].keys() == {"_version", "pets", "many"}
