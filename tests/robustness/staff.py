"""A coordinator who looks at everything after every answer, and whoever has the command line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from flask import Flask

from survey_app.actions import codes, rounds
from survey_app.cli.rounds import facts
from survey_app.store import queries
from survey_app.store.database import db
from tests.robustness.pupils import ROUND
from tests.tools.server import LiveServer

EMAIL, PASSWORD = "coordinator@demo.example", "four-words-on-paper"
LIST, DETAIL, CARDS = "/rounds/", f"/rounds/{ROUND}/", f"/rounds/{ROUND}/cards"
COUNT = re.compile(r'<p class="count">(.*?)</p>')
USED = re.compile(r'class="number">\d+</td><td class="number">(.*?)</td>')


@dataclass(frozen=True, slots=True)
class Seen:
    """What staff could know at one moment.

    Attributes:
        answers: The truth: how many had been acknowledged.
        pages: Address -> page, without what is new in each.
        exact: `round list --json`'s number of answers.
        used: `codes list --json`'s number of used codes.
    """

    answers: int
    pages: dict[str, str]
    exact: int
    used: int

    @property
    def shown(self) -> int:
        """Give the number of answers that the list of rounds shows."""
        return _number(COUNT, self.pages[LIST])

    @property
    def shown_used(self) -> int:
        """Give the number of used codes that the round's page shows."""
        return _number(USED, self.pages[DETAIL])


class Staff:
    """Somebody who is logged in, and looks."""

    def __init__(self, server: LiveServer, app: Flask) -> None:
        self.seen: list[Seen] = []
        self._server, self._app = server, app
        self._browser = build_opener(HTTPCookieProcessor(CookieJar()))
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self._page("/login"))
        assert token
        form = {"email": EMAIL, "password": PASSWORD, "csrf_token": token[1]}
        self._browser.open(server.url("/login"), urlencode(form).encode()).read()

    def look(self, answers: int) -> None:
        """Load the pages anew, and ask the command line.

        What the commands print is asked for inside this process: to start one after each answer
        would take minutes.
        """
        pages = {each: _steady(self._page(each)) for each in (LIST, DETAIL, CARDS)}
        with self._app.app_context():
            of = rounds.find(ROUND)
            exact = facts(of, queries.response_counts().get(of.id, 0))["responses"]
            used = sum(each.used or 0 for each in codes.counts(of))
            db.session.remove()
        self.seen.append(Seen(answers, pages, exact, used))

    def _page(self, path: str) -> str:
        return str(self._browser.open(self._server.url(path)).read().decode())


def _steady(page: str) -> str:
    """Take out of a page what is new each time it is loaded."""
    return re.sub(r'(value|nonce)="[^"]{30,}"', "", page)


def _number(pattern: re.Pattern[str], page: str) -> int:
    """Read a number: "minst 15 svar", or "färre än 5", which may be none."""
    found = pattern.search(page)
    assert found, page
    number = re.search(r"\d+", found[1])
    assert number, found[1]
    return 0 if "färre än" in found[1] else int(number[0])
