"""What can go wrong with a large file."""

from __future__ import annotations

from forms.marking import N_
from survey_app.actions.errors import ActionError


class JobUnknown(ActionError):
    """The account has no such file."""

    sentence = N_("There is no such file. It may have been removed; make it again.")
    status = 404


class FileGone(ActionError):
    """The file is not there, or not any more."""

    sentence = N_("This file cannot be had. Look at its page for what became of it.")
    status = 410
