"""Keep what a team reports: drafts as typed, submitted returns whole, changes on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import select

from forms.answers import Answers, answer
from forms.instrument import Instrument
from forms.marking import N_
from survey_app.actions import trail
from survey_app.actions.calendar import today
from survey_app.actions.errors import ActionError
from survey_app.actions.instruments import instrument_of
from survey_app.actions.register.states import BY_TEAM, TO_BE_JUDGED, ReturnState
from survey_app.actions.returns.placing import Unit
from survey_app.actions.rounds import refuse_unless_open
from survey_app.actions.typed import read_typed, sentence_of
from survey_app.store.database import db, writing
from survey_app.store.models import Round
from survey_app.store.returns import UnitReturn


class Action(StrEnum):
    """What the sender wants."""

    SAVE = "save"
    SUBMIT = "submit"
    CANNOT = "cannot"


class ReturnChanged(ActionError):
    """Somebody else saved in between; nothing was overwritten."""

    sentence = N_(
        "%(account)s has changed this return in the meantime. Nothing was overwritten: look at "
        "what is new, and save again."
    )
    status: ClassVar[int] = 409

    def __init__(self, kept: UnitReturn) -> None:
        super().__init__(account=kept.saved_by)
        self.kept = kept


class ReturnSettled(ActionError):
    """The return is in a state that the team cannot change."""

    sentence = N_(
        "This return cannot be changed now. If it is accepted, ask the coordinator to give it "
        "back first."
    )
    status: ClassVar[int] = 409


class ReasonMissing(ActionError):
    """A submitted return was to be changed, or left out, without a word."""

    sentence = N_("Write why. It is kept with the return.")
    status: ClassVar[int] = 422


class NotReady(ActionError):
    """A submitted return was to be changed into one that could not be submitted."""

    sentence = N_("The change is not kept: mend what is marked first. The submitted return stands.")
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Sent:
    """What came from a page.

    Attributes:
        revision: The one that the page shows; 0 when it shows none.
        typed: Address -> what stands in the field.
        confirmed: Address -> why something implausible is right.
        reason: Why it cannot be supplied, or why a submitted return is changed.
    """

    revision: int
    typed: Mapping[str, str]
    confirmed: Mapping[str, str] = field(default_factory=dict)
    action: Action = Action.SAVE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands in the database now.

    Attributes:
        problems: Address -> what keeps it from being submitted, in the reader's language.
        doubts: Address -> what is implausible and nobody has explained.
    """

    state: ReturnState
    revision: int
    answers: Answers
    problems: Mapping[str, str]
    doubts: Mapping[str, str]


# Given the answers, says by address what is implausible about them.
Doubting = Callable[[Answers], Mapping[str, str]]


def find(of: Round, unit: Unit) -> UnitReturn | None:
    """Find what is stored about a unit."""
    return db.session.scalar(
        select(UnitReturn).where(
            UnitReturn.round_id == of.id,
            UnitReturn.unit_kind == unit.kind,
            UnitReturn.unit == unit.code,
            UnitReturn.occasion == unit.occasion,
        )
    )


def save(
    of: Round,
    unit: Unit,
    sent: Sent,
    actor: str,
    *,
    given: Mapping[str, str] | None = None,
    doubting: Doubting = lambda _: {},
) -> Kept:
    """Keep what was sent; a return that is not ready to be submitted stays a draft.

    Whether the actor may report about the unit is the caller's question.

    Args:
        given: Address -> what the register says, instead of anything that was typed there.

    Raises:
        ReturnChanged: Somebody else has saved since the page was shown.
        ReturnSettled: It is accepted already.
        ReasonMissing: It cannot be supplied, or was submitted before, and nobody says why.
        RoundClosed, RoundNotYetOpen: The round takes nothing now.
    """
    instrument, name = instrument_of(of.version_id), of.name
    refuse_unless_open(name, of.state_on(today()))
    answers, problems, doubts = _weighed(instrument, sent, given or {}, doubting)
    with writing():
        refuse_unless_open(name, of.state_on(today()))  # again: it may have been locked meanwhile
        kept = find(of, unit)
        _refuse_unless_seen(kept, sent.revision)
        state = _state_after(kept, sent, is_ready=not problems and not doubts)
        before = _snapshot(kept)
        kept = _written(kept, of, unit, answers, sent, state, actor)
        _note(name, unit, before, kept, sent, actor)
        revision = kept.revision
    return Kept(state, revision, answers, problems, doubts)


