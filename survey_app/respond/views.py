"""Show the enkät, take it, and thank."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from hashlib import sha256
from urllib.parse import quote

from flask import Blueprint, Response, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from forms.browser import logic_of
from forms.fields import instance_id_of, repeat_id_of
from forms.instrument import Mode
from forms.languages import direction
from forms.markup import inline_html
from forms.pages import FilledPages
from forms.types import range_of
from survey_app.actions import pictures
from survey_app.actions.calendar import today
from survey_app.actions.errors import RoundClosed
from survey_app.audience import open_to_everyone
from survey_app.collect.changing import change, is_change
from survey_app.collect.entry import Entry, empty_entry, posted_entry
from survey_app.collect.modes import AnonymousSurvey
from survey_app.collect.taking import is_kept, show, status_of, take
from survey_app.collect.visits import Visit, find_visit
from survey_app.errors import tell_scripts
from survey_app.languages import spoken
from survey_app.respond import arranging
from survey_app.respond.posted import posted_form
from survey_app.respond.reading import Place, address_of, offline_of, place_of, reader_of, title_of
from survey_app.respond.ready import ReadyPage, ReadyPages
from survey_app.respond.sealed import is_sealed, take_sealed
from survey_app.respond.words import script_words

SEE_OTHER = 303
# A round's pictures never change; they say nothing of who sees them, and no proxy keeps them.
OURS = "Survey-Round"  # the header by which scripts know our answers from a captive portal's
KEPT_PICTURE = "private, max-age=86400"
# The script counts these seconds down, and the server counts nothing.
COUNTDOWN = Markup("<span data-seconds>10</span>")
MODULES = (
    "answers.js", "clearing.js", "expressions.js", "logic.js", "model.js", "review.js",
    "screens.js", "sending.js", "shared.js", "types.js", "words.js",
)  # fmt: skip

bp = Blueprint("respond", __name__, url_prefix="/e")
bp.add_app_template_filter(direction, "direction")
bp.add_app_template_filter(inline_html, "inline_html")
bp.add_app_template_filter(instance_id_of, "instance_id")
bp.add_app_template_filter(repeat_id_of, "repeat_id")
bp.add_app_template_filter(range_of, "range")
bp.add_app_template_filter(arranging.arranged)
bp.add_app_template_filter(arranging.control_of, "control")
bp.add_app_template_filter(arranging.is_shuffled)
bp.add_app_template_filter(arranging.layout_of, "layout")
bp.add_app_template_filter(arranging.levels_of, "levels")
bp.add_app_template_filter(arranging.options_of, "options")
bp.add_app_template_filter(arranging.template_of, "template")

policy = AnonymousSurvey()


@bp.get("/<string:round_name>")
@bp.get("/<string:round_name>/<string:language>")
@open_to_everyone
def questionnaire(round_name: str, language: str | None = None) -> ResponseReturnValue:
    """Show the whole questionnaire, empty."""
    visit = find_visit(round_name, language)
    policy.refuse_unless_open(visit)
    return ready_page(visit, lambda: questionnaire_html(visit, show(visit))).response()


@bp.post("/<string:round_name>")
@bp.post("/<string:round_name>/<string:language>")
@open_to_everyone
def send(round_name: str, language: str | None = None) -> ResponseReturnValue:
    """Take the answers, or show what has to be mended with everything still there."""
    visit = find_visit(round_name, language, is_sending=True)
    posted = posted_form(request)
    try:
        return _sent(visit, posted)
    except RoundClosed:
        if not is_kept(visit, posted):
            raise
        return _thanked(visit)  # its first answer was lost on the way


def _sent(visit: Visit, posted: MultiDict[str, str]) -> ResponseReturnValue:
    if is_sealed(posted):
        take_sealed(visit, policy, posted)
        return _thanked(visit)
    entry = posted_entry(visit, posted)
    if is_change(posted):
        changed = change(visit, policy, posted, entry)
        return ReadyPage.of(questionnaire_html(visit, changed, entry=entry)).response()
    filled = take(visit, policy, posted, entry)
    if filled.answers is not None:
        return _thanked(visit)
    page = ReadyPage.of(questionnaire_html(visit, filled, entry=entry))
    response = page.response(status_of(filled, entry))
    if entry and entry.error:
        tell_scripts(response, entry.error)
    return response


def _thanked(visit: Visit) -> ResponseReturnValue:
    return redirect(address_of(visit, "respond.thanks"), SEE_OTHER)


@bp.get("/<string:round_name>/thanks")
@bp.get("/<string:round_name>/<string:language>/thanks")
@open_to_everyone
def thanks(round_name: str, language: str | None = None) -> ResponseReturnValue:
    """Thank, and say what became of the answers."""
    visit = find_visit(round_name, language, is_begun=True)
    return ready_page(visit, lambda: thanks_html(visit), "thanks").response()


@bp.get("/<string:round_name>/pictures/<string:file_name>")
@open_to_everyone
def picture(round_name: str, file_name: str) -> ResponseReturnValue:
    """Show a picture to whoever may see its questionnaire."""
    visit = find_visit(round_name, None)
    policy.refuse_unless_open(visit)
    found = pictures.find(visit.round.version_id, file_name)
    if found is None:
        raise NotFound
    response = Response(found.content, content_type=found.media_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = KEPT_PICTURE
    response.set_etag(sha256(found.content).hexdigest())
    return response.make_conditional(request)


@bp.after_request
def keep_nothing(response: Response) -> Response:
    """Let no browser or proxy keep a respondent's page; say that it is ours, and no portal's."""
    response.headers.setdefault("Cache-Control", "no-store")
    # A name is plain; an address that somebody has made up may hold what no header can.
    response.headers[OURS] = quote((request.view_args or {}).get("round_name", ""), safe="")
    return response


def ready_page(
    visit: Visit, make: Callable[[], str], kind: Hashable = "questionnaire"
) -> ReadyPage:
    """Give a page that is the same for all readers of a version, round, language and day."""
    pages: ReadyPages = current_app.extensions.setdefault("ready_pages", ReadyPages())
    of = visit.round
    languages = (visit.language, spoken(), visit.offered)
    key = (kind, of.version_id, of.name, of.codes_required, languages, today())
    return pages.get(key, make)


def questionnaire_html(
    visit: Visit, filled: FilledPages, place: Place | None = None, entry: Entry | None = None
) -> str:
    """Write the page with the questions.

    Args:
        visit: Who reads what.
        filled: The pages.
        place: Where it stands; by default at its round's address.
        entry: The field of the entry code; by default an empty one, if the round asks for codes.
    """
    place = place or place_of(visit)
    needs = needs_of(visit)
    return render_template(
        "respond/questionnaire.html",
        title=title_of(visit)[0],
        reader=reader_of(visit, place.pictures),
        place=place,
        offline=place.offline,
        filled=filled,
        is_promised=visit.instrument.mode is Mode.ANONYMOUS,
        entry=entry or empty_entry(visit),
        logic=logic_of(visit.instrument, visit.language, gettext),
        words=script_words(needs),
        needs=needs,
        is_plain=arranging.is_plain(visit.instrument),
        modules=modules_of(needs),
    )


def needs_of(visit: Visit) -> tuple[str, ...]:
    """Name the further parts of the script that a round's page needs."""
    own = arranging.needs_of(visit.instrument)
    return ("entry", *own) if visit.round.codes_required else tuple(own)


def modules_of(needs: Collection[str]) -> list[str]:
    """Name the files of the script."""
    further = [f"{name}.js" for name in needs]
    return [*MODULES, *further, *(["codes.js"] if "entry" in needs else [])]


def thanks_html(visit: Visit) -> str:
    """Write the thank-you page."""
    return render_template(
        "respond/thanks.html",
        title=title_of(visit)[0],
        reader=reader_of(visit),
        start=address_of(visit),
        offline=offline_of(visit),
        countdown=COUNTDOWN,
    )
