"""Headers, cookies, form tokens and rate limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_talisman import Talisman
from flask_wtf import CSRFProtect

from survey_app.audience import View, is_for_respondents, is_without_session

CONTENT_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
UNUSED_POWERS = {
    "browsing-topics": "()",
    "camera": "()",
    "geolocation": "()",
    "microphone": "()",
    "payment": "()",
    "usb": "()",
}
LARGEST_UPLOAD = 10 * 1024 * 1024  # bytes
STAFF_ONLY = ("flask_limiter._extension", "flask_login.login_manager", "flask_principal")
KEEPERS = ("respond", "static")  # they say themselves what a browser may keep

csrf = CSRFProtect()
# Addresses are counted in memory only, and forgotten after a minute.
limiter = Limiter(key_func=get_remote_address, storage_uri="memory://")


class StaffSession(SecureCookieSessionInterface):
    """Cookies for staff alone: on the enkät and for devices none is read and none is set."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Open what the cookie holds; elsewhere an empty session."""
        if is_without_session(request.path):
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SecureCookieSession, response: Response) -> None:  # type: ignore[override]
        """Set the cookie, unless the address works without."""
        if not is_without_session(request.path):
            super().save_session(app, session, response)

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - the interface's shape
        """Mark the cookie for https alone wherever https is used."""
        return request.is_secure


def framed_by_ourselves(view: View) -> View:
    """Let our own pages, and no others, show a view in a frame."""
    view.talisman_view_options = {  # type: ignore[attr-defined]
        "frame_options": "SAMEORIGIN",
        "content_security_policy": {**CONTENT_POLICY, "frame-ancestors": "'self'"},
    }
    return view


def init_app(app: Flask) -> None:
    """Protect every page."""
    app.session_interface = StaffSession()
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_UPLOAD
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_UPLOAD
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session: forms may lie open
    app.config["WTF_CSRF_SSL_STRICT"] = False  # it wants the Referer that we ask browsers to leave
    app.after_request(_keep_nothing)
    csrf.init_app(app)
    limiter.init_app(app)
    Talisman(
        app,
        force_https=False,  # whether https is used is decided in front of us
        session_cookie_secure=False,  # StaffSession decides by request
        session_cookie_samesite="Lax",
        frame_options="DENY",
        content_security_policy=CONTENT_POLICY,
        referrer_policy="no-referrer",
        permissions_policy=UNUSED_POWERS,
    )


def leave_respondents_alone(app: Flask) -> None:
    """Spare the enkät what only staff need before each request; call it when all is set up.

    It looks for a login and counts addresses: respondents have neither, and it takes a fifth of
    the time of taking their answers.
    """
    hooks: Any
    hooks = app.before_request_funcs[None], app.after_request_funcs[None]
    for functions in hooks:
        functions[:] = [_for_staff(f) if f.__module__ in STAFF_ONLY else f for f in functions]


def _for_staff(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give back the response, if there is one, as it is when a respondent asks."""

    def unless_respondent(*response: Response) -> Any:
        if is_for_respondents(request.path):
            return response[0] if response else None
        return function(*response)

    return unless_respondent


def _keep_nothing(response: Response) -> Response:
    """Let no browser or proxy keep what staff see: the next to sit down goes back in vain."""
    if (request.endpoint or "").partition(".")[0] not in KEEPERS:
        response.headers["Cache-Control"] = "no-store"
    return response
