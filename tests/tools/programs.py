"""Find programs and files that the tests use, and say how to install what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NPM_MODULES = ROOT / ".tools" / "node_modules"


def fail_for_want_of(what: str, install: str) -> NoReturn:
    """Fail the test with the line that installs what it needs: a skipped test proves nothing."""
    pytest.fail(f"This test needs {what}. Install it with: {install}", pytrace=False)


def find_program(*names: str, package: str) -> Path:
    """Give the first of these commands that is on the PATH.

    Args:
        names: Names of one program, the usual one first.
        package: The Debian package that has it.
    """
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    fail_for_want_of(names[0], f"sudo apt-get install {package}")


def find_node() -> Path:
    """Give Node.js, which runs the browser's modules in tests without a browser."""
    return find_program("node", "nodejs", package="nodejs")


def find_npm_file(path: str) -> Path:
    """Give a file of a package in ``tests/tools/package.json``, such as ``axe-core/axe.min.js``."""
    found = NPM_MODULES / path
    if not found.exists():
        fail_for_want_of(path, "./check")
    return found
