"""What can go wrong when something is to be erased."""

from __future__ import annotations

from typing import ClassVar

from forms.marking import N_
from survey_app.actions.errors import ActionError


class SetUnknown(ActionError):
    """No kind of data has that name."""

    sentence = N_("There is no kind of data “%(name)s”.")
    status: ClassVar[int] = 404


class RuleInvalid(ActionError):
    """A rule lacks what it rests on."""

    sentence = N_(
        "A rule needs a length from 1 to 3650, the reference of the decision that it rests on, "
        "and the day of that decision, which may not be in the future."
    )


class RuleMissing(ActionError):
    """Nobody has decided how long this is kept."""

    sentence = N_(
        "Nothing can be erased here: there is no rule yet. Write down the decision that says how "
        "long it is kept."
    )
    status: ClassVar[int] = 409


class NotByUs(ActionError):
    """The server cannot erase backups."""

    sentence = N_("Backups are not on this server. Whoever keeps them throws them away.")
    status: ClassVar[int] = 409


class NotConfirmed(ActionError):
    """The word was not typed."""

    sentence = N_("Nothing was erased. Type the word “%(word)s” to confirm.")


class NothingDue(ActionError):
    """There is nothing whose time is over."""

    sentence = N_("Nothing is due now, so nothing was erased.")
    status: ClassVar[int] = 409


class DueChanged(ActionError):
    """What is due is not what was shown."""

    sentence = N_("What is due has changed since it was shown. Look again, and then confirm.")
    status: ClassVar[int] = 409


class NameMissing(ActionError):
    """Nobody takes it on."""

    sentence = N_("Say who erases it.")


class ProtocolUnknown(ActionError):
    """No protocol has that number."""

    sentence = N_("There is no protocol number %(number)s.")
    status: ClassVar[int] = 404
