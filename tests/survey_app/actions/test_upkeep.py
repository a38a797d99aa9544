"""What goes by itself goes, also where nobody comes again whose coming would remove it."""

from __future__ import annotations

import os
import time
from datetime import timedelta

from sqlalchemy import func, select, update

from forms.attachments import Attachments
from forms.problems import Problems
from survey_app.actions import accounts, drafts, invitations, logins, releaser
from survey_app.actions.calendar import today
from survey_app.actions.drafts import Upload
from survey_app.actions.jobs import keeping
from survey_app.actions.register import pending
from survey_app.store.database import db, writing
from survey_app.store.invitations import Invitation
from survey_app.store.jobs import ExportJob, JobState
from survey_app.store.logins import Login
from survey_app.store.models import Account, Draft
from tests.factories import PETS, make_round
from tests.forms.tables import workbook_of
from tests.survey_app.actions.interviews.people import NOTES
from tests.survey_app.conftest import EMAIL

KINDS = (Draft, ExportJob, Invitation, Login)


def make_one_of_each() -> None:
    """Make what a quiet server would else keep for years; needs an app context."""
    accounts.create(EMAIL, ["coordinator"])
    account_id = db.session.scalars(select(Account.id)).one()
    workbook = workbook_of(PETS)
    drafts.keep(Upload("pets.xlsx", workbook, Attachments(), Problems()), account_id)
    invitations.invite("new@demo.example", ["coordinator"], EMAIL)
    logins.begin(account_id, "Firefox/1")
    keeping.cancel(keeping.order(make_round("talks", table=NOTES), "csv", EMAIL))
    pending.keep(workbook, account_id)


def age(days: int, uploads: float) -> None:
    """Let everything be so many days older."""
    past = timedelta(days=days)
    with writing():
        db.session.execute(update(Draft).values(uploaded_on=today() - past))
        db.session.execute(update(ExportJob).values(at=keeping.now() - past))
        db.session.execute(update(Invitation).values(last_day=today() + invitations.LASTS - past))
        db.session.execute(update(Login).values(last_on=today() - past))
    (upload,) = pending._folder().iterdir()
    os.utime(upload, (time.time() - uploads,) * 2)


def left() -> list[int]:
    """Count what is left of each kind, uploads last."""
    db.session.rollback()
    counts = [db.session.scalar(select(func.count()).select_from(kind)) or 0 for kind in KINDS]
    return [*counts, len(list(pending._folder().iterdir()))]


def test_what_is_too_old_goes_hour_by_hour(context) -> None:
    """As the record of processing says: no other login, upload or start has to come first."""
    make_one_of_each()
    db.session.rollback()
    assert JobState.CANCELLED in db.session.scalars(select(ExportJob.state)).all()
    for days, uploads, wanted in ((2, 3600.0, [1, 1, 1, 1, 1]), (8, 90_000.0, [0, 0, 0, 0, 0])):
        age(days, uploads)
        releaser.Releaser(context)._look_at_all()
        assert left() == wanted