def is_ready(
    of: Round, sent: Sent, *, given: Mapping[str, str], doubting: Doubting = lambda _: {}
) -> bool:
    """Tell whether something could be submitted as it is."""
    _, problems, doubts = _weighed(instrument_of(of.version_id), sent, given, doubting)
    return not problems and not doubts


def subject_of(round_name: str, unit: Unit) -> str:
    """Name a return in the trail."""
    occasion = f"/{unit.occasion}" if unit.occasion else ""
    return f"return:{round_name}/{unit.kind}/{unit.code}{occasion}"


def _weighed(
    instrument: Instrument, sent: Sent, given: Mapping[str, str], doubting: Doubting
) -> tuple[Answers, dict[str, str], dict[str, str]]:
    """Give the answers, what keeps them from being submitted, and what needs a word."""
    values, unreadable = read_typed(instrument, {**sent.typed, **given})
    outcome = answer(instrument, values, today=today(), given=given)
    wrong = {at: sentence_of(each, instrument) for at, each in outcome.problems.items()}
    doubts = {a: s for a, s in doubting(outcome.answers).items() if not sent.confirmed.get(a)}
    return outcome.answers, wrong | unreadable, doubts


def _refuse_unless_seen(kept: UnitReturn | None, revision: int) -> None:
    if kept is not None and kept.revision != revision:
        raise ReturnChanged(kept)


def _state_after(kept: UnitReturn | None, sent: Sent, *, is_ready: bool) -> ReturnState:
    before = ReturnState(kept.state) if kept else None
    was_handed_in = before in TO_BE_JUDGED
    if sent.action is Action.CANNOT:
        wanted = ReturnState.CANNOT_BE_SUPPLIED
    elif sent.action is Action.SUBMIT and is_ready:
        has_been = was_handed_in or before is ReturnState.RETURNED
        wanted = ReturnState.CORRECTED if has_been else ReturnState.SUBMITTED
    else:
        wanted = ReturnState.RETURNED if before is ReturnState.RETURNED else ReturnState.DRAFT
    if was_handed_in and wanted is ReturnState.DRAFT:
        raise NotReady
    if (before, wanted) not in BY_TEAM:
        raise ReturnSettled
    needs_reason = wanted is ReturnState.CANNOT_BE_SUPPLIED or was_handed_in
    if needs_reason and not sent.reason.strip():
        raise ReasonMissing
    return wanted


def _snapshot(kept: UnitReturn | None) -> tuple[str | None, dict[str, str]]:
    return (kept.state, dict(kept.answers)) if kept else (None, {})


def _written(
    kept: UnitReturn | None,
    of: Round,
    unit: Unit,
    answers: Answers,
    sent: Sent,
    state: ReturnState,
    actor: str,
) -> UnitReturn:
    if kept is None:
        kept = UnitReturn(
            round_id=of.id,
            mode=of.mode,
            unit_kind=unit.kind,
            unit=unit.code,
            occasion=unit.occasion,
            revision=0,
        )
        db.session.add(kept)
    kept.version_id = of.version_id
    kept.revision += 1
    kept.state = state
    kept.answers = dict(answers.values)
    kept.asked = sorted(answers.asked)
    kept.confirmed = {address: why for address, why in sent.confirmed.items() if why}
    kept.reason = sent.reason.strip()
    kept.saved_at = datetime.now(UTC)
    kept.saved_by = actor
    db.session.flush()
    return kept


def _note(
    round_name: str,
    unit: Unit,
    before: tuple[str | None, dict[str, str]],
    kept: UnitReturn,
    sent: Sent,
    actor: str,
) -> None:
    """Put what was handed in, and each change of it, on record; typing a draft is nobody's."""
    state, old = before
    if kept.state == ReturnState.DRAFT:
        return
    changes = {
        address: [old.get(address, ""), kept.answers.get(address, "")]
        for address in sorted({*old, *kept.answers})
        if state not in (None, ReturnState.DRAFT)
        and old.get(address, "") != kept.answers.get(address, "")
    }
    details = {"state": [state, kept.state], "reason": sent.reason.strip(), "values": changes}
    trail.record(actor, f"return.{sent.action}", subject_of(round_name, unit), details)
