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


class ProviderUnreachable(ActionError):
    """The provider of single sign-on does not answer, or not as one."""

    sentence = N_(
        "%(provider)s does not answer just now. Wait a moment and try again, or ask whoever looks "
        "after the logins of your organisation."
    )
    status: ClassVar[int] = 503


class SignOnFailed(ActionError):
    """What came back from the provider is not the answer to what was asked."""

    sentence = N_("The login with %(provider)s was not completed. Try again.")
    status: ClassVar[int] = 403


class EmailUnconfirmed(ActionError):
    """Anybody could claim to have the address."""

    sentence = N_(
        "%(provider)s does not say that your e-mail address is yours, so it opens no account "
        "here. Ask an administrator."
    )
    status: ClassVar[int] = 403


class IdentityTaken(ActionError):
    """The account belongs to another person of the provider."""

    sentence = N_(
        "The account with your e-mail address belongs to another login of %(provider)s. Ask an "
        "administrator."
    )
    status: ClassVar[int] = 403


class NobodyHere(ActionError):
    """The provider knows somebody who has no account, invitation or role here."""

    sentence = N_(
        "%(provider)s knows you, but you have no role here. Ask whoever is to give you one."
    )
    status: ClassVar[int] = 403


class AccountClosed(ActionError):
    """Somebody was let in, and is not any more."""

    sentence = N_("Your account here is closed. Ask an administrator.")
    status: ClassVar[int] = 403


class PasswordsOff(ActionError):
    """Everybody comes in through the provider."""

    sentence = N_("Here nobody logs in with a password. Log in with %(provider)s.")
    status: ClassVar[int] = 403
