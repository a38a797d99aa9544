"""What was answered in one return, for a coordinator who decides about it."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from survey_app.actions.instruments import instrument_of
from survey_app.actions.register.states import ReturnState
from survey_app.actions.returns import overview
from survey_app.actions.returns.changes import story_of
from survey_app.actions.returns.placing import Unit
from survey_app.actions.returns.reading import sections_of
from survey_app.actions.returns.saving import find
from survey_app.actions.returns.scope import ReturnUnknown
from survey_app.actions.returns.unexpected import Cause
from survey_app.audience import Role, for_roles
from survey_app.coordinate.blueprint import bp
from survey_app.coordinate.followup import (
    NEXT,
    NO_TEAM,
    Judgement,
    round_of_returns,
    team_code,
)
from survey_app.coordinate.words import action_word
from survey_app.store.models import Round

ONE = "/followup/<string:name>/<string:team>/<any(pupil, team, school, district):kind>"


@bp.get(f"{ONE}/<string:code>/")
@bp.get(f"{ONE}/<string:code>/<string:occasion>/")
@for_roles(Role.COORDINATOR)
def followup_return(
    name: str, team: str, kind: str, code: str, occasion: str = ""
) -> ResponseReturnValue:
    """Show a return that was handed in: answers, explanations, changes; and decide."""
    found = round_of_returns(name)
    line, cause, is_readable = _found(found, team_code(team), (kind, code, occasion))
    kept = find(found, line)
    if kept is None or kept.state == ReturnState.DRAFT:
        raise ReturnUnknown
    instrument = instrument_of(kept.version_id)
    return render_template(
        "coordinate/followup_return.html",
        round=found,
        team=team,
        team_name=overview.team_names().get(team_code(team), ""),
        unit=line,
        kept=kept,
        cause=cause,
        sections=sections_of(found, line, kept) if is_readable else (),
        is_readable=is_readable,
        story=story_of(found, line, instrument),
        action_word=action_word,
        form=Judgement(formdata=None),
        then=NEXT,
        no_team=NO_TEAM,
    )


def _found(of: Round, team: str, wanted: tuple[str, str, str]) -> tuple[Unit, Cause | None, bool]:
    """Find the unit among a team's, with why it is not expected, and whether it may be read.

    Raises:
        ReturnUnknown: The team has reported nothing of the kind.
    """
    for expected, _ in overview.lines_of(of, team):
        if _key(expected.unit) == wanted:
            return expected.unit, None, True
    for each in overview.unexpected_of(of, team):
        if _key(each.unit) == wanted:
            return each.unit, each.cause, each.is_readable
    raise ReturnUnknown


def _key(unit: Unit) -> tuple[str, str, str]:
    return unit.kind, unit.code, unit.occasion
