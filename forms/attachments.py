"""What comes with a workbook: pictures, and tables as CSV, in a folder beside it or uploaded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from forms.media import LARGEST_PICTURE, MOST_PICTURES, Picture, picture_of
from forms.problems import ProblemCode, Problems
from forms.tables import LARGEST_TABLE, csv_of, is_table_name, table_of
from forms.workbook import Sheet, Workbook

# What file managers leave in folders; nobody put it there.
_LEFT_BEHIND = re.compile(r"\..*|Thumbs\.db|desktop\.ini", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attachments:
    """The accepted files: pictures by name, tables as sheets."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    tables: tuple[Sheet, ...] = ()


def attachments_of(files: Iterable[tuple[str, bytes]], problems: Problems) -> Attachments:
    """Accept the files that can come with a questionnaire; report the others in `problems`."""
    pictures: dict[str, Picture] = {}
    tables: dict[str, Sheet] = {}
    for name, content in files:
        if is_table_name(name):
            if table := table_of(name, content, problems):
                tables[name] = table
        elif len(pictures) == MOST_PICTURES:
            problems.add(ProblemCode.TOO_MANY_PICTURES, limit=MOST_PICTURES)
            break
        elif picture := picture_of(name, content, problems):
            pictures[name] = picture
    return Attachments(pictures, tuple(tables.values()))


def folder_beside(workbook: Path) -> Path:
    """Give the folder of a workbook's files: `form-media` beside `form.xlsx`, as ODK has it."""
    return workbook.with_name(f"{workbook.stem}-media")


def read_beside(workbook: Path, problems: Problems) -> Attachments:
    """Read what lies beside a workbook; what is refused is reported in `problems`."""
    folder = folder_beside(workbook)
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    files = (path for path in found if path.is_file() and not _LEFT_BEHIND.fullmatch(path.name))
    return attachments_of(((path.name, _beginning(path)) for path in files), problems)


def write_beside(path: Path, workbook: Workbook, pictures: Mapping[str, Picture]) -> None:
    """Write tables and pictures where `read_beside` finds them; without any, no folder is made."""
    folder = folder_beside(path)
    for name, content in files_of(workbook, pictures):
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)


def files_of(workbook: Workbook, pictures: Mapping[str, Picture]) -> Iterator[tuple[str, bytes]]:
    """Give tables and pictures as files: names and bytes."""
    yield from ((sheet.name, csv_of(sheet)) for sheet in workbook.tables)
    yield from ((picture.name, picture.content) for picture in pictures.values())


def _beginning(path: Path) -> bytes:
    """Read a file, but no further than any that is accepted goes."""
    with path.open("rb") as file:
        return file.read(max(LARGEST_PICTURE, LARGEST_TABLE) + 1)
