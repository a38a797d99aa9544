"""One's own account: the second factor, and where one is logged in."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import auth_required, current_user

from survey_app.account import sessions
from survey_app.account.forms import NewPassword
from survey_app.account.single_sign_on import refuse_passwords
from survey_app.account.views import bp
from survey_app.actions import district_readers, invitations, logins
from survey_app.actions.account_errors import PasswordTooCommon, PasswordTooShort
from survey_app.audience import Role, for_roles
from survey_app.errors import sentence_of
from survey_app.store.database import writing

FRESH = 15  # minutes since the password was given


@bp.get("/account/")
@for_roles(*Role)
def own() -> ResponseReturnValue:
    """Show one's own account and logins."""
    found = logins.of_account(current_user.id)
    here = {each.id for each in found if logins.is_of(each, sessions.key())}
    districts = district_readers.names_by_account().get(current_user.email, ())
    return render_template("account/own.html", logins=found, here=here, districts=districts)


@bp.route("/account/password", methods=["GET", "POST"])
@for_roles(*Role)
@auth_required("session", within=FRESH, grace=FRESH)
def own_password() -> ResponseReturnValue:
    """Take another password, after the present one: an open desk changes none."""
    refuse_passwords()
    form, email = NewPassword(), current_user.email
    if form.validate_on_submit():
        try:
            invitations.change(email, str(form.password.data))
        except (PasswordTooShort, PasswordTooCommon) as error:
            form.form_errors.append(sentence_of(error))
        else:
            flash(gettext("Your password is kept. Log in with it."))
            return redirect(url_for("security.login"))
    return render_template("account/invitation.html", form=form, email=email)


@bp.post("/account/logins/<string:login_id>/end")
@for_roles(*Role)
def end_login(login_id: str) -> ResponseReturnValue:
    """Log another browser of one's own out."""
    logins.end_one(current_user.id, login_id)
    flash(gettext("That browser is logged out."))
    return redirect(url_for("account.own"))


@bp.post("/account/logins/end")
@for_roles(*Role)
def end_others() -> ResponseReturnValue:
    """Log all browsers but this one out."""
    account_id = current_user.id
    with writing():
        logins.end_all(account_id, but=sessions.key())
    flash(gettext("All other browsers are logged out."))
    return redirect(url_for("account.own"))
