"""Remove what goes by itself, whether or not anybody comes: hourly, and at a server's start."""

from __future__ import annotations

from survey_app.actions import drafts, invitations, logins
from survey_app.actions.jobs import keeping
from survey_app.actions.register import pending
from survey_app.store.database import writing


def forget_old() -> None:
    """Forget what is too old to be of use, as `retention.facts` says that it is done."""
    keeping.tidy()
    pending.forget_old()
    with writing():
        drafts.forget_old()
        invitations.forget_old()
        logins.forget_old()
