"""Rounds: what there is, plan, open, close, and fetch the answers."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from forms.instrument import Mode
from survey_app.actions import codes, instruments, releases, rounds
from survey_app.actions.calendar import today
from survey_app.actions.errors import ActionError
from survey_app.actions.titles import title_of
from survey_app.audience import RESPONDENTS, Role, for_roles, open_to_everyone
from survey_app.coordinate.blueprint import bp
from survey_app.coordinate.extracts import offers_of
from survey_app.coordinate.forms import NewRound, is_sent
from survey_app.coordinate.words import instrument_choices
from survey_app.errors import sentence_of
from survey_app.staff_forms import Confirmation
from survey_app.store.models import RoundState


@bp.get("/")
@open_to_everyone
def start() -> ResponseReturnValue:
    """Go to where the reader's work is, or to the login."""
    if not current_user.is_authenticated:
        return redirect(url_for("security.login"))
    return redirect(url_for(_own_work() or "account.own"))


def _own_work() -> str | None:
    """Name the page where somebody works."""
    pages = {
        Role.COORDINATOR: "coordinate.round_list",
        Role.TEAM_MEMBER: "returns.sheets",
        Role.SCHOOL_OFFICER: "returns.sheets",
        Role.INTERVIEWER: "interviews.round_list",
        Role.CODER: "coding.round_list",
        Role.RESEARCHER: "coordinate.research_list",
        Role.DISTRICT_READER: "results.districts",
        Role.DATA_PROTECTION_OFFICER: "protection.start",
        Role.ADMINISTRATOR: "account.people",
    }
    return next((page for role, page in pages.items() if current_user.has_role(role)), None)


@bp.get("/rounds/")
@for_roles(Role.COORDINATOR)
def round_list() -> ResponseReturnValue:
    """Show all rounds, the newest first."""
    return render_template("coordinate/round_list.html", rounds=rounds.listing())


@bp.route("/rounds/new", methods=["GET", "POST"])
@for_roles(Role.COORDINATOR)
def round_new() -> ResponseReturnValue:
    """Plan a round."""
    form = NewRound(instrument_choices())
    if is_sent(form):
        version = instruments.newest_version(form.instrument.data)
        title = dict.fromkeys(version.title, str(form.title.data).strip())
        name = form.name.data or rounds.free_name(str(form.title.data))
        try:
            rounds.create(
                name,
                version,
                title=title,
                dates=form.dates,
                period=form.period.data or None,
                codes_required=form.codes.data,
            )
        except ActionError as error:
            form.form_errors.append(sentence_of(error))
        else:
            flash(gettext("The round is planned. Open it when it may be answered."))
            return redirect(url_for("coordinate.round_detail", name=name))
    return render_template("coordinate/round_new.html", form=form)


@bp.get("/rounds/<string:name>/")
@for_roles(Role.COORDINATOR)
def round_detail(name: str) -> ResponseReturnValue:
    """Show one round: where it is answered, how many have, and what can be done."""
    found = rounds.find(name)
    count = rounds.count(found)
    is_over = rounds.may_read(found)
    return render_template(
        "coordinate/round_detail.html",
        round=found,
        count=count,
        is_small=count.is_exact and releases.is_small(found, count.least),
        may_open=rounds.may_open(found),
        is_withheld=is_over and not count.is_exact,
        may_read=is_over and count.is_exact,
        formats=offers_of(found),
        may_make_cards=codes.may_create(found),
        codes_of_round=codes.counts(found),
        address=request.url_root.rstrip("/") + RESPONDENTS + found.name,
    )


@bp.route("/rounds/<string:name>/open", methods=["GET", "POST"])
@for_roles(Role.COORDINATOR)
def round_open(name: str) -> ResponseReturnValue:
    """Ask, then open the round; why returns are taken again is asked first."""
    found = rounds.find(name)
    if found.mode == Mode.RETURN and found.state_on(today()) is RoundState.CLOSED:
        return redirect(url_for("coordinate.followup_lock", name=name))
    form = Confirmation()
    if is_sent(form):
        rounds.open_round(name)
        flash(gettext("“%(round)s” is open.", round=title_of(found)))
        return redirect(url_for("coordinate.round_detail", name=name))
    return render_template("coordinate/round_open.html", round=found, form=form)


@bp.route("/rounds/<string:name>/close", methods=["GET", "POST"])
@for_roles(Role.COORDINATOR)
def round_close(name: str) -> ResponseReturnValue:
    """Ask, then close the round; why no more returns are taken is asked first."""
    found = rounds.find(name)
    if found.mode == Mode.RETURN and found.state_on(today()) is RoundState.OPEN:
        return redirect(url_for("coordinate.followup_lock", name=name))
    form = Confirmation()
    if is_sent(form):
        rounds.close_round(name)
        flash(gettext("“%(round)s” is closed.", round=title_of(found)))
        return redirect(url_for("coordinate.round_detail", name=name))
    is_few = found.mode == Mode.ANONYMOUS and rounds.count(found).least < rounds.STEP
    return render_template(
        "coordinate/round_close.html", round=found, form=form, least=rounds.STEP if is_few else 0
    )
