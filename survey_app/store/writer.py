"""The one writer of SQLite: it commits for all who wait, and tells each when it is on disk."""

from __future__ import annotations

import atexit
import logging
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from survey_app.store.database import WRITING

MOST_PER_COMMIT = 64
PATIENCE = 30.0  # seconds that a caller waits before it is told to come back
REST, LONGEST_REST = 1.0, 60.0  # seconds without work before the writer tidies up (again)

# A piece of work. One whose class has a static method `run_together(connection, pieces)` shares
# its statements with others of its kind.
Work = Callable[[Connection], None]
Job = tuple[Work, Future[None]]

log = logging.getLogger(__name__)


class WriterUnavailable(Exception):
    """The work was not committed; it may be asked for again."""


class GroupWriter:
    """Run pieces of work in shared transactions, in one thread that starts when it is needed.

    A piece that fails is undone alone; it and its neighbours may be run twice. Within a commit
    the order is chance, so that the file does not tell who came first.

    Args:
        patience: Seconds that a caller waits.
        tidy: What to do after commits, once nothing has come for a while, and at the end.
    """

    def __init__(
        self, engine: Engine, patience: float = PATIENCE, tidy: Callable[[], bool] | None = None
    ) -> None:
        self._writing = engine.execution_options(**{WRITING: True})
        self._patience = patience
        self._tidy = tidy or (lambda: True)
        self._is_tidy = True
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def run(self, work: Work) -> None:
        """Run `work` on the writer's connection; return after the commit.

        Raises:
            WriterUnavailable: Nothing was committed: the commit failed, the thread died, the
                writer is closed, or the wait was too long.
            Exception: Whatever `work` raised; it alone was undone.
        """
        outcome: Future[None] = Future()
        self._hand_in(work, outcome)
        try:
            outcome.result(self._patience)
        except TimeoutError:
            if outcome.cancel() or not outcome.done():
                raise WriterUnavailable("the writer takes too long") from None
            outcome.result(0)

    def close(self) -> None:
        """Commit what waits, then stop. Afterwards `run` refuses."""
        with self._lock:
            self._is_closed = True
            thread = self._thread
            self._jobs.put(None)
        if thread is not None:
            thread.join()
        atexit.unregister(self.close)

    def _hand_in(self, work: Work, outcome: Future[None]) -> None:
        with self._lock:
            if self._is_closed:
                raise WriterUnavailable("the writer is closed")
            self._jobs.put((work, outcome))
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._write_until_closed, name="response-writer", daemon=True
                )
                self._thread.start()
                atexit.register(self.close)

    def _write_until_closed(self) -> None:
        batch: list[Job] = []
        try:
            while True:
                batch, is_last = self._next_batch()
                self._commit(batch)
                batch = []
                if is_last:
                    self._tidy_up()
                    return
        except BaseException:
            log.exception("The response writer died; the next answer starts another.")
        finally:
            self._give_up(batch)

    def _next_batch(self) -> tuple[list[Job], bool]:
        """Wait for work; take what is there, in random order. True when the writer closes."""
        batch: list[Job] = []
        job = self._next_job()
        while job is not None:
            if job[1].set_running_or_notify_cancel():
                batch.append(job)
            if len(batch) == MOST_PER_COMMIT:
                break
            try:
                job = self._jobs.get_nowait()
            except Empty:
                break
        secrets.SystemRandom().shuffle(batch)
        return batch, job is None

    def _next_job(self) -> Job | None:
        """Wait for work; use the first quiet moment after a commit to tidy up."""
        rest = REST
        while not self._is_tidy:
            try:
                return self._jobs.get(timeout=rest)
            except Empty:
                self._tidy_up()
                rest = min(2 * rest, LONGEST_REST)
        return self._jobs.get()

    def _tidy_up(self) -> None:
        try:
            self._is_tidy = self._is_tidy or self._tidy()
        except Exception as error:  # noqa: BLE001 - what was committed is safe; it is tried again
            log.error("Mixing the answers' file failed: %s", _cause(error))

    def _commit(self, batch: list[Job]) -> None:
        self._is_tidy = self._is_tidy and not batch
        try:
            errors = self._run_together(batch) or self._run_apart(batch)
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing is on disk
            log.error("A commit of %s answers failed: %s", len(batch), _cause(error))
            errors = [WriterUnavailable("the commit failed") for _ in batch]
        for (_, outcome), failure in zip(batch, errors, strict=True):
            if failure is None:
                outcome.set_result(None)
            else:
                outcome.set_exception(failure)

    def _run_together(self, batch: list[Job]) -> list[Exception | None]:
        """Commit the whole batch at once, which is quickest; [] when a piece failed."""
        try:
            with self._writing.begin() as connection:
                _run_all(connection, [work for work, _ in batch])
        except Exception:  # noqa: BLE001 - which piece it was shows when they run apart
            return []
        return [None] * len(batch)

    def _run_apart(self, batch: list[Job]) -> list[Exception | None]:
        """Commit what succeeds, each piece in a savepoint of its own."""
        with self._writing.begin() as connection:
            return [_attempt(connection, work) for work, _ in batch]

    def _give_up(self, batch: list[Job]) -> None:
        """Fail what is unanswered, so that nobody waits for a dead thread."""
        with self._lock:
            self._thread = None
            while True:
                try:
                    job = self._jobs.get_nowait()
                except Empty:
                    break
                if job is not None:
                    batch = [*batch, job]
            for _, outcome in batch:
                if not outcome.done():
                    outcome.set_exception(WriterUnavailable("the writer stopped"))


def _run_all(connection: Connection, batch: list[Work]) -> None:
    """Run pieces one by one, but those of a kind that knows how to be run together."""
    kinds: dict[object, list[Work]] = {}
    for work in batch:
        kinds.setdefault(getattr(work, "run_together", work), []).append(work)
    for kind, pieces in kinds.items():
        if callable(kind) and kind is not pieces[0]:
            kind(connection, pieces)
        else:
            pieces[0](connection)


def _attempt(connection: Connection, work: Work) -> Exception | None:
    """Run one piece in a savepoint.

    Raises:
        Exception: The failure that ended the whole transaction (a full disk, say).
    """
    try:
        with connection.begin_nested():
            work(connection)
    except Exception as error:
        if not getattr(connection.connection.dbapi_connection, "in_transaction", True):
            raise
        return error
    return None


def _cause(error: Exception) -> str:
    """Name an error; of the database's own also what it lacks, which tells no answers."""
    lacking = f" ({error.orig})" if isinstance(error, OperationalError) else ""
    return type(error).__name__ + lacking
