"""The blueprint that the views of data protection join."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("protection", __name__, url_prefix="/data-protection")
