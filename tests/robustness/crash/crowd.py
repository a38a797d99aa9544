"""Pupils whose tablets send until the server says yes, whatever it says before."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from random import Random
from urllib.parse import urlencode
from uuid import UUID

from tests.robustness.crash.crew import Crew

TAKEN = 303
PATIENCE = 120  # seconds until one answer must have been taken
REST = (0.02, 0.2)  # seconds before a tablet tries again
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "sv"}
SECONDS = 20  # that a tablet waits for an answer of the server


class NeverTaken(Exception):
    """The server did not take an answer in all the time there was."""


class Crowd(Crew):
    """Several tablets that send answers one after another, each until it is taken.

    Args:
        path: The round's address, without the server's.
        numbers: Of the answers.
        ports: Gives the server's port, for each sending anew.

    Attributes:
        taken: What the server has said yes to, in no order.
        statuses: How often the server said what; "none" where the connection ended without a word.
        refusal: The page of a refusal, as a pupil read it.
    """

    def __init__(
        self, path: str, numbers: Iterable[int], ports: Callable[[], int], *, tablets: int = 8
    ):
        self.taken: list[str] = []
        self.statuses: Counter[str] = Counter()
        self.refusal = ""
        self._path, self._ports = path, ports
        self._waiting = iter([(f"answer-{number}", _form(number)) for number in numbers])
        self._lock = threading.Lock()
        super().__init__([partial(self._tablet, number) for number in range(tablets)])

    def wait_for(self, number: int) -> None:
        """Wait until so many answers have been taken, or nobody sends any more."""
        self.wait_until(lambda: len(self.taken) >= number)

    def _tablet(self, number: int) -> None:
        chance = Random(number)
        while (one := self._next()) is not None:
            self._send_until_taken(*one, chance)

    def _next(self) -> tuple[str, str] | None:
        with self._lock:
            return next(self._waiting, None)

    def _send_until_taken(self, text: str, form: str, chance: Random) -> None:
        deadline = time.monotonic() + PATIENCE
        while (status := self._send(form)) != str(TAKEN):
            self.statuses[status] += 1
            if time.monotonic() > deadline:
                raise NeverTaken(f"{text}: {dict(self.statuses)}")
            time.sleep(chance.uniform(*REST))
        self.statuses[status] += 1
        self.taken.append(text)

    def _send(self, form: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self._ports(), timeout=SECONDS)
        try:
            connection.request("POST", self._path, form, HEADERS)
            response = connection.getresponse()
            page = response.read()
        except (OSError, http.client.HTTPException):
            return "none"
        finally:
            connection.close()
        if response.status >= 500 and not self.refusal:
            self.refusal = page.decode()
        return str(response.status)


def _form(number: int) -> str:
    """Write what the page sends: the same id each time that one answer is sent."""
    sent = UUID(int=Random(number).getrandbits(128), version=4)
    return urlencode({"pets": "1", "about": f"answer-{number}", "response_id": str(sent)})


def lost_and_doubled(sent: Sequence[str], stored: Sequence[str]) -> dict[str, list[str]]:
    """Compare what was said yes to with what is stored: each once, and nothing else."""
    found = Counter(stored)
    return {
        "lost": sorted(set(sent) - set(found)),
        "doubled": sorted(text for text, times in found.items() if times > 1),
        "unknown": sorted(set(found) - set(sent)),
    }
