"""How long data is kept: rules with their decisions, what is due, and erasing it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from survey_app.actions.errors import ActionError
from survey_app.actions.retention import carrying, rules, sets
from survey_app.audience import Role, for_roles
from survey_app.errors import sentence_of
from survey_app.protection.blueprint import bp
from survey_app.protection.forms import Rule
from survey_app.store.retention import Unit

LOOK = (Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR)


@bp.get("/retention/")
@for_roles(*LOOK)
def retention_list() -> ResponseReturnValue:
    """Show each kind of data, how long it is kept by which decision, and what is due."""
    return render_template("protection/retention_list.html", sets=carrying.overview())


@bp.get("/retention/<string:data_set>/")
@for_roles(*LOOK)
def retention_set(data_set: str) -> ResponseReturnValue:
    """Show one kind of data: its rule, and what is due in numbers alone."""
    return _shown(data_set, _form(data_set))


@bp.post("/retention/<string:data_set>/rule")
@for_roles(Role.ADMINISTRATOR)
def retention_rule(data_set: str) -> ResponseReturnValue:
    """Write down a rule."""
    form = Rule()
    if not form.validate_on_submit():
        return _shown(data_set, form)
    if form.length.data is None or form.decided_on.data is None:
        abort(400)
    try:
        rules.register(
            data_set,
            form.length.data,
            Unit(form.unit.data),
            str(form.decision.data),
            form.decided_on.data,
            current_user.email,
        )
    except ActionError as error:
        form.form_errors.append(sentence_of(error))
        return _shown(data_set, form)
    flash(gettext("The rule is written down."))
    return redirect(url_for(".retention_set", data_set=data_set))


@bp.post("/retention/<string:data_set>/carry-out")
@for_roles(Role.ADMINISTRATOR)
def retention_carry_out(data_set: str) -> ResponseReturnValue:
    """Erase what is due."""
    typed, seen = request.form.get("word", ""), request.form.get("seen", "")
    try:
        kept = carrying.carry_out(data_set, typed, seen, current_user.email)
    except ActionError as error:
        flash(sentence_of(error), "error")
        return redirect(url_for(".retention_set", data_set=data_set))
    flash(gettext("It is erased. This is the protocol."))
    return redirect(url_for(".protocol", number=kept.number))


def _form(data_set: str) -> Rule:
    return Rule(obj=rules.find(data_set))


def _shown(data_set: str, form: Rule) -> ResponseReturnValue:
    of, rule = sets.find(data_set), rules.find(data_set)
    due = carrying.preview(data_set) if rule and of.plan else None
    return render_template("protection/retention_set.html", of=of, rule=rule, due=due, form=form)
