"""A team whose members correct their pupils' month again and again, each change until it is kept."""

from __future__ import annotations

import http.client
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from sqlalchemy import select

from survey_app.actions import responses, rounds, trail
from survey_app.actions.returns import saving
from survey_app.actions.returns.placing import Unit
from survey_app.store.database import db
from survey_app.store.returns import AuditEntry
from tests.factories import make_app
from tests.robustness.crash.crew import Crew
from tests.robustness.crash.crowd import PATIENCE, NeverTaken
from tests.survey_app.conftest import PASSWORD
from tests.survey_app.returns.city import FULL, OURS, TEAM, fill

ROUND = "manad-2026-10"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SECONDS = 20


@dataclass
class Desk:
    """One member who changes one pupil's return so many times.

    Attributes:
        kept: How many changes the server has said yes to.
        statuses: How often it said what; "none" where the connection ended without a word.
    """

    pupil: str
    changes: int
    address: Callable[[], str]
    kept: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    _browser: OpenerDirector = field(init=False)
    _token: str = ""

    def work(self) -> None:
        """Log in, hand in, and correct."""
        self._browser = build_opener(HTTPCookieProcessor(CookieJar()))
        page = self._browser.open(self.address() + "/login", timeout=SECONDS).read().decode()
        self._token = TOKEN.findall(page)[0]
        form = {"email": TEAM, "password": PASSWORD, "csrf_token": self._token}
        self._browser.open(self.address() + "/login", urlencode(form).encode()).read()
        page = self._browser.open(self.address() + f"/returns/{ROUND}/").read().decode()
        self._token = TOKEN.findall(page)[0]
        revision = self._keep(0, "")
        for number in range(1, self.changes + 1):
            revision = self._keep(revision, note(number))
            self.kept = number

    def _keep(self, revision: int, text: str) -> int:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            status, told = self._send(revision, text)
            self.statuses[status] += 1
            if status == "200":
                assert told["state"] in ("submitted", "corrected"), told
                return int(told["revision"])
            if status == "409" and told["theirs"].get("anteckning", [""])[0] == text:
                return int(told["revision"])  # it was kept; the word got lost
            time.sleep(0.05)
        raise NeverTaken(f"{self.pupil} {text}: {dict(self.statuses)}")

    def _send(self, revision: int, text: str) -> tuple[str, dict[str, Any]]:
        body = {
            "revision": revision,
            "typed": {**FULL, "anteckning": text},
            "action": "submit",
            "reason": "Rättat" if revision else "",
        }
        headers = {"Content-Type": "application/json", "X-CSRFToken": self._token}
        address = f"{self.address()}/returns/{ROUND}/pupil/{self.pupil}"
        request = Request(address, json.dumps(body).encode(), headers)  # noqa: S310 - ours
        try:
            with self._browser.open(request, timeout=SECONDS) as answer:
                return "200", json.loads(answer.read())
        except HTTPError as error:
            told = json.loads(error.read()) if error.code == 409 else {}
            return str(error.code), told
        except (OSError, http.client.HTTPException):
            return "none", {}


def note(number: int) -> str:
    """Write the text of a change."""
    return f"n-{number}"


class Team(Crew):
    """Members at their desks, one for each pupil, all at once."""

    def __init__(self, changes: int, address: Callable[[], str]) -> None:
        self.desks = [Desk(pupil, changes, address) for pupil in OURS]
        super().__init__([each.work for each in self.desks])

    @property
    def kept(self) -> int:
        """Tell how many changes have been said yes to."""
        return sum(each.kept for each in self.desks)

    def wait_for(self, number: int) -> None:
        """Wait until so many changes are kept, or nobody writes any more."""
        self.wait_until(lambda: self.kept >= number)


def fill_city(data: Path) -> None:
    """Make an installation with a city, two teams and an open month."""
    with _opened(data):
        fill(september=False)  # a return like last month's would be asked about


def wrong_in(data: Path, changes: int) -> list[str]:
    """Say what is not as it was acknowledged: of the returns, and of the trail of changes."""
    wrong = []
    with _opened(data):
        of = rounds.find(ROUND)
        if not trail.verify().is_whole:
            wrong.append("the trail is broken")
        for pupil in OURS:
            unit = Unit("pupil", pupil, "t1")
            kept = saving.find(of, unit)
            if kept is None or kept.answers.get("anteckning") != note(changes):
                wrong.append(f"{pupil} is not as it was left")
            if _noted(saving.subject_of(ROUND, unit)) != [note(n + 1) for n in range(changes)]:
                wrong.append(f"the trail of {pupil} lacks changes, or has some twice")
    return wrong


@contextmanager
def _opened(data: Path) -> Iterator[None]:
    app = make_app(data)
    try:
        with app.app_context():
            yield
    finally:
        responses.close(app)


def _noted(subject: str) -> list[str]:
    """List what the trail says about one pupil's note, in its order."""
    said = select(AuditEntry.details).where(AuditEntry.subject == subject)
    found = db.session.scalars(said.order_by(AuditEntry.number))
    changed = (json.loads(each)["values"].get("anteckning") for each in found)
    return [each[1] for each in changed if each]
