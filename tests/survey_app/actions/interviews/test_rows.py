"""Interviews in the coded file: answers beside what is known of the case."""

from __future__ import annotations

import csv
from pathlib import Path

from survey_app.actions import exporting
from survey_app.actions.interviews import answering, cases, consents
from survey_app.actions.interviews.answering import Sent
from survey_app.actions.interviews.cases import Facts
from survey_app.store.models import Round
from tests.survey_app.actions.interviews.people import ADULT, ANNA, OWN, make_case, make_talks


def exported(of: Round, folder: Path) -> list[dict[str, str]]:
    """Write a round as CSV and read its rows back."""
    exporting.write_round(of, "csv", folder / "file.csv")
    (path,) = [each for each in folder.iterdir() if each.suffix == ".csv"]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=","))


def test_a_row_tells_of_the_case_and_not_who_it_is(context, tmp_path) -> None:
    """The pseudonym, what the sample is divided by, and the answers; drafts are left out."""
    of = make_talks()
    case = make_case(of, group="inskriven", gender="flicka", year_group="7-9", language="so")
    draft = make_case(of)
    for each in (case, draft):
        consents.record(each, ADULT, ANNA)
    cases.change(case, Facts("elev", group="inskriven", gender="flicka", has_interpreter=True), OWN)
    answering.save(case, Sent(0, {"takes": "1", "fore": "Så."}, is_done=True), ANNA)
    answering.save(draft, Sent(0, {"takes": "1"}), ANNA)
    (row,) = exported(of, tmp_path)
    told = {name: row[name] for name in ("_case", "_role", "_group", "_gender", "_interpreter")}
    assert told == {
        "_case": case.code,
        "_role": "personal",
        "_group": "inskriven",
        "_gender": "flicka",
        "_interpreter": "1",
    }
    assert (row["takes"], row["fore"], row["nu"], row["_language"]) == ("1", "Så.", "NA", "NA")
    assert ANNA not in str(row)


def test_a_withdrawn_interview_is_not_in_the_file(context, tmp_path) -> None:
    """Nor does the file say that there was one."""
    of = make_talks()
    case = make_case(of)
    consents.record(case, ADULT, ANNA)
    answering.save(case, Sent(0, {"takes": "1"}, is_done=True), ANNA)
    consents.withdraw(case, ANNA)
    assert exported(of, tmp_path) == []
