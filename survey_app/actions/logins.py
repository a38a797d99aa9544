"""Logins: begun, looked up at each request, listed and ended."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select

from survey_app.actions.calendar import today
from survey_app.actions.opening_secrets import hash_of, new_secret
from survey_app.store.database import db, is_writing, writing
from survey_app.store.logins import Login

KEPT = timedelta(days=2)  # since the last use; no login is worth anything so long
OTHER = "?"
# What a browser calls itself, and what it is; the first that fits, for most claim to be others too.
FAMILIES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
DEVICES = (
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def begin(account_id: int, user_agent: str) -> str:
    """Note a login and give the key for its cookie; in the caller's write transaction, if any."""
    if not is_writing():
        with writing():
            return _begun(account_id, user_agent)
    return _begun(account_id, user_agent)


def is_alive(key: str) -> bool:
    """Tell whether a cookie's login has not ended; note the day when it is the first use of it."""
    login = db.session.get(Login, hash_of(key))
    if login is None:
        return False
    if login.last_on != today():
        with writing():
            db.session.get_one(Login, hash_of(key)).last_on = today()
    return True


def end(key: str) -> None:
    """End the login of a cookie, wherever copies of the cookie are."""
    with writing():
        db.session.execute(delete(Login).where(Login.id == hash_of(key)))


def end_one(account_id: int, login_id: str) -> None:
    """End one of an account's logins."""
    with writing():
        own = Login.account_id == account_id, Login.id == login_id
        db.session.execute(delete(Login).where(*own))


def end_all(account_id: int, *, but: str = "") -> None:
    """End an account's logins, but perhaps the one of a cookie; in a transaction of the caller's.

    Args:
        but: The key in that cookie.
    """
    others = Login.account_id == account_id, Login.id != hash_of(but)
    db.session.execute(delete(Login).where(*others))


def of_account(account_id: int) -> Sequence[Login]:
    """Give an account's logins, the last used first."""
    own = select(Login).where(Login.account_id == account_id)
    return db.session.scalars(own.order_by(Login.last_on.desc(), Login.id)).all()


def forget_old() -> None:
    """Delete logins that nobody has used for long; in the caller's transaction."""
    db.session.execute(delete(Login).where(Login.last_on < today() - KEPT))


def is_of(login: Login, key: str) -> bool:
    """Tell whether a login is that of a cookie."""
    return secrets.compare_digest(login.id, hash_of(key))


def browser_of(user_agent: str) -> str:
    """Name a browser's family and kind of device, and no more: neither versions nor models."""
    family, device = (
        next((name for mark, name in names if mark in user_agent), OTHER)
        for names in (FAMILIES, DEVICES)
    )
    return f"{family}, {device}"


def _begun(account_id: int, user_agent: str) -> str:
    key, day = new_secret(), today()
    forget_old()
    db.session.add(
        Login(
            id=hash_of(key),
            account_id=account_id,
            browser=browser_of(user_agent),
            first_on=day,
            last_on=day,
        )
    )
    db.session.flush()
    return key
