"""Answers and returns while everything falls: what was acknowledged is stored, once.

    python -m tests.robustness.crash [SCENARIO...] [--answers N]

Prints JSON; the exit status is 1 when something was lost, doubled, or refused without a word.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.robustness.crash.scenarios import SCENARIOS


def main() -> None:
    """Run the scenarios and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=", ".join(SCENARIOS))
    parser.add_argument("--answers", type=int, default=5_000)
    arguments = parser.parse_args()
    reports = {}
    for name in arguments.scenarios or SCENARIOS:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="crash-") as folder:
            report = SCENARIOS[name](Path(folder), arguments.answers)
        reports[name] = report | {"seconds": round(time.monotonic() - begun)}
        print(f"{name}: {'right' if report['is_right'] else 'WRONG'}", file=sys.stderr)
    print(json.dumps(reports, indent=2))
    if not all(each["is_right"] for each in reports.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
