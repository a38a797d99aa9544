"""The program that makes one large file beside the server: `python -m survey_app.large_file ID`."""

from __future__ import annotations

import os
import sys

from survey_app import create_app
from survey_app.actions import responses
from survey_app.actions.jobs.making import make
from survey_app.actions.jobs.running import ANOTHER_MAKES_IT

NICE = 10  # those who answer go first


def main(job_id: str) -> int:
    """Make the file; give the process' status."""
    os.nice(NICE)
    app = create_app()
    try:
        with app.app_context():
            return 0 if make(job_id) else ANOTHER_MAKES_IT
    finally:
        responses.close(app)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
