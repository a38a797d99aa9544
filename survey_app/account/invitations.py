"""Use an invitation: choose a password by a link that works once."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_limiter.util import get_remote_address

from survey_app.account.forms import NewPassword
from survey_app.account.single_sign_on import refuse_passwords
from survey_app.account.views import bp
from survey_app.actions import invitations
from survey_app.actions.account_errors import PasswordTooCommon, PasswordTooShort
from survey_app.audience import open_to_everyone
from survey_app.errors import sentence_of
from survey_app.security import limiter


@bp.route(f"{invitations.PATH}<string:secret>", methods=["GET", "POST"])
@open_to_everyone
@limiter.limit("60 per minute", key_func=get_remote_address)
def invitation(secret: str) -> ResponseReturnValue:
    """Ask for a password, and make the account; fetching the page uses nothing up."""
    found, form = invitations.find(secret), NewPassword()
    refuse_passwords()
    if form.validate_on_submit():
        try:
            invitations.accept(secret, str(form.password.data))
        except (PasswordTooShort, PasswordTooCommon) as error:
            form.form_errors.append(sentence_of(error))
        else:
            flash(gettext("Your password is kept. Log in with it."))
            return redirect(url_for("security.login"))
    return render_template("account/invitation.html", form=form, email=found.email)
