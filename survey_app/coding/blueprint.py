"""Where the coders' pages hang."""

from __future__ import annotations

from flask import Blueprint
from flask_security import current_user

from survey_app.audience import Role, for_roles

ROUND = "/<string:round_name>"
SCHEME = "/schemes/<int:scheme_id>"
DOUBLE = f"{ROUND}/double/<int:double_id>"
CODE = f"{SCHEME}/codes/<int:code_id>"

bp = Blueprint("coding", __name__, url_prefix="/coding")
coders = for_roles(Role.CODER, Role.COORDINATOR)


def account() -> str:
    """Say who codes."""
    return str(current_user.email)
