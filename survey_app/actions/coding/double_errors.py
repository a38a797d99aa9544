"""What can go wrong while two people code the same."""

from __future__ import annotations

from typing import ClassVar

from forms.marking import N_
from survey_app.actions.errors import ActionError


class DoubleUnknown(ActionError):
    """There is no such double coding, or it is not to be seen by whoever asks."""

    sentence = N_("There is no such double coding, or you may not see it.")
    status: ClassVar[int] = 404


class UnitsMissing(ActionError):
    """There is nothing that could be coded twice."""

    sentence = N_("There is nothing to code twice yet: mark interviews as coded first.")
    status: ClassVar[int] = 409


class SecondUnfit(ActionError):
    """The second coder has seen, or could see, what the first one gave."""

    sentence = N_(
        "%(account)s cannot be the second coder: it has coded in this round, or may see all codes."
    )
    status: ClassVar[int] = 409


class DoubleUnderWay(ActionError):
    """Codes were to be merged, split or removed while somebody codes by them."""

    sentence = N_(
        "Somebody is coding by this scheme without seeing other codes. Until that is finished, "
        "codes can be added and explained, not merged, split or removed."
    )
    status: ClassVar[int] = 409


class UnitsLeft(ActionError):
    """The second coder has not been everywhere."""

    sentence = N_("Not every unit is coded yet.")
    status: ClassVar[int] = 409


class NotFinished(ActionError):
    """The two cannot be compared before the second is done."""

    sentence = N_("The second coder is not finished yet. Nothing is compared before that.")
    status: ClassVar[int] = 409


class NoDisagreement(ActionError):
    """The two agree there, or the unit is gone."""

    sentence = N_("There is nothing to decide there: the two agree, or the unit is gone.")
    status: ClassVar[int] = 409


class DecisionUnexplained(ActionError):
    """A decision needs its reason."""

    sentence = N_("Write why.")
    status: ClassVar[int] = 422
