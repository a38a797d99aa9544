"""What the teams have reported: all of it in one picture, a team's month, what is late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_security import current_user
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from forms.instrument import Mode
from survey_app.actions import rounds
from survey_app.actions.calendar import today
from survey_app.actions.errors import ActionError, RoundUnknown
from survey_app.actions.register.states import TO_BE_JUDGED, ReturnState
from survey_app.actions.returns import judging, locking, overview, tallying
from survey_app.actions.returns.expecting import Expected
from survey_app.actions.returns.placing import Unit
from survey_app.actions.titles import title_of
from survey_app.audience import Role, for_roles
from survey_app.coordinate.blueprint import bp
from survey_app.coordinate.forms import NOTE_LENGTH, is_sent
from survey_app.coordinate.words import cause_word
from survey_app.languages import _l
from survey_app.store.models import Round, RoundState

NEXT = "next"  # what a page says that wants to lead on
NO_TEAM = "-"  # stands in an address for units that no team reports
MOST_ROUNDS = 4  # of each questionnaire, unless all are asked for


class Judgement(FlaskForm):
    """What a coordinator decides about what a page showed."""

    unit = StringField()
    occasion = StringField()
    revision = StringField()
    comment = StringField()
    then = StringField()


class Why(FlaskForm):
    """Why a round is locked or opened again."""

    reason = TextAreaField(
        _l("Why"),
        [
            DataRequired(_l("Write why. It is kept with the round.")),
            Length(max=NOTE_LENGTH, message=_l("Use at most 500 characters.")),
        ],
        description=_l("It is kept in the record of changes, with your name."),
    )


@bp.get("/followup/")
@for_roles(Role.COORDINATOR)
def followup() -> ResponseReturnValue:
    """Show what has come of all that was expected, by team and round, of the newest rounds."""
    known, is_all = overview.Known(), "all" in request.args
    page = max(1, request.args.get("page", 1, type=int))
    first = (page - 1) * overview.TEAMS_AT_A_TIME
    pictures = overview.pictures(None if is_all else MOST_ROUNDS, known, first)
    return render_template(
        "coordinate/followup.html",
        pictures=pictures,
        page=page,
        pages=-(-max((each.all_teams for each in pictures), default=0) // overview.TEAMS_AT_A_TIME),
        address_of_page=partial(url_for, "coordinate.followup", all="" if is_all else None),
        unexpected=known.unexpected(),
        names=overview.team_names(),
        late=len(overview.late(known)),
        no_team=NO_TEAM,
        once=cache,
    )


@bp.get("/followup/late")
@for_roles(Role.COORDINATOR)
def followup_late() -> ResponseReturnValue:
    """List what is late, in all open rounds."""
    return render_template(
        "coordinate/followup_late.html",
        late=overview.late(),
        names=overview.team_names(),
        no_team=NO_TEAM,
    )


@bp.get("/followup/not-expected")
@for_roles(Role.COORDINATOR)
def followup_unexpected() -> ResponseReturnValue:
    """List what has come although the register does not expect it (any more), and why."""
    return render_template(
        "coordinate/followup_unexpected.html",
        found=overview.unexpected(),
        names=overview.team_names(),
        no_team=NO_TEAM,
    )


@bp.get("/followup/<string:name>/<string:team>/")
@for_roles(Role.COORDINATOR)
def followup_team(name: str, team: str) -> ResponseReturnValue:
    """Show a team's returns in a round, each with what can be decided about it."""
    found = round_of_returns(name)
    lines = overview.lines_of(found, team_code(team))
    return render_template(
        "coordinate/followup_team.html",
        round=found,
        team=team,
        team_name=overview.team_names().get(team_code(team), gettext("No team")),
        lines=lines,
        tally=tallying.tally_of(found, [each for each, _ in lines]),
        to_accept=[each for each, _ in lines if each.state in TO_BE_JUDGED],
        unexpected=overview.unexpected_of(found, team_code(team)),
        form=Judgement(formdata=None),
        locking=Why(formdata=None),
    )


@bp.post("/followup/<string:name>/<string:team>/accept")
@for_roles(Role.COORDINATOR)
def followup_accept(name: str, team: str) -> ResponseReturnValue:
    """Accept one return as it was shown."""
    found, form = round_of_returns(name), Judgement()
    if is_sent(form):
        line = _line(found, team, form)
        judging.accept(found, line.unit, _revision(form), current_user.email)
        flash(gettext("The return about %(unit)s is accepted.", unit=line.unit.code))
    return redirect(_after(found, team, form))


