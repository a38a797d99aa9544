"""The thread of a server that releases answers as soon as enough of them wait."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Flask, current_app
from sqlalchemy import Connection

from survey_app.actions import releases, responses, rewriting, upkeep
from survey_app.actions.jobs import running
from survey_app.actions.retention import carrying
from survey_app.store import mixing, queries
from survey_app.store.database import db, give_up_session
from survey_app.store.keys import Keys
from survey_app.store.releasing import Outcome, release

MOMENT = 1.0  # seconds from an answer to its release at most, so that one release takes many
HOUR, MINUTE = 3600.0, 60.0  # seconds between looks at everything; after a failure
LONGEST_REST = 60.0  # seconds between attempts to mix
PATIENCE = 8.0  # seconds that an end waits for what is being done

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Release:
    """One release of what may go while a round is open, as a piece of work for the writer."""

    keys: Keys
    round_id: int
    least: int
    outcome: Outcome = field(default_factory=Outcome)

    def __call__(self, connection: Connection) -> None:
        """Release in the caller's transaction."""
        self.outcome = release(
            connection, self.keys, self.round_id, least=self.least, is_over=False
        )


def release_waiting(round_ids: Sequence[int]) -> Mapping[int, Outcome]:
    """Release what may go of rounds that are open; give what became of each.

    Raises:
        StorageUnavailable: It could not be written just now.
    """
    db.session.rollback()  # end the reading: it need not wait
    keys, outcomes = releases.keys_of(current_app), {}
    for round_id in round_ids:
        responses.commit(work := Release(keys, round_id, releases.least()))
        outcomes[round_id] = work.outcome
    if any(outcome.released for outcome in outcomes.values()):
        releases.forget()
    return outcomes


class Releaser:
    """Release what waits once a second at most, and all of a round that has ended.

    Args:
        app: The app whose answers they are.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._arrival = releases.arrival_of(app)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="releaser", daemon=True)
        self._is_mixed, self._rest = False, MOMENT
        self._next_look = 0.0

    def start(self) -> None:
        """Begin; what waits from before is looked at first."""
        self._thread.start()

    def close(self) -> None:
        """Stop after what is being done; the next start does anew what takes too long."""
        self._closing.set()
        self._arrival.set()
        self._thread.join(PATIENCE)
        if self._thread.is_alive():
            log.warning("A release was still going on; the next start takes it up again.")

    def _work(self) -> None:
        with self._app.app_context():
            while not self._closing.is_set():
                self._attempt(self._look_at_all)
                if self._arrival.wait(self._pause()) and not self._closing.wait(MOMENT):
                    self._arrival.clear()
                    self._attempt(self._release)
                elif not self._is_mixed:
                    self._attempt(self._mix)

    def _pause(self) -> float:
        until_look = max(self._next_look - time.monotonic(), 0.0)
        return until_look if self._is_mixed else min(self._rest, until_look)

    def _release(self) -> None:
        outcomes = release_waiting(queries.rounds_with_at_least(releases.least()))
        if any(outcome.released for outcome in outcomes.values()):
            is_mixed_by_writer = db.engine.dialect.name == "sqlite"
            self._is_mixed, self._rest = is_mixed_by_writer, MOMENT

    def _look_at_all(self) -> None:
        """Look for rounds that have ended, and for what a crash or a failure left undone."""
        if time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + HOUR
            releases.release_ended()
            self._release()
            releases.forget()
            upkeep.forget_old()
            running.start_next(self._app)
            carrying.settle_all()
            if not rewriting.settle():
                self._next_look = time.monotonic() + MINUTE

    def _mix(self) -> None:
        self._rest = min(2 * self._rest, LONGEST_REST)
        self._is_mixed = mixing.mix(db.engine)

    def _attempt(self, act: Callable[[], None]) -> None:
        """Go on after any failure: what waits is safe, and is looked at again in a minute."""
        try:
            act()
        except Exception as error:  # noqa: BLE001 - without this thread nothing would be released
            log.error("Releasing answers failed: %s", type(error).__name__)
            self._next_look = min(self._next_look, time.monotonic() + MINUTE)
        finally:
            give_up_session()


def start(app: Flask) -> Releaser:
    """Let the answers of a running server be released; `close` ends it."""
    releaser = Releaser(app)
    releaser.start()
    return releaser
