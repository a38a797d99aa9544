"""The rounds to report in, a team's sheet, and the returns on it."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_security import current_user

from forms.browser import logic_of
from survey_app.actions import rounds
from survey_app.actions.errors import ActionError
from survey_app.actions.instruments import instrument_of
from survey_app.actions.returns.expecting import Expected
from survey_app.actions.returns.naming import ReturnNamesSomebody
from survey_app.actions.returns.reporting import Reported, background_of, report, submit_ready
from survey_app.actions.returns.saving import Action, ReturnChanged, Sent
from survey_app.actions.returns.scope import (
    DONE,
    Group,
    GroupKind,
    Place,
    ReturnUnknown,
    Sheet,
    Viewer,
    find_expected,
    groups_in,
    sheet_of,
    sheets_of,
)
from survey_app.audience import Role, for_roles
from survey_app.errors import sentence_of
from survey_app.languages import spoken, spoken_in
from survey_app.returns import words
from survey_app.returns.cards import Trouble, address_of, card_of, prefix_of
from survey_app.returns.sending import (
    sent_by_form,
    sent_by_script,
    told_to_script,
    trouble_for_script,
)
from survey_app.returns.units import facts_of, group_name, names_of
from survey_app.staff_forms import UNPROCESSABLE
from survey_app.store.models import Round

Found = TypeVar("Found", Place, Sheet)

SEE_OTHER = 303
SHEET = "/<string:round_name>/<any(teams, schools):whose>/<string:group>/"
ONE = "/<string:round_name>/<any(pupil, team, school, district):kind>/<string:code>"

bp = Blueprint("returns", __name__, url_prefix="/returns")


reporters = for_roles(Role.TEAM_MEMBER, Role.SCHOOL_OFFICER)
readers = for_roles(Role.TEAM_MEMBER, Role.SCHOOL_OFFICER, Role.COORDINATOR)


def viewer() -> Viewer:
    """Say who asks."""
    return Viewer(
        current_user.email,
        sees_all=may_be(Role.COORDINATOR),
        in_teams=may_be(Role.TEAM_MEMBER),
        in_schools=may_be(Role.SCHOOL_OFFICER),
    )


@bp.get("/")
@reporters
def sheets() -> ResponseReturnValue:
    """Show what the reader's teams and schools have to report, late ones first."""
    return render_template("returns/sheets.html", sheets=sheets_of(viewer()))


@bp.get("/<string:round_name>/")
@readers
def sheet(round_name: str) -> ResponseReturnValue:
    """Show the sheet of the reader's group; of several groups a list."""
    of = rounds.find(round_name)
    groups = groups_in(of, viewer())
    if not groups:
        raise ReturnUnknown
    if len(groups) > 1:
        return render_template("returns/groups.html", round=of, groups=groups)
    return _sheet_page(sheet_of(of, groups[0], viewer()))


@bp.get(SHEET)
@readers
def group_sheet(round_name: str, whose: str, group: str) -> ResponseReturnValue:
    """Show one team's or school's sheet."""
    wanted = Group(GroupKind(whose), group)
    return _sheet_page(sheet_of(rounds.find(round_name), wanted, viewer()))


@bp.post(f"{SHEET}ready")
@reporters
def send_ready(round_name: str, whose: str, group: str) -> ResponseReturnValue:
    """Hand in every draft of a sheet that lacks nothing."""
    wanted = Group(GroupKind(whose), group)
    found = _own(sheet_of(rounds.find(round_name), wanted, viewer()))
    number = submit_ready(found, current_user.email)
    flash(ngettext("%(num)s report is handed in.", "%(num)s reports are handed in.", number))
    return redirect(sheet_address(found.round, found.group), SEE_OTHER)


@bp.get(ONE)
@bp.get(f"{ONE}/<string:occasion>")
@readers
def unit(round_name: str, kind: str, code: str, occasion: str = "") -> ResponseReturnValue:
    """Show one return; for the script of a sheet only the part that stands on it."""
    expected, place = find_expected(rounds.find(round_name), kind, code, occasion, viewer())
    return _unit_page(place, expected)


@bp.post(ONE)
@bp.post(f"{ONE}/<string:occasion>")
@reporters
def send(round_name: str, kind: str, code: str, occasion: str = "") -> ResponseReturnValue:
    """Keep what was typed, or hand it in."""
    expected, place = find_expected(rounds.find(round_name), kind, code, occasion, viewer())
    _own(place)
    if request.is_json:
        return _answer_script(place, expected)
    return _answer_form(place, expected)


def _own(found: Found) -> Found:
    """Refuse whoever only looks."""
    if not found.is_own:
        abort(403)
    return found


