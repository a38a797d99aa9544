"""Connect Excel: the address of the feed, and the keys that open it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from survey_app.actions import tokens
from survey_app.actions.errors import ActionError
from survey_app.api.blueprint import BASE, bp
from survey_app.audience import Role, for_roles
from survey_app.errors import sentence_of
from survey_app.languages import _l
from survey_app.store.submissions import READING, TOKEN_NAME_LENGTH


class NewKey(FlaskForm):
    """What a key is called."""

    name = StringField(
        _l("What shall the key be called?"),
        [
            DataRequired(_l("Write a name, so that you know later which key it is.")),
            Length(max=TOKEN_NAME_LENGTH, message=_l("The name is too long.")),
        ],
        description=_l("For instance the workbook or the program that will use it."),
    )


class Ended(FlaskForm):
    """Which key is ended."""

    name = StringField()


@bp.route("/connect/", methods=["GET", "POST"])
@for_roles(Role.COORDINATOR)
def connect() -> ResponseReturnValue:
    """Show how Excel reads the data, and make a key, which is shown only now."""
    form, secret = NewKey(), ""
    if form.validate_on_submit():
        try:
            secret = tokens.create(current_user.email, str(form.name.data), READING)
        except ActionError as error:
            form.form_errors.append(sentence_of(error))
    return render_template(
        "api/connect.html",
        form=form,
        secret=secret,
        keys=tokens.of_account(current_user.email, READING),
        address=request.url_root.rstrip("/") + BASE,
    )


@bp.post("/connect/end")
@for_roles(Role.COORDINATOR)
def end_key() -> ResponseReturnValue:
    """End one of one's own keys."""
    form = Ended()
    if form.validate_on_submit():
        tokens.revoke(current_user.email, form.name.data or "")
        flash(gettext("The key is ended. Workbooks that use it get no more data."))
    return redirect(url_for("api.connect"))
