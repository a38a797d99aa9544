"""What the tests of the code's own habits read: the files of this repository."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from tests.tools.programs import ROOT


@cache
def repository_files() -> tuple[Path, ...]:
    """Give every file that is, or would be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted(path for path in set(paths) if path.is_file()))


def python_files() -> list[Path]:
    """Give the Python files among them."""
    return [path for path in repository_files() if path.suffix == ".py"]


def text_of(path: Path) -> str:
    """Read a file as text; a picture or a workbook reads as nothing."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def name_of(path: Path) -> str:
    """Give a file's path inside the repository, with forward slashes."""
    return path.relative_to(ROOT).as_posix()
