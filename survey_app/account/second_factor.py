"""The second factor: codes of an authenticator app, and recovery codes, by Flask-Security."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import segno
from flask import Flask, abort, flash, redirect, request, session, url_for
from flask_babel import gettext
from flask_limiter.util import get_remote_address
from flask_security import TwoFactorRescueForm, TwoFactorSetupForm, current_user
from flask_security.totp import Totp
from sqlalchemy import select
from wtforms import HiddenField

from forms.marking import N_
from survey_app.audience import WITH_SECOND_FACTOR, Role, for_roles, open_to_everyone
from survey_app.security import limiter
from survey_app.settings import FactorDuty, Settings
from survey_app.store.database import begin_writing, db
from survey_app.store.models import Account
from survey_app.store.second_factor import DUTY

# Six digits, three of a million right at a time: a guesser with the password gets 30 an hour.
FAILURES_OF_AN_ACCOUNT = "10 per minute; 30 per hour"
WRONG_CODE = N_("That code is wrong, or was used before. Wait for the app’s next one.")
WRONG_RECOVERY_CODE = N_("That is none of your unused recovery codes.")
WRONG_PASSWORD = N_("The password is wrong. Try again.")
ISSUER = "survey-app"
METHOD = "authenticator"

CONFIGURATION: dict[str, Any] = {
    "SECURITY_TWO_FACTOR": True,
    # Only while it is set up: Flask-Security wants a package for QR codes where the app is allowed,
    # and ours are drawn by another.
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["email"],
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,  # seconds a clock may be wrong
    "SECURITY_TWO_FACTOR_SETUP_TEMPLATE": "account/factor_setup.html",
    "SECURITY_TWO_FACTOR_VERIFY_CODE_TEMPLATE": "account/factor_code.html",
    "SECURITY_TWO_FACTOR_SETUP_URL": "/second-factor/setup",
    "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/second-factor",
    "SECURITY_TWO_FACTOR_RESCUE_URL": "/second-factor/rescue",
    "SECURITY_TWO_FACTOR_SELECT_URL": "/second-factor/choose",
    "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "security.mf_recovery_codes",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/second-factor/recovery-codes",
    "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/second-factor/recovery",
    "SECURITY_MULTI_FACTOR_RECOVERY_TEMPLATE": "account/factor_recovery.html",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "account/factor_codes.html",
    "SECURITY_TOTP_ISSUER": ISSUER,
    "SECURITY_FRESHNESS": timedelta(minutes=15),  # since the password, to change the factor
    "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(minutes=15),
    "SECURITY_VERIFY_URL": "/password-again",
    "SECURITY_VERIFY_TEMPLATE": "account/password_again.html",
    "SECURITY_MSG_TWO_FACTOR_INVALID_TOKEN": (WRONG_CODE, "error"),
    "SECURITY_MSG_INVALID_RECOVERY_CODE": (WRONG_RECOVERY_CODE, "error"),
    "SECURITY_MSG_INVALID_PASSWORD": (WRONG_PASSWORD, "error"),
}
CODE, CHANGE = "security.two_factor_token_validation", "security.two_factor_setup_validate"
# Views in the middle of a login, when nobody is known yet; they look at the session themselves.
DURING_LOGIN = (
    "security.two_factor_setup",
    CODE,
    "security.mf_recovery",
)
WRITING = (
    *DURING_LOGIN,
    CHANGE,
    "security.mf_recovery_codes",
)
ABSENT = ("security.two_factor_rescue", "security.tf_select")


class Plain(HiddenField):
    """A choice of Flask-Security's forms that our pages offer by their own buttons."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.choices: list[Any] = []


class SetupForm(TwoFactorSetupForm):
    """Set up an app, or do without."""

    setup = Plain()  # type: ignore[assignment]  # for their radio buttons


class RescueForm(TwoFactorRescueForm):
    """Nothing: another page takes recovery codes, and administrators are asked in person."""

    help_setup = Plain()  # type: ignore[assignment]  # the same


FORMS: dict[str, Any] = {"two_factor_setup_form": SetupForm, "two_factor_rescue_form": RescueForm}


