"""A member of a zip file that is compressed by another thread while it is being made."""

from __future__ import annotations

import shutil
import zlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from tempfile import TemporaryFile
from typing import BinaryIO

LEVEL = 6
BARE = -zlib.MAX_WBITS  # without a header of its own: zip has one
# What has been written and not yet compressed; whoever is quicker waits, so memory stays flat.
MOST_WAITING = 4


class CompressedPart:
    """Takes bytes, and keeps them compressed in a file without a name.

    Attributes:
        crc, size: Of all that was written, before it was compressed.
        compressed_size: Known once it has ended.
    """

    def __init__(self, worker: ThreadPoolExecutor) -> None:
        """Compress in a worker that has a single thread, so that parts stay in order."""
        self._worker = worker
        self._waiting: deque[Future[None]] = deque()
        self._deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, BARE)
        self._file: BinaryIO = TemporaryFile()  # noqa: SIM115 - closed by close
        self.crc = self.size = self.compressed_size = 0

    def write(self, content: bytes) -> None:
        """Add more; it is compressed soon."""
        while len(self._waiting) >= MOST_WAITING:
            self._waiting.popleft().result()
        self._waiting.append(self._worker.submit(self._compress, content))

    def end(self) -> None:
        """Wait until all is compressed."""
        while self._waiting:
            self._waiting.popleft().result()
        self._file.write(self._deflate.flush())
        self.compressed_size = self._file.tell()

    def copy_to(self, stream: BinaryIO) -> None:
        """Give what was compressed."""
        self._file.seek(0)
        shutil.copyfileobj(self._file, stream, 1 << 20)

    def close(self) -> None:
        """Let go of the file."""
        for each in self._waiting:
            each.cancel()
        self._file.close()

    def _compress(self, content: bytes) -> None:
        self.crc = zlib.crc32(content, self.crc)
        self.size += len(content)
        self._file.write(self._deflate.compress(content))
