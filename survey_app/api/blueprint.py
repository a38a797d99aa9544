"""The blueprint, and where programs say whose they are."""

from __future__ import annotations

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.actions import tokens
from survey_app.audience import PROGRAMS, Role, View, for_roles
from survey_app.errors import told_to_programs
from survey_app.failures import count_failure, refuse_too_many
from survey_app.store.models import Account
from survey_app.store.submissions import READING

AREA, VERSION = "api", "v1"
BASE = f"{PROGRAMS}{VERSION}/"
REALM = 'Basic realm="survey-app", charset="UTF-8"'

bp = Blueprint("api", __name__)


class KeyDoor:
    """Where programs show a key: as a bearer token, or as the password of whatever user."""

    def visitor(self) -> Account | None:
        """Give the account whose key came along; guessing is slowed down."""
        given = request.authorization
        secret = (given.token or given.password or "") if given is not None else ""
        if not secret:
            return None
        refuse_too_many(AREA)
        found = g.reader = tokens.account_of(secret, READING)
        if found is None:
            count_failure(AREA)
        return found

    def ask(self) -> ResponseReturnValue:
        """Ask for a key."""
        sentence = gettext("Give a key as the password. Keys are made under Connect Excel.")
        answer = told_to_programs(401, sentence)
        answer.headers["WWW-Authenticate"] = REALM
        return answer


KEY_DOOR = KeyDoor()


def for_readers(view: View) -> View:
    """Let in programs whose key belongs to somebody who may read coded data."""
    return for_roles(Role.COORDINATOR, door=KEY_DOOR)(view)


def reader() -> str:
    """Give the address of the account whose key came along."""
    return str(g.reader.email)
