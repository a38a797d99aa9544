"""One file for each table: the file itself when there is one, else a zip file of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from zipfile import ZIP_DEFLATED

from exports.writers.archive import DatelessArchive


@contextmanager
def opened(target: str | Path | BinaryIO) -> Iterator[BinaryIO]:
    """Open a path for writing; a stream is left as it is."""
    if isinstance(target, str | Path):
        with Path(target).open("wb") as stream:
            yield stream
    else:
        yield target


def write_files(
    target: str | Path | BinaryIO, names: Sequence[str], write: Callable[[int, Path], None]
) -> None:
    """Write files with a program that wants paths, then put them where they belong.

    They lie in a folder that only this user can read, until the target is touched last.

    Args:
        target: A path, or a stream opened for bytes.
        names: What each file is called inside the zip file.
        write: Takes the number of a file, from 0, and where to write it.
    """
    with TemporaryDirectory() as folder:
        files = [Path(folder, str(number)) for number in range(len(names))]
        for number, file in enumerate(files):
            write(number, file)
        with opened(target) as stream:
            if len(files) == 1:
                with files[0].open("rb") as content:
                    shutil.copyfileobj(content, stream)
                return
            with DatelessArchive(stream, "w", ZIP_DEFLATED) as archive:
                for name, file in zip(names, files, strict=True):
                    archive.write(str(file), name)
