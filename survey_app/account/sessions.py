"""How long a login lasts: until it is ended, lies idle too long, or is too old."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from flask import Flask, current_app, request, session
from flask_login import user_logged_in, user_logged_out

from survey_app.actions import logins
from survey_app.settings import Settings

KEY = "login"  # in the cookie: the key, and when the login began and was used last
STEP = 60  # seconds between two cookies that say when it was used


def init_app(app: Flask) -> None:
    """Let a cookie count as long as its login; after Flask-Security is set up."""
    manager: Any = app.login_manager  # type: ignore[attr-defined]  # Flask-Login's
    find = manager._user_callback
    manager.user_loader(lambda user_id: _alive(find(user_id)))
    user_logged_in.connect(_begin, app)
    user_logged_out.connect(_end, app)


def key() -> str:
    """Give the key of this request's login."""
    held = session.get(KEY)
    return str(held["key"]) if isinstance(held, dict) else ""


def _begin(_app: Flask, user: Any) -> None:
    now = int(time.time())
    begun = logins.begin(user.id, request.headers.get("User-Agent", ""))
    session[KEY] = {"key": begun, "began": now, "seen": now}


def _end(_app: Flask, **_: Any) -> None:
    if key():
        logins.end(key())
    session.pop(KEY, None)


def _alive(user: Any) -> Any:
    """Give the account back if the cookie's login is alive, and note that it was used."""
    if user is None or not _is_recent() or not logins.is_alive(key()):
        return None
    now = int(time.time())
    if now - session[KEY]["seen"] > STEP:
        session[KEY] = {**session[KEY], "seen": now}
    return user


def _is_recent() -> bool:
    settings: Settings = current_app.config["SETTINGS"]
    held, now = session.get(KEY), time.time()
    if not isinstance(held, dict):
        return False
    idle, age = timedelta(seconds=now - held["seen"]), timedelta(seconds=now - held["began"])
    return idle <= settings.longest_idle and age <= settings.longest_login
