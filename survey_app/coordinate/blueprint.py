"""The blueprint that the coordinator's views join."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("coordinate", __name__)
