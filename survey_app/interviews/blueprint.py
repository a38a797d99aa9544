"""Where the interviewers' pages hang, and who looks at them."""

from __future__ import annotations

from flask import Blueprint
from flask_security import current_user

from survey_app.actions.returns.scope import Viewer
from survey_app.audience import Role

ROUND = "/<string:round_name>"
CASE = f"{ROUND}/cases/<string:code>"

bp = Blueprint("interviews", __name__, url_prefix="/interviews")


def viewer() -> Viewer:
    """Say who asks: coordinators see every case."""
    return Viewer(current_user.email, is_coordinator())


def is_coordinator() -> bool:
    """Tell whether the reader plans the interviews."""
    return bool(current_user.has_role(Role.COORDINATOR))
