"""What a coordinator does with returns: accept, give back with a comment, reopen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from forms.marking import N_
from survey_app.actions import trail
from survey_app.actions.errors import ActionError
from survey_app.actions.register.states import BY_COORDINATOR, ReturnState
from survey_app.actions.returns.placing import Unit
from survey_app.actions.returns.saving import ReasonMissing, ReturnChanged, find, subject_of
from survey_app.store.database import writing
from survey_app.store.models import Round


class NothingToJudge(ActionError):
    """There is no such return, or it is in a state that leaves nothing to decide."""

    sentence = N_("There is nothing to decide about this return now.")
    status: ClassVar[int] = 409


def accept(of: Round, unit: Unit, revision: int, actor: str) -> None:
    """Accept a return as it stands.

    Raises:
        ReturnChanged: The team has changed it since it was shown.
        NothingToJudge: It has not been handed in, or is accepted already.
    """
    _judge(of, unit, revision, ReturnState.ACCEPTED, "", actor)


def give_back(of: Round, unit: Unit, revision: int, comment: str, actor: str) -> None:
    """Give a return back to its team, with what should be looked at.

    Raises:
        ReasonMissing: Nothing is said.
        ReturnChanged, NothingToJudge: As for `accept`.
    """
    if not comment.strip():
        raise ReasonMissing
    _judge(of, unit, revision, ReturnState.RETURNED, comment.strip(), actor)


def _judge(
    of: Round, unit: Unit, revision: int, state: ReturnState, comment: str, actor: str
) -> None:
    with writing():
        kept = find(of, unit)
        if kept is None or (ReturnState(kept.state), state) not in BY_COORDINATOR:
            raise NothingToJudge
        if kept.revision != revision:
            raise ReturnChanged(kept)
        before = kept.state
        kept.state, kept.comment = state, comment
        kept.revision += 1
        kept.saved_at, kept.saved_by = datetime.now(UTC), actor
        details = {"state": [before, state.value], "comment": comment}
        action = "accept" if state is ReturnState.ACCEPTED else "give-back"
        trail.record(actor, f"return.{action}", subject_of(of.name, unit), details)
