"""Look at a deployment, and say in words what is wrong with it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from survey_app.actions import accounts, invitations, provider_checkup, releases
from survey_app.actions.calendar import today
from survey_app.audience import Role
from survey_app.private_files import is_open_to_others
from survey_app.settings import ADDRESS_VARIABLE as ADDRESS
from survey_app.settings import (
    DATABASE_VARIABLE,
    FACTOR_VARIABLE,
    SECRETS,
    SMTP_VARIABLE,
    FactorDuty,
    Settings,
)
from survey_app.settings import PROXIES_VARIABLE as PROXIES
from survey_app.store.database import db
from survey_app.store.models import Account
from survey_app.store.waiting import Waiting

LEAST_ROOM = 1024**3  # bytes
DEMO = "%@demo.example"


class Level(StrEnum):
    """How much a finding matters."""

    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found.

    Attributes:
        about: What was looked at, for scripts.
        sentence: What is the matter, and what to do; for people.
    """

    level: Level
    about: str
    sentence: str


Look = Callable[[Settings], Iterator[Finding]]


def look() -> list[Finding]:
    """Look at everything; needs an app context. One look that fails does not stop the others."""
    settings: Settings = current_app.config["SETTINGS"]
    found: list[Finding] = []
    for one in LOOKS:
        about = one.__name__.removeprefix("_")
        try:
            wrong = list(one(settings))
        except (OSError, SQLAlchemyError, sqlite3.Error) as error:
            wrong = [Finding(Level.ERROR, about, f"This could not be looked at: {error}")]
        found += wrong or [Finding(Level.GOOD, about, GOOD[about])]
    return found


GOOD = {
    "files": "Nobody but the server's own user can read the data directory.",
    "room": "There is room on the disk.",
    "database": "The database is sound.",
    "keys": "Every waiting answer can be opened.",
    "address": "The server knows its address, and cookies are for https alone.",
    "mail": "There is a mail server.",
    "second_factor": "Coordinators and administrators need a second factor to log in.",
    "single_sign_on": "Single sign-on is off, or its provider answers as it should.",
    "accounts": "Somebody can log in, and no account is the demo's.",
}


def _files(settings: Settings) -> Iterator[Finding]:
    for path in (settings.data, *(settings.data / name for name in SECRETS)):
        if is_open_to_others(path):
            mode = "700" if path.is_dir() else "600"
            yield Finding(
                Level.ERROR,
                "files",
                f"Others on this machine can read {path}. Run: chmod {mode} {path}",
            )


def _room(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.data).free
    if free < LEAST_ROOM:
        yield Finding(
            Level.ERROR,
            "room",
            f"Only {free // 1024**2} MB are free where {settings.data} is. Answers that cannot be "
            "written are refused: make room.",
        )


def _database(settings: Settings) -> Iterator[Finding]:
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        yield from _sqlite(str(url.database))
    elif shutil.which("pg_dump") is None:
        yield Finding(
            Level.WARNING,
            "database",
            "pg_dump is missing, so `survey-app backup` cannot work. Install it: "
            "sudo apt-get install postgresql-client",
        )


def _sqlite(file: str) -> Iterator[Finding]:
    with closing(sqlite3.connect(file)) as connection:
        told = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if told != ["ok"]:
        yield Finding(
            Level.ERROR,
            "database",
            f"The database is damaged: {told[0]} Stop the server, and restore the newest backup.",
        )
    if mode != "wal":
        yield Finding(
            Level.ERROR,
            "database",
            f"The database keeps its journal as {mode!r} instead of WAL, which network file "
            f"systems cannot have. Put {file} on a disk of this machine, or use PostgreSQL "
            f"({DATABASE_VARIABLE}).",
        )


def _keys(settings: Settings) -> Iterator[Finding]:
    keys = releases.keys_of(current_app)
    counted = select(Waiting.key_id, func.count()).group_by(Waiting.key_id)
    lost = sum(number for key_id, number in db.session.execute(counted) if not keys.get(key_id))
    if lost:
        yield Finding(
            Level.ERROR,
            "keys",
            f"{lost} waiting answers cannot be opened: their key is missing from "
            f"{settings.data / 'pool'}. Put that folder back if it was moved.",
        )


def _address(settings: Settings) -> Iterator[Finding]:
    if not settings.address:
        yield Finding(
            Level.WARNING,
            "address",
            f"Nobody has said where others reach the server. Set {ADDRESS}, such as "
            "https://survey.example: cards and calendars lead there.",
        )
    elif not settings.address.startswith("https://"):
        yield Finding(
            Level.ERROR,
            "address",
            f"{ADDRESS} is {settings.address}. Answers and passwords would travel readable, and "
            "tablets could not keep the enkät: put a proxy with TLS in front, and write https://.",
        )
    elif not settings.proxies:
        yield Finding(
            Level.WARNING,
            "address",
            f"The address is https, yet {PROXIES} is 0. If a proxy of your own stands in front, "
            "set it to 1.",
        )


def _mail(settings: Settings) -> Iterator[Finding]:
    if not settings.smtp:
        yield Finding(
            Level.WARNING,
            "mail",
            f"There is no mail server, so nobody is reminded. Set {SMTP_VARIABLE}.",
        )


def _second_factor(settings: Settings) -> Iterator[Finding]:
    if settings.second_factor_now is FactorDuty.OFF:
        yield Finding(
            Level.WARNING,
            "second_factor",
            "A password alone opens all accounts, those of coordinators too. Leave "
            f"{FACTOR_VARIABLE} empty, or set it to roles or all.",
        )


def _single_sign_on(settings: Settings) -> Iterator[Finding]:
    for sentence in provider_checkup.faults(settings.provider) if settings.provider else ():
        yield Finding(Level.ERROR, "single_sign_on", sentence)


def _accounts(settings: Settings) -> Iterator[Finding]:
    demo = db.session.scalars(select(Account.email).where(Account.email.like(DEMO))).all()
    if demo:
        yield Finding(
            Level.ERROR,
            "accounts",
            f"Accounts of the demo can log in ({len(demo)}, such as {demo[0]}). Begin a real "
            "installation in an empty data directory.",
        )
    elif not accounts.roles_that_log_in():
        yield Finding(Level.WARNING, "accounts", _without_accounts(settings))
    elif Role.COORDINATOR not in accounts.roles_that_log_in():
        yield Finding(
            Level.WARNING,
            "accounts",
            "Nobody can open a round yet: no account is a coordinator's. An administrator invites "
            "one under Konton.",
        )


def _without_accounts(settings: Settings) -> str:
    """Say how the first one comes in."""
    if any(each.last_day >= today() for each in invitations.waiting()):
        return (
            "Nobody can log in yet, but somebody is invited: their link makes the account. "
            "If it is lost, invite them again."
        )
    if settings.provider and settings.provider.mapping:
        return "Nobody has logged in yet. The provider's words decide who may."
    return (
        "Nobody can log in yet. Invite the first administrator: "
        "survey-app account invite EMAIL --role administrator"
    )


LOOKS: tuple[Look, ...] = (
    _files,
    _room,
    _database,
    _keys,
    _address,
    _mail,
    _accounts,
    _second_factor,
    _single_sign_on,
)
