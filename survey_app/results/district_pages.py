"""The page of districts: a steering group sees its own beside the city, a coordinator all."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_security import current_user

from exports.charts.spans import spans
from survey_app.actions import district_readers
from survey_app.actions.results import districts as by_district
from survey_app.audience import Role, for_roles
from survey_app.results import districts_report
from survey_app.results.blueprint import bp
from survey_app.results.reports import Report
from survey_app.results.words import term_word


@bp.get("/districts/", defaults={"term": None})
@bp.get("/districts/<string:term>/")
@for_roles(Role.DISTRICT_READER, Role.COORDINATOR)
def districts(term: str | None) -> ResponseReturnValue:
    """Show a term that is over, or the newest: districts beside the whole city."""
    known = by_district.terms()
    if term is not None and term not in known:
        abort(404)
    chosen = term or (known[0] if known else None)
    return render_template(
        "results/districts.html",
        report=_report(chosen),
        term=chosen,
        others=[(each, term_word(each)) for each in known if each != chosen],
        made=districts_report.how_they_are_made(),
        spans=spans,
    )


def _report(term: str | None) -> Report:
    account = None if current_user.has_role(Role.COORDINATOR) else current_user.email
    if account and not district_readers.held_by(account):
        return districts_report.without_district()
    if term is None:
        return districts_report.nothing()
    return districts_report.report_of(term, account)