@bp.post("/followup/<string:name>/<string:team>/give-back")
@for_roles(Role.COORDINATOR)
def followup_give_back(name: str, team: str) -> ResponseReturnValue:
    """Give one return back with a comment."""
    found, form = round_of_returns(name), Judgement()
    if is_sent(form):
        line, comment = _line(found, team, form), str(form.comment.data or "")
        judging.give_back(found, line.unit, _revision(form), comment, current_user.email)
        flash(gettext("The return about %(unit)s is given back.", unit=line.unit.code))
    return redirect(_after(found, team, form))


@bp.post("/followup/<string:name>/<string:team>/accept-all")
@for_roles(Role.COORDINATOR)
def followup_accept_all(name: str, team: str) -> ResponseReturnValue:
    """Accept all that was handed in and shown; what has changed since stays as it is."""
    found = round_of_returns(name)
    if is_sent(Judgement()):
        shown = set(request.form.getlist("shown"))
        lines = [each for each, _ in overview.lines_of(found, team_code(team))]
        chosen = [each for each in lines if each.state in TO_BE_JUDGED and seen(each) in shown]
        done = sum(_accepted(found, chosen))
        flash(ngettext("%(num)s return is accepted.", "%(num)s returns are accepted.", done))
        if done < len(shown):
            flash(gettext("Some had changed since you saw them. Look at them again."))
    return redirect(url_for("coordinate.followup_team", name=name, team=team))


@bp.route("/followup/<string:name>/lock", methods=["GET", "POST"])
@for_roles(Role.COORDINATOR)
def followup_lock(name: str) -> ResponseReturnValue:
    """Ask why, then lock the round, or open it again."""
    found, form = round_of_returns(name), Why()
    if is_sent(form):
        if found.state_on(today()) is RoundState.OPEN:
            locking.lock(name, str(form.reason.data), current_user.email)
            flash(gettext("“%(round)s” is locked.", round=title_of(found)))
        else:
            locking.reopen(name, str(form.reason.data), current_user.email)
            flash(gettext("“%(round)s” is open again.", round=title_of(found)))
        return redirect(url_for("coordinate.followup"))
    return render_template("coordinate/followup_lock.html", round=found, form=form)


def is_waiting(each: Expected) -> bool:
    """Tell whether a coordinator has something to decide about a return."""
    return each.state in (*TO_BE_JUDGED, ReturnState.CANNOT_BE_SUPPLIED)


def address_of(of: Round, team: str, unit: Unit) -> str:
    """Give the address of the page that shows what was answered about a unit."""
    return url_for(
        "coordinate.followup_return",
        name=of.name,
        team=team or NO_TEAM,
        kind=unit.kind,
        code=unit.code,
        occasion=unit.occasion or None,
    )


def seen(each: Expected) -> str:
    """Say which state of which return a page showed."""
    return f"{each.unit.code}:{each.unit.occasion}:{each.revision}"


def round_of_returns(name: str) -> Round:
    """Find a round of returns; of others there is nothing to follow up."""
    found = rounds.find(name)
    if found.mode != Mode.RETURN:
        raise RoundUnknown(round=name)
    return found


def team_code(team: str) -> str:
    """Read a team's code from an address."""
    return "" if team == NO_TEAM else team


def _after(of: Round, team: str, form: Judgement) -> str:
    """Lead from a return that was read to the next one that waits; else back to the team."""
    if form.then.data == NEXT:
        lines = overview.lines_of(of, team_code(team))
        waiting = [each for each, _ in lines if is_waiting(each)]
        later = [each for each in waiting if _place(each) > (form.unit.data, form.occasion.data)]
        if chosen := next(iter(later or waiting), None):
            return address_of(of, team, chosen.unit)
    return url_for("coordinate.followup_team", name=of.name, team=team)


def _place(each: Expected) -> tuple[str, str]:
    return each.unit.code, each.unit.occasion


def _line(of: Round, team: str, form: Judgement) -> Expected:
    wanted = (form.unit.data or "", form.occasion.data or "")
    for each, _ in overview.lines_of(of, team_code(team)):
        if (each.unit.code, each.unit.occasion) == wanted:
            return each
    raise judging.NothingToJudge


def _revision(form: Judgement) -> int:
    text = form.revision.data or ""
    return int(text) if text.isdecimal() else 0


def _accepted(of: Round, chosen: Sequence[Expected]) -> Iterator[bool]:
    actor = current_user.email
    for each in chosen:
        try:
            judging.accept(of, each.unit, each.revision, actor)
        except ActionError:
            yield False
        else:
            yield True


@bp.app_context_processor
def _for_templates() -> dict[str, object]:
    return {
        "seen_return": seen,
        "return_address": address_of,
        "cause_word": cause_word,
    }
