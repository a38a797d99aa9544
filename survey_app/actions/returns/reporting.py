"""A team reports: what the register and earlier months know goes into each saving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from survey_app.actions.instruments import instrument_of
from survey_app.actions.register.states import TO_BE_JUDGED, ReturnState
from survey_app.actions.returns.doubting import doubts
from survey_app.actions.returns.expecting import Expected
from survey_app.actions.returns.history import as_now, by_the_school, latest_before
from survey_app.actions.returns.naming import REASON, WHY, Named, ReturnNamesSomebody, named_in
from survey_app.actions.returns.placing import PUPIL
from survey_app.actions.returns.prefilling import given_by_register, milestones_in
from survey_app.actions.returns.saving import (
    Action,
    Doubting,
    Kept,
    Sent,
    find,
    is_ready,
    save,
)
from survey_app.actions.returns.scope import Sheet, is_of_schools
from survey_app.store.models import Round
from survey_app.store.register import Milestone


@dataclass(frozen=True, slots=True)
class Background:
    """What is known about a unit beside what the team types.

    Attributes:
        given: Address -> what the register says.
        earlier: Last time's values as they were stored.
        before: The same, where each milestone stands now.
        school: The school's own attendance return.
    """

    milestones: Sequence[Milestone]
    given: Mapping[str, str]
    earlier: Mapping[str, str]
    before: Mapping[str, str]
    school: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of a saving, and where somebody seems to be named."""

    kept: Kept
    named: Named


def background_of(of: Round, expected: Expected) -> Background:
    """Collect what is known about a unit."""
    unit = expected.unit
    has_milestones = unit.kind == PUPIL and not is_of_schools(of)
    milestones = milestones_in(unit.code, expected.period) if has_milestones else ()
    given = given_by_register(instrument_of(of.version_id), unit, milestones, expected.period)
    earlier = latest_before(of, unit)
    return Background(milestones, given, earlier, as_now(earlier, given), by_the_school(of, unit))


def report(of: Round, expected: Expected, sent: Sent, actor: str) -> Reported:
    """Keep what a team sends about a unit. That it may is `scope`'s question.

    A free text that names somebody is left out, and the return stays a draft; what cannot be left
    out is refused.

    Raises:
        ReturnNamesSomebody: A reason, an explanation or a change of what was handed in does.
        ActionError: As for `saving.save`.
    """
    known = background_of(of, expected)
    named = named_in(instrument_of(of.version_id), sent)
    state = _stored_state(of, expected)
    is_text_only = all(at != REASON and not at.startswith(WHY) for at in named.certain)
    if named.certain and (not is_text_only or state in TO_BE_JUDGED):
        raise ReturnNamesSomebody(named)
    if named.certain:
        typed = {at: text for at, text in sent.typed.items() if at not in named.certain}
        action = Action.SAVE if sent.action is Action.SUBMIT else sent.action
        sent = replace(sent, typed=typed, action=action)
    if state is ReturnState.CANNOT_BE_SUPPLIED and sent.action is Action.SUBMIT:
        again = _save(of, expected, replace(sent, action=Action.SAVE), actor, known)
        sent = replace(sent, revision=again.revision)
    return Reported(_save(of, expected, sent, actor, known), named)


def submit_ready(sheet: Sheet, actor: str) -> int:
    """Hand in all drafts of a sheet that lack nothing, and tell how many they were."""
    number = 0
    for expected in sheet.expected:
        kept = find(sheet.round, expected.unit)
        if kept is None or kept.state != ReturnState.DRAFT:
            continue
        sent = Sent(kept.revision, kept.answers, kept.confirmed, Action.SUBMIT)
        known = background_of(sheet.round, expected)
        if is_ready(sheet.round, sent, given=known.given, doubting=_doubting(known)):
            _save(sheet.round, expected, sent, actor, known)
            number += 1
    return number


def _stored_state(of: Round, expected: Expected) -> ReturnState | None:
    kept = find(of, expected.unit)
    return ReturnState(kept.state) if kept is not None else None


def _save(of: Round, expected: Expected, sent: Sent, actor: str, known: Background) -> Kept:
    return save(of, expected.unit, sent, actor, given=known.given, doubting=_doubting(known))


def _doubting(known: Background) -> Doubting:
    return lambda answers: doubts(answers.values, known.earlier, known.school)