class Authenticator(Totp):
    """Codes that count once, and squares drawn by segno."""

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Draw what the app reads, as the address of a picture."""
        return segno.make(self.get_totp_uri(username, totp)).svg_data_uri(scale=5, border=4)

    def get_last_counter(self, user: Any) -> int | None:
        """Give the time step of the account's last code."""
        last: int | None = user.tf_last_counter
        return last

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Remember that a code was used; the view commits."""
        user.tf_last_counter = tmatch.counter


def configure(app: Flask, settings: Settings) -> None:
    """Prepare Flask-Security's second factor; before it is set up."""
    app.config.update(CONFIGURATION)
    app.config["SECURITY_TOTP_SECRETS"] = {"1": settings.factor_key}
    sealing = hashlib.sha256(f"recovery codes {settings.factor_key}".encode()).digest()
    app.config["SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS"] = [base64.urlsafe_b64encode(sealing)]
    app.config[DUTY] = lambda account: _must_have(settings, account)


def guard(app: Flask) -> None:
    """Give its pages their audience, limits and write lock; after Flask-Security is set up."""
    app.config["SECURITY_TWO_FACTOR_ENABLED_METHODS"] = [METHOD]
    views: dict[str, Any] = app.view_functions
    views[CODE] = _only_during_login(views[CODE])
    for name in WRITING:
        views[name] = with_write_lock(views[name])
    views[CHANGE] = _saying_what_was_wrong(views[CHANGE])
    for name in DURING_LOGIN:
        views[name] = open_to_everyone(_limited(views[name]))
    for name in (CHANGE, "security.verify"):
        views[name] = for_roles(*Role)(_limited(views[name]))
    for name in ABSENT:
        views[name] = for_roles(*Role)(_absent)


def _must_have(settings: Settings, account: Any) -> bool:
    duty = settings.second_factor_now
    if duty is FactorDuty.ROLES:
        return any(account.has_role(role) for role in WITH_SECOND_FACTOR)
    return duty is FactorDuty.ALL


def with_write_lock(view: Any) -> Any:
    """Take the write lock before anything is read: what is posted is written by the view's end.

    Of two who come at once with the same code the second finds it used. On PostgreSQL the account's
    row is locked too, for a login writes it without that lock.
    """

    def locked(**values: Any) -> Any:
        if request.method == "POST":
            begin_writing()
            whose = session.get("tf_user_id") or session.get("_user_id")
            row = select(Account.id).where(Account.fs_uniquifier == whose)
            db.session.execute(row.with_for_update())
        return view(**values)

    return locked


def _only_during_login(view: Any) -> Any:
    """Lead those home who are in already: Flask-Security would log them out."""

    def reached(**values: Any) -> Any:
        return redirect("/") if current_user.is_authenticated else view(**values)

    return reached


def _saying_what_was_wrong(view: Any) -> Any:
    """Say on the page after a wrong code why the app was not changed."""

    def said(**values: Any) -> Any:
        response = view(**values)
        if response.location == url_for("security.two_factor_setup"):
            flash(gettext(WRONG_CODE), "error")
        else:
            flash(gettext("The new app is in use."))
        return response

    return said


def _limited(view: Any) -> Any:
    """Slow down whoever guesses codes: of one account, or of many from one address."""
    for limit, key in (
        (FAILURES_OF_AN_ACCOUNT, _account_tried),
        ("60 per minute", get_remote_address),
    ):
        view = limiter.limit(limit, key_func=key, methods=["POST"], deduct_when=_has_failed)(view)
    return view


def _account_tried() -> str:
    known = session.get("tf_user_id") or session.get("_user_id") or get_remote_address()
    return f"second factor:{known}"


def _has_failed(response: Any) -> bool:
    """Tell a wrong code from a right one; choosing the app is no guess."""
    is_guess = not request.form.keys().isdisjoint({"code", "password"})
    return is_guess and response.status_code == HTTPStatus.OK


def _absent(**_: Any) -> Any:
    """Have no such page: whoever has lost everything asks an administrator."""
    abort(404)
