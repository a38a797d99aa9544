"""Who may see which page: every view says it, and a view that does not is refused."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

View = TypeVar("View", bound=Callable[..., Any])

RESPONDENTS = "/e/"  # the addresses where nobody is known and no cookie is set
DEVICES = "/openrosa/"  # the addresses of ODK Collect and its kin, without cookies too
PROGRAMS = "/api/"  # the addresses of programs that read, without cookies too


class Role(StrEnum):
    """What an account may be."""

    INTERVIEWER = "interviewer"
    CODER = "coder"  # reads what was said and gives it codes
    TEAM_MEMBER = "team_member"
    SCHOOL_OFFICER = "school_officer"  # reports a school's attendance and grades
    DISTRICT_READER = "district_reader"  # sees figures of its district beside the city's
    COORDINATOR = "coordinator"
    RESEARCHER = "researcher"  # takes the coded files that are agreed, and sees nothing else
    DATA_PROTECTION_OFFICER = "data_protection_officer"  # reads the record and the extracts' log
    ADMINISTRATOR = "administrator"  # keeps accounts, and sees no content


EVERYONE: frozenset[Role] = frozenset()
# Whose password alone would open too much: a login asks them for a second factor.
WITH_SECOND_FACTOR = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR, Role.RESEARCHER})


class Door(Protocol):
    """How visitors say who they are."""

    def visitor(self) -> Any:
        """Give the account of whoever asks; None when unknown."""

    def ask(self) -> ResponseReturnValue:
        """Ask the unknown who they are."""


class LoginPage:
    """The door of people with a browser."""

    def visitor(self) -> Any:
        """Give whoever has logged in."""
        return current_user if current_user.is_authenticated else None

    def ask(self) -> ResponseReturnValue:
        """Lead to the login, and back afterwards."""
        return redirect(url_for("security.login", next=_here()))


LOGIN_PAGE = LoginPage()


def open_to_everyone(view: View) -> View:
    """Let anyone in, known or not."""
    return _with_audience(view, EVERYONE)


def for_roles(*roles: Role, door: Door = LOGIN_PAGE) -> Callable[[View], View]:
    """Let in accounts with one of the roles; none includes another, so who is two has two."""
    return lambda view: _with_audience(view, frozenset(roles), door)


def is_for_respondents(path: str) -> bool:
    """Tell whether an address belongs to the enkät."""
    return path.startswith(RESPONDENTS)


def is_without_session(path: str) -> bool:
    """Tell whether an address neither reads nor sets a cookie."""
    return path.startswith((RESPONDENTS, DEVICES, PROGRAMS))


def guard() -> ResponseReturnValue | None:
    """Stop a request that is not for its visitor: to the login page, or with 403."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    view = current_app.view_functions[request.endpoint]
    audience = getattr(view, "audience", None)
    if audience is None:
        abort(403)
    if audience == EVERYONE:
        return None
    door: Door = getattr(view, "door", LOGIN_PAGE)
    visitor = door.visitor()
    if visitor is None:
        return door.ask()
    if not any(visitor.has_role(role) for role in audience):
        abort(403)
    return None


def init_app(app: Flask) -> None:
    """Guard every request."""
    app.before_request(guard)


def _here() -> str | None:
    """Give the address to come back to after the login; a form's answer cannot be repeated."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _with_audience(view: View, audience: frozenset[Role], door: Door = LOGIN_PAGE) -> View:
    view.audience = audience  # type: ignore[attr-defined]
    view.door = door  # type: ignore[attr-defined]
    return view
