"""Who has to agree, and that taking it back erases for real."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from survey_app.actions import responses, rounds, trail
from survey_app.actions.calendar import today
from survey_app.actions.interviews import answering, cases, consents
from survey_app.actions.interviews.answering import Sent
from survey_app.actions.interviews.cases import Facts
from survey_app.actions.interviews.consents import Agreed, refuse_insufficient
from survey_app.actions.interviews.errors import (
    AgeMissing,
    CaseWithdrawn,
    ConsentMissing,
    DayInFuture,
    GuardiansMissing,
    PersonMustAgree,
)
from survey_app.actions.jobs import keeping, making
from survey_app.store.database import db
from survey_app.store.interviews import CaseRole, InterviewText
from tests.factories import make_app
from tests.survey_app.actions.interviews.people import (
    ADULT,
    ANNA,
    OWN,
    make_case,
    make_interview,
    make_talks,
)
from tests.tools.postgresql import Postgresql

SECRET = "Det hemligaste som någon sade om fiskmåsar"


def pupil(**facts: Any) -> Agreed:
    """Give what a pupil and guardians signed."""
    return replace(ADULT, **facts)


@pytest.mark.parametrize(
    ("role", "agreed", "error"),
    [
        (CaseRole.STAFF, ADULT, None),
        (CaseRole.GUARDIAN, ADULT, None),
        (CaseRole.GUARDIAN, replace(ADULT, person=False), PersonMustAgree),
        (CaseRole.PUPIL, ADULT, AgeMissing),
        (CaseRole.PUPIL, pupil(is_15=True), None),
        (CaseRole.PUPIL, pupil(is_15=True, person=False, guardians=2), PersonMustAgree),
        (CaseRole.PUPIL, pupil(is_15=False), GuardiansMissing),
        (CaseRole.PUPIL, pupil(is_15=False, guardians=1), GuardiansMissing),
        (CaseRole.PUPIL, pupil(is_15=False, guardians=2), None),
        (CaseRole.PUPIL, pupil(is_15=False, guardians=1, sole_custody=True), None),
        (CaseRole.PUPIL, pupil(is_15=False, sole_custody=True), GuardiansMissing),
        (CaseRole.PUPIL, pupil(is_15=False, guardians=2, person=False), PersonMustAgree),
    ],
)
def test_everybody_agrees_who_has_to(context, role, agreed, error) -> None:
    """From 15 the pupil alone; under 15 both guardians, and never against the child."""
    if error is None:
        refuse_insufficient(role, agreed)
    else:
        with pytest.raises(error):
            refuse_insufficient(role, agreed)


def test_nobody_has_signed_tomorrow(context) -> None:
    """A slip of the year shows at once."""
    with pytest.raises(DayInFuture):
        refuse_insufficient(CaseRole.STAFF, replace(ADULT, signed_on=today() + timedelta(days=1)))


def test_without_consent_no_answer_is_kept(context) -> None:
    """Not even a draft."""
    case = make_case(make_talks())
    with pytest.raises(ConsentMissing):
        answering.save(case, Sent(0, {"takes": "1"}), ANNA)
    assert answering.find(case) is None


def test_a_withdrawal_erases_what_was_said_and_who_said_it(app) -> None:
    """Neither a query nor the files give it back; that it was withdrawn stays."""
    with app.app_context():
        of = make_talks()
        case = make_interview(of, {"fore": SECRET})
        cases.change(case, Facts("personal", group="grupp-fiskmås", language="sv"), OWN)
        assert found_in(app, SECRET)
        consents.withdraw(case, ANNA)
        case = cases.find(of, case.code, OWN)
        assert (case.state, case.group, case.language) == ("withdrawn", "", None)
        assert case.consent is not None
        assert case.consent.withdrawn_on == today()
        assert answering.find(case) is None
        assert db.session.scalar(select(func.count()).select_from(InterviewText)) == 0
        assert [entry.action for entry in trail.of_subject(consents.subject_of(case))] == [
            "consent.withdraw",
            "consent.record",
        ]
        assert trail.verify().is_whole
        db.session.rollback()
    assert not found_in(app, SECRET)
    assert not found_in(app, "grupp-fiskmås")


def test_a_withdrawal_removes_large_files_that_were_made_before(app) -> None:
    """LF-10: at once, whether anyone looks or not."""
    with app.app_context():
        of = make_talks()
        case = make_interview(of, {"fore": SECRET})
        rounds.close_round(of.name)
        job_id = keeping.order(of, "csv", ANNA).id
        making.make(job_id)
        assert SECRET.encode() in keeping.path_of(job_id).read_bytes()
        consents.withdraw(case, ANNA)
        assert not keeping.path_of(job_id).exists()
        assert keeping.find(job_id, ANNA).state == "expired"


def test_postgresql_forgets_what_was_withdrawn_too(tmp_path, monkeypatch, postgresql) -> None:
    """Its tables' files are written anew; notes never change there either."""
    monkeypatch.setenv("DATABASE_URL", postgresql.new_database())
    app = make_app(tmp_path / "data")
    with app.app_context():
        case = make_interview(make_talks(), {"fore": SECRET})
        with pytest.raises(DatabaseError, match="never changes"):
            db.session.execute(text("UPDATE interview_text SET text = 'x'"))
        db.session.rollback()
        assert in_tables(postgresql, SECRET)
        consents.withdraw(case, ANNA)
        db.session.rollback()
        assert not in_tables(postgresql, SECRET)
    responses.close(app)


def in_tables(server: Postgresql, words: str) -> bool:
    """Tell whether words stand in any file of a PostgreSQL table, once all is written."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    files = [path for path in (server.folder / "base").rglob("*") if path.is_file()]
    return any(words.encode() in path.read_bytes() for path in files)


def test_what_is_withdrawn_takes_nothing_more(context) -> None:
    """No notes, no facts, no second consent, no second withdrawal."""
    of = make_talks()
    case = make_interview(of, {"fore": "Bra."})
    consents.withdraw(case, ANNA)
    case = cases.find(of, case.code, OWN)
    for again in (
        lambda: answering.save(case, Sent(0, {"takes": "1"}), ANNA),
        lambda: cases.change(case, Facts("personal"), OWN),
        lambda: consents.record(case, ADULT, ANNA),
        lambda: consents.withdraw(case, ANNA),
    ):
        with pytest.raises(CaseWithdrawn):
            again()


def found_in(app, words: str) -> bool:
    """Tell whether words stand in any file of the database, as themselves or as JSON has them."""
    kept = b"".join(
        path.read_bytes() for path in Path(app.config["SETTINGS"].data).glob("survey.sqlite*")
    )
    assert kept
    escaped = words.encode("unicode_escape").replace(b"\\x", b"\\u00")
    return words.encode() in kept or escaped in kept


def test_the_tables_refuse_a_case_in_another_modes_round(context) -> None:
    """Whatever the code above says."""
    make_talks()
    with pytest.raises(Exception, match="constraint"):
        db.session.execute(
            text(
                "INSERT INTO interview_case (round_id, mode, code, role, state, sample_group, "
                "has_interpreter) VALUES (1, 'anonymous', 'X', 'elev', 'planned', '', 0)"
            )
        )
