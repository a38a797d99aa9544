"""Who a device belongs to: by e-mail address and password, or by a secret in the address."""

from __future__ import annotations

from typing import Any

from flask import g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from forms.instrument import Mode
from survey_app.actions import tokens
from survey_app.audience import Role
from survey_app.failures import count_failure, refuse_too_many
from survey_app.openrosa.documents import response_with
from survey_app.store.models import Account

AREA = "openrosa"
REALM = 'Basic realm="survey-app", charset="UTF-8"'
COLLECTORS = {Mode.INTERVIEW: Role.INTERVIEWER, Mode.RETURN: Role.TEAM_MEMBER}
LONGEST_PASSWORD = 1_000  # characters; hashing takes time


class DeviceDoor:
    """Where devices say who they are: each request anew, without cookies."""

    def visitor(self) -> Account | None:
        """Give the account of the request, if it has one; guessing is slowed down."""
        found = g.device_owner = self._recognised()
        return found

    def ask(self) -> ResponseReturnValue:
        """Ask for a password; a secret address that opens nothing cannot be mended by one."""
        if "token" in (request.view_args or {}):
            return response_with(gettext("This address is no longer valid. Ask for another."), 403)
        if "password_is_not_enough" in g:
            sentence = gettext("This account needs a device address of its own: ask for one.")
            return response_with(sentence, 403)
        answer = response_with(gettext("Log in with your e-mail address and your password."), 401)
        answer.headers["WWW-Authenticate"] = REALM
        return answer

    def _recognised(self) -> Account | None:
        secret = (request.view_args or {}).get("token")
        given = request.authorization
        if secret is not None:
            refuse_too_many(AREA)
            found = tokens.account_of(secret)
        elif given is not None and given.type == "basic":
            email, password = str(given.username or ""), str(given.password or "")
            refuse_too_many(AREA, email)
            is_long = len(password) > LONGEST_PASSWORD
            found = None if is_long else tokens.account_with(email, password)
            if found is not None and found.needs_second_factor:
                g.password_is_not_enough = True
                return None
        else:
            return None
        if found is None:
            count_failure(AREA, "" if secret is not None else email)
        return found


def owner() -> Account:
    """Give the account that the guard let in."""
    found: Account = g.device_owner
    return found


def modes_of(account: Account) -> frozenset[Mode]:
    """Tell which modes an account collects: interviewers interviews, teams returns."""
    return frozenset(mode for mode, role in COLLECTORS.items() if _has_role(account, role))


def _has_role(account: Any, role: Role) -> bool:
    return bool(account.has_role(role))
