"""Where the pages of results hang."""

from __future__ import annotations

from flask import Blueprint, g
from flask_security import current_user

bp = Blueprint("results", __name__, url_prefix="/results")


@bp.before_request
def note_reader() -> None:
    """Let the record of releases know who was shown something first."""
    if current_user.is_authenticated:
        g.reader = current_user.email
