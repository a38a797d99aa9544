"""The program that makes one large file beside the server: `python -m survey_app.large_file ID`."""

from __future__ import annotations

import os
import sys

from survey_app import create_app
from survey_app.actions import responses
from survey_app.actions.jobs.making import make

NICE = 10  # those who answer go first


def main(job_id: str) -> None:
    """Make the file."""
    os.nice(NICE)
    app = create_app()
    try:
        with app.app_context():
            make(job_id)
    finally:
        responses.close(app)


if __name__ == "__main__":
    main(sys.argv[1])
