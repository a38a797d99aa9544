"""Show a draft in a frame, let it be tried, and store nothing."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from werkzeug.exceptions import NotFound

from exports.one_response import coded_rows
from forms.languages import name_of
from survey_app.actions import drafts
from survey_app.audience import Role, for_roles
from survey_app.collect.changing import change, is_change
from survey_app.collect.modes import Trial
from survey_app.collect.taking import show, status_of, take
from survey_app.collect.visits import Visit, draft_visit
from survey_app.preview.devices import DEVICES
from survey_app.respond.posted import posted_form
from survey_app.respond.reading import Place, ShownPicture, reader_of, title_of
from survey_app.respond.views import questionnaire_html
from survey_app.security import framed_by_ourselves
from survey_app.store.models import Draft

ONE_PAGE = "long"

bp = Blueprint("preview", __name__, url_prefix="/instruments/drafts/<string:draft_id>")

policy = Trial()


@bp.get("/preview/<string:language>")
@for_roles(Role.COORDINATOR)
def frame(draft_id: str, language: str) -> ResponseReturnValue:
    """Show a draft as wide as a device's screen."""
    draft, visit = _found(draft_id, language)
    width = request.args.get("width", "")
    device = width if width in DEVICES else next(iter(DEVICES))
    return render_template(
        "preview/frame.html",
        draft=draft,
        instrument=visit.instrument,
        language=language,
        languages=[(tag, name_of(tag)) for tag in visit.instrument.languages],
        devices=DEVICES,
        device=device,
        layout=request.args.get("layout", ""),
        title=title_of(visit)[0],
    )


@bp.get("/preview/<string:language>/questionnaire")
@for_roles(Role.COORDINATOR)
@framed_by_ourselves
def questionnaire(draft_id: str, language: str) -> ResponseReturnValue:
    """Show the questionnaire itself, empty."""
    draft, visit = _found(draft_id, language)
    visit.speak()
    return questionnaire_html(visit, show(visit), _place(draft, visit))


@bp.post("/preview/<string:language>/questionnaire")
@for_roles(Role.COORDINATOR)
@framed_by_ourselves
def try_out(draft_id: str, language: str) -> ResponseReturnValue:
    """Check what was answered, and show how it would be coded; nothing is stored."""
    draft, visit = _found(draft_id, language)
    visit.speak()
    posted = posted_form(request)
    place = _place(draft, visit)
    if is_change(posted):
        return questionnaire_html(visit, change(visit, policy, posted), place)
    filled = take(visit, policy, posted)
    if filled.answers is None:
        return questionnaire_html(visit, filled, place), status_of(filled)
    return render_template(
        "preview/coded.html",
        title=title_of(visit)[0],
        reader=reader_of(visit, place.pictures),
        rows=list(coded_rows(visit.instrument, filled.answers, language, gettext)),
        again=place.action,
    )


@bp.get("/pictures/<string:file_name>")
@for_roles(Role.COORDINATOR)
def picture(draft_id: str, file_name: str) -> ResponseReturnValue:
    """Show a picture of a draft."""
    found = drafts.pictures_of(drafts.find(draft_id, current_user.id)).get(file_name)
    if found is None:
        raise NotFound
    response = Response(found.content, content_type=found.media_type)
    response.headers["Content-Disposition"] = "inline"
    return response


@bp.after_request
def keep_nothing(response: Response) -> Response:
    """Let no browser keep what is only a draft."""
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _found(draft_id: str, language: str) -> tuple[Draft, Visit]:
    draft = drafts.find(draft_id, current_user.id)
    instrument = drafts.instrument_of(draft)
    if instrument is None or language not in instrument.languages:
        raise NotFound
    return draft, draft_visit(instrument, language)


def _place(draft: Draft, visit: Visit) -> Place:
    layout = request.args.get("layout")
    endpoint, tag = "preview.questionnaire", visit.language
    return Place(
        action=url_for(endpoint, draft_id=draft.id, language=tag, layout=layout),
        languages=(),
        pictures={
            name: ShownPicture(
                url_for("preview.picture", draft_id=draft.id, file_name=name),
                *(each.size or (None, None)),
            )
            for name, each in drafts.pictures_of(draft).items()
        },
        is_trial=True,
        has_script=layout != ONE_PAGE,
    )
