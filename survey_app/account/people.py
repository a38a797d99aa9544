"""The administrator's page of accounts: who may log in, and who is invited."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from survey_app.account.forms import Invite
from survey_app.account.forms import Permissions as PermissionsForm
from survey_app.account.views import bp
from survey_app.actions import accounts, district_readers, invitations, permissions
from survey_app.actions.errors import ActionError
from survey_app.actions.invitations import Link
from survey_app.actions.mailing import MailNotSent
from survey_app.actions.permissions import Permissions
from survey_app.audience import Role, for_roles
from survey_app.errors import sentence_of
from survey_app.settings import Settings

Act = Callable[[str, str], None]


@bp.get("/accounts/")
@for_roles(Role.ADMINISTRATOR)
def people() -> ResponseReturnValue:
    """Show who may log in, and who is invited."""
    return render_template(
        "account/people.html",
        accounts=accounts.listing(),
        districts=district_readers.names_by_account(),
        waiting=invitations.waiting(),
    )


@bp.route("/accounts/invite", methods=["GET", "POST"])
@for_roles(Role.ADMINISTRATOR)
def invite() -> ResponseReturnValue:
    """Invite somebody."""
    form = Invite()
    form.offer(accounts.schools(), district_readers.districts())
    form.offer_posts(accounts.vacant_posts())
    if form.validate_on_submit():
        try:
            link = invitations.invite(
                str(form.email.data),
                form.roles.data or [],
                current_user.email,
                schools=form.schools.data or [],
                posts=form.chosen_posts,
                districts=form.districts.data or [],
            )
        except ActionError as error:
            form.form_errors.append(sentence_of(error))
        else:
            return _hand_over(link)
    return render_template("account/invite.html", form=form)


@bp.route("/accounts/<int:account_id>/", methods=["GET", "POST"])
@for_roles(Role.ADMINISTRATOR)
def person(account_id: int) -> ResponseReturnValue:
    """Show an account, and change what it may do."""
    account = accounts.get(account_id)
    form = PermissionsForm(obj=permissions.of(account))
    form.offer(accounts.schools(), district_readers.districts())
    if form.validate_on_submit():
        wanted = Permissions(*(list(each.data or []) for each in form.ticks()))
        try:
            permissions.change(account_id, wanted, current_user.email)
        except ActionError as error:
            form.form_errors.append(gettext(error.sentence, **error.gaps))
        else:
            flash(gettext("What %(email)s may do is changed.", email=account.email))
            return redirect(url_for("account.people"))
    return render_template("account/person.html", form=form, account=account)


@bp.post("/accounts/password-link")
@for_roles(Role.ADMINISTRATOR)
def password_link() -> ResponseReturnValue:
    """Make a link to another password."""
    return _hand_over(invitations.renew(_named(), current_user.email))


@bp.post("/accounts/close")
@for_roles(Role.ADMINISTRATOR)
def close() -> ResponseReturnValue:
    """Close an account."""
    return _done(_close, gettext("The account is closed, and logged out everywhere."))


@bp.post("/accounts/open")
@for_roles(Role.ADMINISTRATOR)
def reopen() -> ResponseReturnValue:
    """Open an account again."""
    return _done(_open, gettext("The account is open again."))


@bp.post("/accounts/end-logins")
@for_roles(Role.ADMINISTRATOR)
def end_logins() -> ResponseReturnValue:
    """Log an account out everywhere."""
    return _done(accounts.end_logins, gettext("The account is logged out everywhere."))


@bp.post("/accounts/remove-factor")
@for_roles(Role.ADMINISTRATOR)
def remove_factor() -> ResponseReturnValue:
    """Take the second factor of somebody who has lost the telephone."""
    return _done(accounts.remove_factor, gettext("The second factor is removed."))


@bp.post("/accounts/withdraw")
@for_roles(Role.ADMINISTRATOR)
def withdraw() -> ResponseReturnValue:
    """End a link that was not used."""
    return _done(invitations.withdraw, gettext("The link does not work any more."))


def _close(email: str, by: str) -> None:
    accounts.set_active(email, by, is_active=False)


def _open(email: str, by: str) -> None:
    accounts.set_active(email, by, is_active=True)


def _done(act: Act, said: str) -> ResponseReturnValue:
    act(_named(), current_user.email)
    flash(said)
    return redirect(url_for("account.people"))


def _named() -> str:
    return request.form.get("email", "")


def _hand_over(link: Link) -> ResponseReturnValue:
    """Mail a link where there is a mail server; show it else, and when the mail does not go."""
    settings: Settings = current_app.config["SETTINGS"]
    is_sent = False
    if settings.smtp and settings.address:
        try:
            invitations.send(link)
            is_sent = True
        except MailNotSent as error:
            flash(sentence_of(error), "error")
    address = (settings.address or request.url_root.rstrip("/")) + link.path
    shown = "" if is_sent else address
    return render_template("account/link.html", email=link.email, address=shown)
