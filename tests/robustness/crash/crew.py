"""Several who work at once, each in a thread: begun together, waited for, and failing aloud."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Self


class Crew:
    """Pieces of work that run at once for the length of a block; what one raises, the block does."""

    def __init__(self, work: Sequence[Callable[[], None]]) -> None:
        self._failed: list[BaseException] = []
        self._threads = [threading.Thread(target=self._run, args=(each,)) for each in work]

    def __enter__(self) -> Self:
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._threads:
            each.join()
        if self._failed:
            raise self._failed[0]

    @property
    def is_done(self) -> bool:
        """Tell whether nobody works any more."""
        return not any(each.is_alive() for each in self._threads)

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something, at most until nobody works any more."""
        while not (is_so() or self.is_done):
            time.sleep(0.01)

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised where the work ends
            self._failed.append(error)
