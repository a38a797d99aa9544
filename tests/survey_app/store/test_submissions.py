"""The tables of submissions hold no anonymous answer, and each submission once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, inspect, text
from sqlalchemy.exc import IntegrityError

from survey_app.actions import accounts
from survey_app.store.database import db
from survey_app.store.models import Account, Round
from survey_app.store.submissions import Attachment, Submission, XForm
from tests.factories import INTERVIEW, make_round


def submission(of: Round, **changes: object) -> Submission:
    """Make a submission of a round."""
    facts: dict[str, object] = {
        "id": "a",
        "round_id": of.id,
        "version_id": of.version_id,
        "mode": of.mode,
        "instance_id": "uuid:1",
        "digest": "0",
        "answers": {},
        "asked": [],
        "submitted_at": datetime.now(UTC),
    }
    return Submission(**{**facts, **changes})


def keep(*rows: object) -> None:
    """Write rows."""
    db.session.add_all(rows)
    db.session.commit()


@pytest.mark.parametrize("mode", ["anonymous", "interview", "return"])
def test_an_anonymous_round_has_no_place_for_submissions(context, mode) -> None:
    """Whatever the code does, and whatever mode it claims."""
    anonymous = make_round()
    with pytest.raises(IntegrityError, match=r"CHECK|FOREIGN"):
        keep(submission(anonymous, mode=mode))


@pytest.mark.parametrize("mode", ["anonymous", "interview", "return"])
def test_an_anonymous_round_has_no_xform(context, mode) -> None:
    """What cannot be listed cannot be fetched."""
    anonymous = make_round()
    with pytest.raises(IntegrityError, match=r"CHECK|FOREIGN"):
        keep(XForm(round_id=anonymous.id, mode=mode, xml="<x/>"))


def test_the_version_is_of_the_same_mode(context) -> None:
    """An anonymous questionnaire cannot be answered in an interview's round."""
    anonymous, interview = make_round(), make_round("visits", table=INTERVIEW)
    version_id = anonymous.version_id
    with pytest.raises(IntegrityError, match="FOREIGN"):
        keep(submission(interview, version_id=version_id))


def test_the_round_is_of_the_same_mode(context) -> None:
    """Nor can an interview's questionnaire be answered in an anonymous round."""
    anonymous, interview = make_round(), make_round("visits", table=INTERVIEW)
    facts = {"version_id": interview.version_id, "mode": interview.mode}
    with pytest.raises(IntegrityError, match="FOREIGN"):
        keep(submission(anonymous, **facts))


def test_a_submission_is_kept(context) -> None:
    """The rules above let the right one through."""
    keep(submission(make_round("visits", table=INTERVIEW)))
    assert db.session.get(Submission, "a") is not None


def test_an_instance_is_stored_once_in_its_round(context) -> None:
    """Also when two arrive together."""
    of = make_round("visits", table=INTERVIEW)
    keep(submission(of))
    with pytest.raises(IntegrityError, match="UNIQUE"):
        keep(submission(of, id="b"))


@pytest.mark.parametrize(
    "changes", [{"media_type": "text/html"}, {"size": 4}, {"submission_id": "nope"}]
)
def test_an_attachment_is_what_it_says(context, changes) -> None:
    """Nothing that a browser would run can be stored."""
    keep(submission(make_round("visits", table=INTERVIEW)))
    facts = {"submission_id": "a", "name": "n", "media_type": "image/png", "content": b"abc"}
    keep(Attachment(**facts, size=3))
    with pytest.raises(IntegrityError, match=r"CHECK|FOREIGN"):
        keep(Attachment(**{**facts, "name": "m", "size": 3, **changes}))


def test_answers_outlive_the_account_that_sent_them(context) -> None:
    """Staff leave; what they were told stays."""
    accounts.create("a@demo.example", ["interviewer"])
    account_id = db.session.query(Account.id).scalar()
    keep(submission(make_round("visits", table=INTERVIEW), submitted_by=account_id))
    db.session.execute(delete(Account))
    db.session.commit()
    kept = db.session.get(Submission, "a", populate_existing=True)
    assert kept is not None
    assert kept.submitted_by is None


def test_a_token_is_known_by_its_hash_and_used_by_its_day(context) -> None:
    """The table opens nothing, and does not tell when somebody works."""
    columns = {
        each["name"]: str(each["type"]) for each in inspect(db.engine).get_columns("access_token")
    }
    assert {name for name, kind in columns.items() if kind == "DATE"} == {
        "created_on", "last_used_on", "revoked_on"
    }  # fmt: skip
    assert not any("TIME" in kind for kind in columns.values())


def test_the_tables_tell_nothing_of_the_device(context) -> None:
    """No address, no name of a telephone, no position of its own."""
    columns = {each["name"] for each in inspect(db.engine).get_columns("submission")}
    assert columns == {
        "id", "round_id", "version_id", "mode", "instance_id", "digest", "unit", "answers",
        "asked", "submitted_at", "submitted_by",
    }  # fmt: skip


def test_a_rounds_mode_is_still_kept_by_its_trigger(context) -> None:
    """The migration must not have lost it."""
    make_round("visits", table=INTERVIEW)
    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(text("UPDATE round SET mode = 'return'"))
