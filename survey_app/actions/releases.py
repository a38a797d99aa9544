"""Let waiting answers become readable: in company while a round is open, all when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import Connection

from survey_app.store import pool
from survey_app.store.database import db
from survey_app.store.keys import Keys
from survey_app.store.releasing import Outcome, release

KEYS = "pool_keys"
LEAST = "RELEASE_SIZE"


@dataclass(slots=True)
class Release:
    """One release of what may go while a round is open, as a piece of work for the writer."""

    keys: Keys
    round_id: int
    least: int
    outcome: Outcome | None = None

    def __call__(self, connection: Connection) -> None:
        """Release in the caller's transaction."""
        self.outcome = release(
            connection, self.keys, self.round_id, least=self.least, is_over=False
        )


def init_app(app: Flask, directory: Path, least: int) -> None:
    """Find the keys; destroy those that a crash left without need."""
    app.config[LEAST] = least
    app.extensions[KEYS] = Keys(directory)
    with app.app_context():
        forget()


def keys_of(app: Flask) -> Keys:
    """Give the keys of the pool."""
    keys: Keys = app.extensions[KEYS]
    return keys


def release_rest(round_id: int) -> Outcome:
    """Release all answers of a round that ends, in the session's transaction."""
    least = current_app.config[LEAST]
    keys = keys_of(current_app)
    return release(db.session.connection(), keys, round_id, least=least, is_over=True)


def forget() -> None:
    """Destroy the keys that nothing needs any more."""
    db.session.rollback()
    pool.sweep(db.engine, keys_of(current_app))