def _answer_script(place: Place, expected: Expected) -> ResponseReturnValue:
    sent = sent_by_script(request.get_json(silent=True))
    try:
        reported = report(place.round, expected, sent, current_user.email)
    except ActionError as error:
        instrument = instrument_of(place.round.version_id)
        return jsonify(trouble_for_script(error, instrument, spoken())), error.status
    now = sheet_of(place.round, place.group, viewer())
    return jsonify(told_to_script(reported) | {"done": now.done, "progress": _progress(now)})


def _answer_form(place: Place, expected: Expected) -> ResponseReturnValue:
    instrument = instrument_of(place.round.version_id)
    before = background_of(place.round, expected).before
    sent = sent_by_form(request.form, instrument, before)
    try:
        reported = report(place.round, expected, sent, current_user.email)
    except ActionError as error:
        return _unit_page(place, expected, _trouble(sent, error)), error.status
    if sent.action is Action.SAVE and not reported.named.certain:
        flash(gettext("The draft is saved."))
        return redirect(address_of(expected, place.round), SEE_OTHER)
    if reported.kept.state in DONE:
        flash(gettext("%(code)s is done.", code=expected.unit.code))
        return redirect(sheet_address(place.round, place.group), SEE_OTHER)
    return _unit_page(place, expected, _unready(sent, reported)), UNPROCESSABLE


def _trouble(sent: Sent, error: ActionError) -> Trouble:
    return Trouble(
        typed=sent.typed,
        sentence=sentence_of(error),
        reason=sent.reason,
        confirmed=sent.confirmed,
        problems=error.named.certain if isinstance(error, ReturnNamesSomebody) else {},
        changed_by=error.kept.saved_by if isinstance(error, ReturnChanged) else "",
    )


def _unready(sent: Sent, reported: Reported) -> Trouble:
    kept, named = reported.kept, reported.named
    return Trouble(
        typed=sent.typed,
        sentence=gettext("Saved, but not handed in yet: look at what is marked."),
        confirmed=sent.confirmed,
        problems={**kept.problems, **named.certain},
        doubts=kept.doubts,
        warnings=named.likely,
    )


def _sheet_page(found: Sheet) -> str:
    """Show a sheet, the first unfinished return open on it."""
    unfinished = [each for each in found.expected if each.state not in DONE]
    opened = unfinished[0] if unfinished and found.may_write else None
    return render_template(
        "returns/sheet.html",
        card=card_of(found, opened) if opened else None,
        facts=facts_of(found.expected),
        **_shared(found),
    )


def _unit_page(place: Place, expected: Expected, trouble: Trouble | None = None) -> str:
    """Show one return by itself, or as the part that a sheet fetches."""
    found = sheet_of(place.round, place.group, viewer())  # what was sent may have changed it
    is_same = (each for each in found.expected if each.unit == expected.unit)
    expected = next(is_same, expected)
    card = card_of(found, expected, trouble)
    if "part" in request.args:
        return render_template("returns/part.html", card=card)
    return render_template(
        "returns/unit.html", card=card, facts=facts_of([expected]), **_shared(found)
    )


def _shared(found: Sheet) -> dict[str, Any]:
    instrument = instrument_of(found.round.version_id)
    language = spoken_in(instrument)
    return {
        "sheet": found,
        "names": names_of(found.expected),
        "group_name": group_name(found.group),
        "progress": _progress(found),
        "logic": logic_of(instrument, language, gettext),
        "words": words.script_words(),
    }


def _progress(found: Sheet) -> str:
    return words.progress(found.expected[0].unit.kind, found.done, len(found.expected))


@bp.app_template_global()
def may_be(name: str) -> bool:
    """Tell whether the reader may do what a role may: for the menu."""
    return current_user.is_authenticated and bool(current_user.has_role(Role(name)))


@bp.app_template_global()
def may_report() -> bool:
    """Tell whether the reader reports at all: for the menu."""
    return may_be(Role.TEAM_MEMBER) or may_be(Role.SCHOOL_OFFICER)


def sheet_address(of: Round, group: Group) -> str:
    """Give the address of a group's sheet."""
    return url_for(
        "returns.group_sheet", round_name=of.name, whose=group.kind.value, group=group.code
    )


bp.add_app_template_global(sheet_address)
bp.add_app_template_filter(address_of, "return_address")
bp.add_app_template_filter(prefix_of, "return_prefix")
bp.add_app_template_global(words.state_word, "return_word")
bp.add_app_template_global(words.progress, "return_progress")
bp.add_app_template_global(words.period_word)
bp.add_app_template_global(group_name, "return_group")
bp.add_app_template_global(words.look_of, "return_look")
