"""Write docs/problems.md: every problem that a questionnaire may have, from the catalogue.

Usage: ``python scripts/problems.py`` writes the page; ``python scripts/problems.py check`` tells
whether it is up to date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from forms.catalogue import LEVELS, ProblemCode  # noqa: E402 - the checkout comes first on the path

PAGE = ROOT / "docs" / "problems.md"
CATALOGUE = ROOT / "forms" / "catalogue.py"
HEAD = """# Problems of a questionnaire

What `survey-app instrument check FILE` may say, and the page for uploading too. An **error** keeps
the questionnaire from being published; a **warning** is most likely a mistake; **advice** asks for
thought. With `--json`, each problem is one object with `level`, `sheet`, `row`, `column`, `code`
and `message`; rows are counted as Excel counts them, and columns are the author's own headers.

Made from `forms/catalogue.py` by `python scripts/problems.py`.
"""


def page() -> str:
    """Give the whole page."""
    parts = [HEAD]
    for heading, codes in sections():
        parts.append(f"\n## {heading}\n\n| Code | Level | Sentence |\n|---|---|---|\n")
        parts += map(_row, codes)
    return "".join(parts)


def sections() -> Iterator[tuple[str, list[ProblemCode]]]:
    """Give the comments of the catalogue as headings, with the codes below each."""
    heading, codes = "", list[ProblemCode]()
    for line in CATALOGUE.read_text(encoding="utf-8").splitlines():
        if comment := re.fullmatch(r"    # (.+)", line):
            if codes:
                yield heading, codes
            heading, codes = comment[1], []
        elif entry := re.match(r"    ([A-Z_]+) = N_\(", line):
            codes.append(ProblemCode[entry[1]])
    yield heading, codes


def _row(code: ProblemCode) -> str:
    levels = ", ".join(LEVELS.get(code, ("error",)))
    return f"| `{code.name}` | {levels} | {_sentence(code)} |\n"


def _sentence(code: ProblemCode) -> str:
    """Give the sentence with its gaps in italics, as one cell of a table."""
    text = re.sub(r"%\((\w+)\)s", r"*\1*", code.value)
    return text.replace("|", r"\|").replace("\n", " ")


def main(arguments: list[str]) -> int:
    """Write the page, or check it; give the exit status."""
    if arguments == ["check"]:
        return 0 if PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
