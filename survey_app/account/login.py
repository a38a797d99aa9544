"""Logging in by Flask-Security, with our words, our page and our limits."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, request
from flask_limiter.util import get_remote_address
from flask_security import Security, SQLAlchemyUserDatastore

from forms.marking import N_
from survey_app.account import passkeys, second_factor, sessions, single_sign_on
from survey_app.actions import accounts
from survey_app.actions.errors import EmailInvalid
from survey_app.audience import Role, for_roles, open_to_everyone
from survey_app.failures import FAILURES_FROM_AN_ADDRESS, FAILURES_OF_AN_ACCOUNT
from survey_app.security import limiter
from survey_app.store.database import db
from survey_app.store.models import Account, AccountRole
from survey_app.store.passkeys import Passkey

WRONG = N_("The e-mail address or the password is wrong. Try again.")

CONFIGURATION: dict[str, Any] = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_I18N_DOMAIN": "messages",
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": (WRONG, "error"),
    "SECURITY_LOGIN_USER_TEMPLATE": "account/login.html",
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/login",
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_FLASH_MESSAGES": False,
    "SECURITY_REGISTERABLE": False,
    "SECURITY_RECOVERABLE": False,
    "SECURITY_CHANGEABLE": False,
    "SECURITY_SEND_REGISTER_EMAIL": False,
    "SECURITY_TRACKABLE": False,  # neither address nor time of a login is kept
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
    "SECURITY_API_ENABLED_METHODS": ["session"],  # no tokens
}


def init_app(app: Flask) -> None:
    """Set up accounts; every page of Flask-Security gets its audience."""
    app.config.update(CONFIGURATION)
    app.config["SECURITY_I18N_DIRNAME"] = str(app.config["SETTINGS"].translations)
    second_factor.configure(app, app.config["SETTINGS"])
    app.config.update(passkeys.CONFIGURATION)
    accounts_kept = SQLAlchemyUserDatastore(db, Account, AccountRole, Passkey)
    forms = second_factor.FORMS | passkeys.FORMS
    Security(app, accounts_kept, totp_cls=second_factor.Authenticator, **forms)
    app.login_manager.session_protection = "strong"  # type: ignore[attr-defined]
    views: dict[str, Any] = app.view_functions
    views["security.login"] = _limited(views["security.login"])
    sessions.init_app(app)
    second_factor.guard(app)
    passkeys.guard(app)
    single_sign_on.init_app(app)
    views["security.login"] = open_to_everyone(views["security.login"])
    for name in [name for name in views if name.startswith("security.")]:
        if not hasattr(views[name], "audience"):
            views[name] = for_roles(*Role)(views[name])


def _limited(view: Any) -> Any:
    """Slow down whoever guesses passwords: of one account, or of many from one address."""
    for limit, key in (
        (FAILURES_OF_AN_ACCOUNT, _account_tried),
        (FAILURES_FROM_AN_ADDRESS, get_remote_address),
    ):
        view = limiter.limit(limit, key_func=key, methods=["POST"], deduct_when=_has_failed)(view)
    return view


def _account_tried() -> str:
    """Name the account as the login will find it: its address can be written in many ways."""
    typed = request.form.get("email", "")
    with suppress(EmailInvalid):  # no account has such a one
        typed = accounts.normal(typed)
    return f"account:{typed.strip().lower()}"


def _has_failed(response: Response) -> bool:
    return response.status_code != HTTPStatus.FOUND
