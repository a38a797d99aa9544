"""Cards with entry codes: made for a district, and shown once, as a page to print."""

from __future__ import annotations

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from survey_app import cards
from survey_app.actions import codes, rounds
from survey_app.actions.code_errors import CodesMadeMeanwhile
from survey_app.audience import Role, for_roles
from survey_app.coordinate.blueprint import bp
from survey_app.coordinate.forms import NewCards, is_sent, new_cards
from survey_app.errors import sentence_of

CONFLICT = 409


@bp.route("/rounds/<string:name>/cards", methods=["GET", "POST"])
@for_roles(Role.COORDINATOR)
def round_cards(name: str) -> ResponseReturnValue:
    """Show how many cards there are; make more, and give them at once to be printed."""
    found = rounds.find(name)
    codes.refuse_unless_useful(found)
    form, status = new_cards(codes.districts()), 200
    if is_sent(form):
        try:
            return _cards(name, form)
        except CodesMadeMeanwhile as error:
            form.form_errors.append(sentence_of(error))
            status = CONFLICT
    words = {"round": found, "form": form, "codes_of_round": codes.counts(found)}
    return render_template("coordinate/round_cards.html", **words), status


def _cards(name: str, form: NewCards) -> str:
    district = form.district.data
    drawn = codes.create(name, form.count.data or 0, district, form.known.data)
    made = cards.cards_of(rounds.find(name), drawn, district, _server())
    sheets = cards.sheets_html(made)
    return render_template("cards/page.html", cards=made, sheets=sheets, name=name)


def _server() -> str:
    """Tell where tablets reach the server."""
    return str(current_app.config["SETTINGS"].address or request.url_root.rstrip("/"))
