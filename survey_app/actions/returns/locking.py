"""End a round of returns, or open it again: with a reason, on record."""

from __future__ import annotations

from forms.instrument import Mode
from survey_app.actions import trail, xforms
from survey_app.actions.calendar import today
from survey_app.actions.returns.judging import NothingToJudge
from survey_app.actions.returns.saving import ReasonMissing
from survey_app.actions.rounds import find
from survey_app.store.database import writing
from survey_app.store.models import Round, RoundState


def lock(name: str, reason: str, actor: str) -> Round:
    """Let a round take nothing more.

    Raises:
        ReasonMissing: Nobody says why.
        NothingToJudge: It takes nothing already, or is no round of returns.
    """
    return _move(name, RoundState.OPEN, RoundState.CLOSED, reason, actor)


def reopen(name: str, reason: str, actor: str) -> Round:
    """Let a locked round take returns again; a last day that has passed is taken away.

    Raises:
        ReasonMissing: Nobody says why.
        NothingToJudge: It is open already, or is no round of returns.
    """
    xforms.prepare(find(name))
    return _move(name, RoundState.CLOSED, RoundState.OPEN, reason, actor)


def _move(name: str, before: RoundState, after: RoundState, reason: str, actor: str) -> Round:
    if not reason.strip():
        raise ReasonMissing
    with writing():
        found = find(name)
        if found.mode != Mode.RETURN or found.state_on(today()) is not before:
            raise NothingToJudge
        details: dict[str, object] = {"state": [before.value, after.value], "reason": reason}
        if after is RoundState.OPEN and found.locks is not None and found.locks < today():
            details["locks"] = [found.locks.isoformat(), ""]
            found.locks = None
        found.state = after
        found.closed_on = today() if after is RoundState.CLOSED else None
        action = "round.lock" if after is RoundState.CLOSED else "round.reopen"
        trail.record(actor, action, f"round:{name}", details)
    return found
