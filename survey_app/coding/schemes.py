"""Schemes of codes: the tree, and what was done to it."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from survey_app.actions.coding import history, schemes
from survey_app.coding.blueprint import SCHEME, bp, coders


@bp.get(f"{SCHEME}/")
@coders
def scheme_detail(scheme_id: int) -> ResponseReturnValue:
    """Show a scheme's codes with what is said of each."""
    scheme = schemes.find(scheme_id)
    return render_template(
        "coding/scheme_detail.html",
        scheme=scheme,
        nodes=schemes.tree(scheme),
        rounds=schemes.rounds_of(scheme),
    )


@bp.get(f"{SCHEME}/history")
@coders
def scheme_history(scheme_id: int) -> ResponseReturnValue:
    """Show what was done to a scheme, when and by whom."""
    scheme = schemes.find(scheme_id)
    return render_template(
        "coding/scheme_history.html", scheme=scheme, versions=history.history(scheme)
    )
