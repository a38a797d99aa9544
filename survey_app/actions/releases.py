"""Let waiting answers become readable: in company while a round is open, all when it ends."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from flask import Flask, current_app

from exports.disclosure.rules import SMALLEST_ENKAT
from forms.instrument import Mode
from survey_app.actions import rewriting, sealing
from survey_app.actions.calendar import today
from survey_app.store import pool, queries
from survey_app.store.database import db, writing
from survey_app.store.keys import Keys
from survey_app.store.models import Round, RoundState
from survey_app.store.releasing import Outcome, release

KEYS = "pool_keys"
LEAST = "RELEASE_SIZE"
ARRIVAL = "answer_arrived"


def init_app(app: Flask, directory: Path, least: int) -> None:
    """Find the keys; destroy those that a crash left without need."""
    app.config[LEAST] = least
    app.extensions[KEYS] = Keys(directory)
    app.extensions[ARRIVAL] = threading.Event()
    with app.app_context():
        forget()


def keys_of(app: Flask) -> Keys:
    """Give the keys of the pool."""
    keys: Keys = app.extensions[KEYS]
    return keys


def arrival_of(app: Flask) -> threading.Event:
    """Give what is set when an answer has begun to wait."""
    arrival: threading.Event = app.extensions[ARRIVAL]
    return arrival


def least() -> int:
    """Give how many answers are released together, at least, while a round is open."""
    return int(current_app.config[LEAST])


def release_rest(round_id: int) -> Outcome:
    """Release all answers of a round that ends, in the session's transaction.

    After its commit comes `finish`.
    """
    keys = keys_of(current_app)
    return release(db.session.connection(), keys, round_id, least=least(), is_over=True)


def finish() -> None:
    """Make what was released impossible to order: destroy the keys, then rewrite the files."""
    forget()
    rewriting.after_round()


def release_ended() -> Sequence[str]:
    """End the anonymous rounds whose last day has passed; give their names.

    They end for good: were the clock set back, their answers could be told from later ones.
    """
    ended = [each for each in queries.rounds_to_end() if _is_over(each)]
    names = [each.name for each in ended]
    for round_id in [each.id for each in ended]:
        with writing():
            db.session.get_one(Round, round_id).state = RoundState.CLOSED
            db.session.flush()
            release_rest(round_id)
    if names:
        finish()
    return names


def is_small(of: Round, count: int) -> bool:
    """Tell whether a round ended with so few answers that readers may guess whose they are."""
    return of.mode == Mode.ANONYMOUS and _is_over(of) and 0 < count < max(SMALLEST_ENKAT, least())


def forget() -> None:
    """Destroy the keys that nothing needs any more."""
    db.session.rollback()
    pool.sweep(db.engine, keys_of(current_app))
    for name in queries.rounds_over_for_good():
        sealing.forget(name)


def _is_over(of: Round) -> bool:
    return of.state_on(today()) is RoundState.CLOSED
