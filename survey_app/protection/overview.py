"""The page where data protection begins."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.actions import trail
from survey_app.actions.retention import carrying, facts, rules, sets
from survey_app.audience import Role, for_roles
from survey_app.protection.blueprint import bp

READERS = (Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR, Role.COORDINATOR)


@bp.get("/")
@for_roles(*READERS)
def start() -> ResponseReturnValue:
    """Show where everything about data protection is, and whether the record is whole."""
    return render_template(
        "protection/start.html", verdict=trail.verify_lately(), protocols=carrying.listing()
    )


@bp.get("/stored/")
@for_roles(*READERS)
def stored() -> ResponseReturnValue:
    """Show what is stored about whom, and until when."""
    return render_template(
        "protection/stored.html",
        areas=facts.AREAS,
        rules=rules.listing(),
        titles={each.name: gettext(each.title) for each in sets.DATA_SETS},
    )


@bp.get("/protocols/<int:number>/")
@for_roles(*READERS)
def protocol(number: int) -> ResponseReturnValue:
    """Show what was erased, why and by whom; to be printed."""
    kept = carrying.find(number)
    return render_template(
        "protection/protocol.html", protocol=kept, is_as_kept=carrying.is_as_kept(kept)
    )
