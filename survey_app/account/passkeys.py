"""Passkeys, by Flask-Security: a device, with its owner's finger or PIN, for password and code."""

from __future__ import annotations

from typing import Any

from flask import Flask, flash, redirect, session, url_for
from flask_babel import gettext
from flask_limiter.util import get_remote_address
from flask_security import (
    WebAuthnRegisterForm,
    WebAuthnSigninResponseForm,
    WebauthnUtil,
    wan_deleted,
    wan_registered,
)
from flask_security.tf_plugin import tf_clean_session
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from wtforms import HiddenField

from forms.marking import N_
from survey_app.account.second_factor import with_write_lock
from survey_app.account.single_sign_on import refuse_passwords
from survey_app.actions import trail
from survey_app.audience import Role, for_roles, open_to_everyone
from survey_app.security import limiter

NAME_MISSING = N_("Give it a name, such as the device it is kept in.")
NAME_TAKEN = N_("You have a passkey of that name already. Take another name.")
NAME_ODD = N_("A name may have letters, digits, spaces and hyphens.")
DID_NOT_WORK = N_("The passkey did not work. Try again, or log in with your password.")
NOT_MADE = N_("The passkey was not made. Try again.")

CONFIGURATION: dict[str, Any] = {
    "SECURITY_WEBAUTHN": True,
    "SECURITY_WAN_ALLOW_AS_FIRST_FACTOR": True,
    "SECURITY_WAN_ALLOW_AS_MULTI_FACTOR": True,  # the device, and what its owner is or knows
    "SECURITY_WAN_ALLOW_AS_VERIFY": ["first"],
    "SECURITY_WAN_ALLOW_USER_HINTS": False,  # they would tell who has an account
    "SECURITY_WAN_RP_NAME": "survey-app",
    "SECURITY_WAN_POST_REGISTER_VIEW": "account.own",
    "SECURITY_WAN_REGISTER_URL": "/passkeys/new",
    "SECURITY_WAN_REGISTER_TEMPLATE": "account/passkey_new.html",
    "SECURITY_WAN_SIGNIN_URL": "/passkey",
    "SECURITY_WAN_SIGNIN_TEMPLATE": "account/passkey_login.html",
    "SECURITY_WAN_VERIFY_URL": "/passkey-again",
    "SECURITY_WAN_VERIFY_TEMPLATE": "account/passkey_again.html",
    "SECURITY_WAN_DELETE_URL": "/passkeys/remove",
    "SECURITY_MSG_WEBAUTHN_NAME_REQUIRED": (NAME_MISSING, "error"),
    "SECURITY_MSG_WEBAUTHN_NAME_INUSE": (NAME_TAKEN, "error"),
    "SECURITY_MSG_WEBAUTHN_NAME_DISALLOWED_CHARACTERS": (NAME_ODD, "error"),
}
LOGIN, ANSWER = "security.wan_signin", "security.wan_signin_response"
NEW, MADE = "security.wan_register", "security.wan_register_response"
AGAIN, SHOWN = "security.wan_verify", "security.wan_verify_response"
REMOVE = "security.wan_delete"
CHALLENGE = "passkey_challenge"


class AloneEnough(WebauthnUtil):
    """Each passkey is one that finds its account by itself, and asks for finger, face or PIN."""

    def generate_challenge(self, nbytes: int | None = None) -> str:
        """Make what the device signs, and note it in the browser's own cookie."""
        made = super().generate_challenge(nbytes)
        session[CHALLENGE] = made
        return made

    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:  # noqa: ARG002 - Flask-Security's shape
        """Say what a new one must be able to do; telephones, computers and sticks all may."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )

    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:  # noqa: ARG002 - the same
        """Ask for finger, face or PIN each time."""
        return UserVerificationRequirement.REQUIRED


class NewForm(WebAuthnRegisterForm):
    """Only its name is asked for."""

    usage = HiddenField(filters=[lambda _: "first"])  # type: ignore[assignment]  # of one kind all


class AnswerForm(WebAuthnSigninResponseForm):
    """What Flask-Security would let in: a closed account, and an answer that was sent before."""

    def validate(self, **options: Any) -> bool:  # type: ignore[override]  # as theirs
        """Take an answer to what this browser was asked last, once, and from open accounts."""
        is_asked = session.pop(CHALLENGE, None) == self.challenge
        is_right = is_asked and super().validate(**options)
        return is_right and self.user is not None and self.user.is_active


FORMS: dict[str, Any] = {
    "wan_register_form": NewForm,
    "wan_signin_response_form": AnswerForm,
    "webauthn_util_cls": AloneEnough,
}


def guard(app: Flask) -> None:
    """Give its pages their audience, limits, words and write lock; after Flask-Security."""
    views: dict[str, Any] = app.view_functions
    views[LOGIN] = _from_the_start(views[LOGIN])
    views[ANSWER] = _from_the_start(views[ANSWER])
    for name, back, sentence in (
        (ANSWER, LOGIN, DID_NOT_WORK),
        (SHOWN, AGAIN, DID_NOT_WORK),
        (MADE, NEW, NOT_MADE),
    ):
        views[name] = _saying(views[name], back, sentence)
    views[REMOVE] = _leading_home(views[REMOVE])
    for name in (NEW, MADE, ANSWER, SHOWN, REMOVE):
        views[name] = with_write_lock(views[name])
    for name in (LOGIN, ANSWER):
        views[name] = open_to_everyone(_limited(views[name]))
    for name in (NEW, MADE, AGAIN, SHOWN, REMOVE):
        views[name] = for_roles(*Role)(_limited(views[name]))
    wan_registered.connect(_record_made, app)
    wan_deleted.connect(_record_removed, app)


def _from_the_start(view: Any) -> Any:
    """Begin a login of its own: one that waits for a code would make it a second factor."""

    def alone(**values: Any) -> Any:
        refuse_passwords()
        tf_clean_session()  # type: ignore[no-untyped-call]
        return view(**values)

    return alone


def _saying(view: Any, back: str, sentence: str) -> Any:
    """Say on the page that one is led back to what happened."""

    def said(**values: Any) -> Any:
        response = view(**values)
        if (response.location or "").startswith(url_for(back)):
            flash(gettext(sentence), "error")
        return response

    return said


def _leading_home(view: Any) -> Any:
    """Go back to one's own account after a passkey was removed."""

    def led(**values: Any) -> Any:
        response = view(**values)
        return redirect(url_for("account.own")) if response.location == url_for(NEW) else response

    return led


def _limited(view: Any) -> Any:
    return limiter.limit("60 per minute", key_func=get_remote_address, methods=["POST"])(view)


def _record_made(_app: Flask, user: Any, **_: Any) -> None:
    trail.record(user.email, "account.passkey_made", user.email)


def _record_removed(_app: Flask, user: Any, **_: Any) -> None:
    trail.record(user.email, "account.passkey_removed", user.email)
