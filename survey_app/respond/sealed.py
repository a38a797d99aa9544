"""Take answers that a browser sealed before it kept them, for they waited for the network."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from forms.marking import N_
from forms.pages import RESPONSE_ID
from survey_app.actions import sealing
from survey_app.actions.errors import ActionError
from survey_app.collect.modes import ModePolicy
from survey_app.collect.taking import take
from survey_app.collect.visits import Visit
from survey_app.respond.posted import url_encoded

SEALED = "_sealed"


class SealedAnswersInvalid(ActionError):
    """The answers inside do not pass the questionnaire's own checks."""

    sentence = N_("Some of the locked answers do not fit the questionnaire.")
    status = 422


def is_sealed(posted: MultiDict[str, str]) -> bool:
    """Tell whether a posted form holds another one that is sealed, and nothing else."""
    return set(posted) == {SEALED, RESPONSE_ID}


def take_sealed(visit: Visit, policy: ModePolicy, posted: MultiDict[str, str]) -> None:
    """Open and keep what was sealed. What was inside is never shown to whoever sent it.

    Raises:
        SealedAnswersInvalid: The answers do not fit; the page does not tell which, or whoever
            finds a device could have them opened here.
        ActionError: The seal is broken, or the round takes no answers.
    """
    inside = url_encoded(sealing.unseal(visit.round.name, posted[RESPONSE_ID], posted[SEALED]))
    if inside.getlist(RESPONSE_ID) != [posted[RESPONSE_ID]]:
        raise sealing.SealBroken
    if take(visit, policy, inside).answers is None:
        raise SealedAnswersInvalid
