"""Validate pages with the W3C's HTML checker (vnu), many in one start of Java."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.tools.programs import find_npm_file, find_program

# Most of a start went to a compiler and a collector that pay off in hours: 3.9 s of processor, now 2.3.
SHORT_LIVED = ("-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# What the checker says that we do not follow, each with its reason.
IGNORED: dict[str, str] = {
    r"^Trailing slash on void elements has no effect": "WTForms and Markdown write it; harmless",
}


@dataclass(frozen=True)
class HtmlProblem:
    """One error or warning of the checker."""

    page: str
    line: int
    level: str
    message: str
    extract: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {self.level}: {self.message} [{self.extract}]"


def html_problems(pages: str | Mapping[str, str] | Sequence[Path]) -> list[HtmlProblem]:
    """Give every error and warning in these pages, so that [] is good.

    One call costs a start of Java, 1 to 3 seconds, however many pages it is given: collect them.

    Args:
        pages: One page's HTML; or pages by a name of one's own, such as their addresses; or files.
    """
    if isinstance(pages, str):
        pages = {"page": pages}
    if not isinstance(pages, Mapping):
        return validate({str(path): path for path in pages})
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{number}.html" for number, name in enumerate(pages)}
        for name, path in files.items():
            path.write_text(pages[name], encoding="utf-8")
        return validate(files)


def validate(files: Mapping[str, Path]) -> list[HtmlProblem]:
    """Run the checker over files, each with the name that its problems are reported under."""
    if not files:
        return []
    java = find_program("java", package="default-jre-headless")
    checker = find_npm_file("vnu-jar/build/dist/vnu.jar")
    names = {path.resolve().as_uri(): name for name, path in files.items()}
    options = ("--format", "json", "--stdout", "--exit-zero-always")
    done = subprocess.run(
        [
            java,
            *SHORT_LIVED,
            "-jar",
            checker,
            *options,
            *(path.resolve() for path in files.values()),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    messages = json.loads(done.stdout)["messages"]
    return [problem_of(message, names) for message in messages if not is_ignored(message)]


def is_ignored(message: Mapping[str, str]) -> bool:
    """Tell whether a message is one of those that we do not follow."""
    return any(re.search(pattern, message["message"]) for pattern in IGNORED)


def problem_of(message: Mapping[str, str], names: Mapping[str, str]) -> HtmlProblem:
    """Read one of the checker's messages."""
    url = message.get("url", "").replace("file:/", "file:///", 1).replace("file://///", "file:///")
    return HtmlProblem(
        page=names.get(url, url),
        line=int(message.get("lastLine", 0)),
        level=message.get("subType", message["type"]),
        message=message["message"],
        extract=" ".join(message.get("extract", "").split()),
    )
