"""Bring the database to this release's schema, whoever else is starting at the same time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(data: Path) -> None:
    """Run the missing migrations; needs an app context.

    Args:
        data: The data directory; a lock there lets one process migrate at a time.
    """
    with _alone(data / "migrating.lock"):
        command.upgrade(configuration(), "head")


def configuration() -> Config:
    """Tell Alembic where the migrations are."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
