"""A team's calendar file: downloaded by who is logged in, or fetched from a secret address."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from survey_app.actions.calendar import today
from survey_app.actions.returns.calendar_addresses import (
    has_address,
    make,
    refuse_unless_member,
    team_of,
    withdraw,
)
from survey_app.actions.returns.calendars import calendar_of
from survey_app.actions.returns.placing import teams_on
from survey_app.audience import Role, for_roles, open_to_everyone
from survey_app.store.database import db
from survey_app.store.register import Team

SEE_OTHER = 303

bp = Blueprint("calendars", __name__, url_prefix="/calendar")


@bp.get("/")
@for_roles(Role.TEAM_MEMBER)
def calendars() -> ResponseReturnValue:
    """Offer the calendars of the reader's teams."""
    return _page()


@bp.post("/<string:team>/address")
@for_roles(Role.TEAM_MEMBER)
def make_address(team: str) -> ResponseReturnValue:
    """Make a secret address, and show it this once."""
    secret = make(current_user.email, team)
    host = current_app.config["SETTINGS"].address
    path = url_for("calendars.subscribed", token=secret, _external=not host)
    return _page(made_for=team, address=f"{host}{path}" if host else path)


@bp.post("/<string:team>/withdraw")
@for_roles(Role.TEAM_MEMBER)
def withdraw_address(team: str) -> ResponseReturnValue:
    """End the reader's own address of a team."""
    withdraw(current_user.email, team)
    flash(gettext("The address shows nothing any more."))
    return redirect(url_for("calendars.calendars"), SEE_OTHER)


@bp.get("/<string:team>/days.ics")
@for_roles(Role.TEAM_MEMBER)
def download(team: str) -> ResponseReturnValue:
    """Give the file to a member who has logged in."""
    refuse_unless_member(current_user.email, team)
    return _file(team)


@bp.get("/address/<string:token>.ics")
@open_to_everyone
def subscribed(token: str) -> ResponseReturnValue:
    """Give the file to a calendar program, which cannot log in; the address is the key."""
    return _file(team_of(token))


def _page(made_for: str = "", address: str = "") -> ResponseReturnValue:
    teams = {
        team: (_team_name(team), has_address(current_user.email, team))
        for team in teams_on(current_user.email, today())
    }
    return render_template(
        "returns/calendars.html", teams=teams, made_for=made_for, address=address
    )


def _file(team: str) -> Response:
    name = gettext("Reports of %(team)s", team=_team_name(team))
    answer = Response(calendar_of(team, name), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = "attachment; filename=days.ics"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _team_name(code: str) -> str:
    team = db.session.get(Team, code)
    return team.name if team else code
