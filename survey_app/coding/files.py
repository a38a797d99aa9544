"""Files for other tools for coding, from the coders' pages."""

from __future__ import annotations

from io import BytesIO

from flask import send_file
from flask.typing import ResponseReturnValue

from exports.qda.formats import CODEBOOK, QDA_FORMATS
from survey_app.actions import extracts
from survey_app.actions.interviews import cases
from survey_app.coding.blueprint import ROUND, account, bp, coders


@bp.get(f"{ROUND}/codebook.qdc")
@coders
def codebook(round_name: str) -> ResponseReturnValue:
    """Download the coding scheme of a round: codes and their meaning, and nothing anybody said."""
    of = cases.find_round(round_name)
    target = BytesIO()
    extracts.take_round(of, CODEBOOK, target, account())
    kind = QDA_FORMATS[CODEBOOK]
    name = f"{round_name}{kind.suffix}"
    return send_file(target, kind.media_type, as_attachment=True, download_name=name, max_age=0)
