"""Pupils who answer a server with the codes on their cards, as pupils do."""

from __future__ import annotations

import http.client
import random
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from tests.tools.server import LiveServer

ROUND = "autumn"
TAKEN, REFUSED = 303, 422
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Pupil:
    """Somebody with a card.

    Attributes:
        number: How many answered before.
        answer: What is said: unique, and of a length of its own.
        code: What stands on the card.
        sent: What the browser makes so that a second sending is recognised; some have no script.
    """

    number: int
    answer: str
    code: str
    sent: UUID | None

    @property
    def form(self) -> dict[str, str]:
        """Give what the page sends."""
        form = {"about": self.answer, "entry_code": self.code}
        return form | ({"response_id": str(self.sent)} if self.sent else {})

    def answer_at(self, server: LiveServer, used: str) -> None:
        """Open the page first, perhaps; try another's card, perhaps; answer once or twice."""
        tablet = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=30)
        if self.number % 5 == 0:
            assert _asked(tablet, "GET") == 200
        if self.number % 11 == 3:
            assert _asked(tablet, "POST", self.form | {"entry_code": used}) == REFUSED
        for _ in range(2 if self.number % 7 == 1 and self.sent else 1):
            assert _asked(tablet, "POST", self.form) == TAKEN
        tablet.close()

    def give_up_at(self, server: LiveServer) -> None:
        """Look, forget the code, and go."""
        tablet = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=30)
        assert _asked(tablet, "GET") == 200
        assert _asked(tablet, "POST", {"about": self.answer}) == REFUSED
        tablet.close()


def make_pupil(number: int, code: str, chance: random.Random) -> Pupil:
    """Make somebody up."""
    answer = f"q{chance.getrandbits(60):015x}{'x' * chance.randrange(600)}"
    sent = UUID(int=chance.getrandbits(128), version=4) if number % 3 else None
    return Pupil(number, answer, code, sent)


def _asked(
    tablet: http.client.HTTPConnection, method: str, form: Mapping[str, str] | None = None
) -> int:
    tablet.request(method, f"/e/{ROUND}", urlencode(form) if form else None, HEADERS)
    response = tablet.getresponse()
    response.read()
    return response.status
