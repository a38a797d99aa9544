"""What can go wrong with invitations, passwords and the keeping of accounts."""

from __future__ import annotations

from typing import ClassVar

from forms.marking import N_
from survey_app.actions.errors import ActionError


class InvitationUnknown(ActionError):
    """The link was used, is too old, or never was."""

    sentence = N_(
        "This link has been used, or it is too old. Ask whoever sent it to you for another one."
    )
    status: ClassVar[int] = 404


class PasswordTooShort(ActionError):
    """It can be tried out."""

    sentence = N_("A password needs at least %(least)s characters. Four words together will do.")


class PasswordTooCommon(ActionError):
    """It stands in lists of common ones, or can be guessed in another way."""

    sentence = N_(
        "This password is easy to guess: it is common, or made of what is. Take one of several "
        "words that have nothing to do with each other."
    )


class PostUnknown(ActionError):
    """No team has that post today, or somebody holds it."""

    sentence = N_(
        'There is no vacant post "%(post)s" in the team "%(team)s". Posts stand in the register.'
    )


class OwnAccount(ActionError):
    """Somebody would lock themselves out."""

    sentence = N_("This is your own account. Ask another administrator.")
    status: ClassVar[int] = 409
