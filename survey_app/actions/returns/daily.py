"""The thread of a server that sends the day's reminders, from its hour on.

Which reminder was sent is in the database alone: several processes send each once, and a server
that was stopped at its hour sends when it is back.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator
from datetime import date, datetime

from flask import Flask

from survey_app.actions.mailing import MailNotSent
from survey_app.actions.returns import reminding
from survey_app.settings import TIME_ZONE
from survey_app.store.database import give_up_session

LOOK, AGAIN = 60.0, 900.0  # seconds between looks at the clock; after a failure
PATIENCE = 8.0  # seconds that an end waits for what is being sent

log = logging.getLogger(__name__)


def now() -> datetime:
    """Give the time in Sweden."""
    return datetime.now(TIME_ZONE)


class Daily:
    """Remind once a day.

    Args:
        app: The app whose teams are reminded.
        hour: Swedish hour from which on it is done.
    """

    def __init__(self, app: Flask, hour: int) -> None:
        self._app, self._hour = app, hour
        self._done_on: date | None = None
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="reminders", daemon=True)

    def start(self) -> None:
        """Begin; what is due today is sent at once when its hour has come."""
        self._thread.start()

    def close(self) -> None:
        """Stop; what was not sent is sent after the next start."""
        self._closing.set()
        self._thread.join(PATIENCE)

    def _work(self) -> None:
        with self._app.app_context():
            pause = 0.0
            while not self._closing.wait(pause):
                pause = LOOK if not self._is_time() or self._attempt() else AGAIN

    def _is_time(self) -> bool:
        moment = now()
        return moment.hour >= self._hour and self._done_on != moment.date()

    def _attempt(self) -> bool:
        """Go on after any failure: what was not sent is tried again later.

        What somebody has claimed is looked at again too: they may have been stopped.
        """
        day = now().date()
        try:
            reminding.remind()
            if reminding.is_claimed():
                return False
        except MailNotSent as error:
            log.error("Reminders wait: %s", error)
            return False
        except Exception as error:  # noqa: BLE001 - without this thread nobody would be reminded
            log.error("Reminding failed: %s", type(error).__name__)
            return False
        finally:
            give_up_session()
        self._done_on = day
        return True


@contextlib.contextmanager
def running(app: Flask) -> Iterator[None]:
    """Remind while a server runs; without a mail server or an hour nobody is."""
    settings = app.config["SETTINGS"]
    if not settings.smtp or settings.remind_hour is None:
        yield
        return
    daily = Daily(app, settings.remind_hour)
    daily.start()
    try:
        yield
    finally:
        daily.close()
