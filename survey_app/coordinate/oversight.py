"""Pages of those who look at the record or take agreed files: officer for data, researcher."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from exports.writers import OFFERED
from forms.instrument import Mode
from survey_app.actions import research, rounds, trail
from survey_app.audience import Role, for_roles
from survey_app.coordinate.blueprint import bp


@bp.get("/trail/")
@for_roles(Role.DATA_PROTECTION_OFFICER)
def trail_list() -> ResponseReturnValue:
    """Show who has done what, without what was written, and whether the record is whole."""
    entries = trail.newest()
    return render_template(
        "coordinate/trail_list.html", entries=entries, verdict=trail.verify_lately()
    )


@bp.get("/research/")
@for_roles(Role.RESEARCHER)
def research_list() -> ResponseReturnValue:
    """Show a researcher the files that are agreed."""
    found = research.granted_to(current_user.email)
    return render_template("coordinate/research_list.html", rounds=found, formats=OFFERED)


@bp.get("/research/agreed/")
@for_roles(Role.COORDINATOR)
def research_agreed() -> ResponseReturnValue:
    """Show and change which researcher may take what."""
    offered = [of for of, _ in rounds.listing() if of.mode != Mode.INTERVIEW]
    return render_template(
        "coordinate/research_agreed.html",
        agreed=research.agreed(),
        researchers=research.researchers(),
        rounds=offered,
    )


@bp.post("/research/agreed/allow")
@for_roles(Role.COORDINATOR)
def research_allow() -> ResponseReturnValue:
    """Let a researcher take a round."""
    research.allow(request.form.get("email", ""), request.form.get("round", ""), current_user.email)
    flash(gettext("The researcher may take the file."))
    return redirect(url_for("coordinate.research_agreed"))


@bp.post("/research/agreed/deny")
@for_roles(Role.COORDINATOR)
def research_deny() -> ResponseReturnValue:
    """End an agreement."""
    research.deny(request.form.get("email", ""), request.form.get("round", ""), current_user.email)
    flash(gettext("The researcher can take the file no more."))
    return redirect(url_for("coordinate.research_agreed"))
