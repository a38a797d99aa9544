"""A coordinator's own questionnaire: uploaded, looked at, and published."""

from __future__ import annotations

from collections.abc import Iterator

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from forms.instrument import Instrument
from forms.languages import name_of
from forms.problems import BadInstrument
from survey_app.actions import drafts
from survey_app.actions.errors import NotOneWorkbook
from survey_app.actions.titles import title_of
from survey_app.audience import Role, for_roles
from survey_app.coordinate.blueprint import bp
from survey_app.coordinate.forms import PublishDraft, UploadWorkbook, is_sent
from survey_app.coordinate.grids import Grids
from survey_app.errors import sentence_of
from survey_app.staff_forms import UNPROCESSABLE, Confirmation
from survey_app.store.models import Draft


@bp.route("/instruments/upload", methods=["GET", "POST"])
@for_roles(Role.COORDINATOR)
def upload() -> ResponseReturnValue:
    """Take a workbook with its pictures and tables, and keep it as a draft."""
    form, refusals = UploadWorkbook(), list[str]()
    if is_sent(form):
        try:
            draft = drafts.keep(drafts.read(form.named_files), current_user.id)
        except NotOneWorkbook as error:
            form.files.errors = [sentence_of(error)]
        except BadInstrument as error:
            refusals = [problem.message(gettext) for problem in error.problems]
        else:
            return redirect(url_for("coordinate.draft_detail", draft_id=draft.id))
    status = UNPROCESSABLE if request.method == "POST" else 200
    own = drafts.of_account(current_user.id)
    page = render_template("coordinate/upload.html", form=form, refusals=refusals, drafts=own)
    return page, status


@bp.get("/instruments/drafts/<string:draft_id>/")
@for_roles(Role.COORDINATOR)
def draft_detail(draft_id: str) -> ResponseReturnValue:
    """Show what was uploaded, what is wrong with it, and what it would change."""
    return _detail(drafts.find(draft_id, current_user.id), PublishDraft())


@bp.post("/instruments/drafts/<string:draft_id>/publish")
@for_roles(Role.COORDINATOR)
def draft_publish(draft_id: str) -> ResponseReturnValue:
    """Publish a draft as the next version."""
    draft = drafts.find(draft_id, current_user.id)
    form = PublishDraft()
    if not is_sent(form):
        return _detail(draft, form), UNPROCESSABLE
    note = str(form.note.data or "").replace("\0", "").strip()  # PostgreSQL takes no NUL
    version = drafts.publish(draft, note)
    flash(
        gettext(
            "“%(title)s” is published as version %(number)s.",
            title=title_of(version),
            number=version.number,
        )
    )
    return redirect(url_for("coordinate.instrument_list"))


@bp.post("/instruments/drafts/<string:draft_id>/discard")
@for_roles(Role.COORDINATOR)
def draft_discard(draft_id: str) -> ResponseReturnValue:
    """Throw a draft away."""
    draft = drafts.find(draft_id, current_user.id)
    if is_sent(Confirmation()):
        drafts.forget(draft)
        flash(gettext("The draft is thrown away."))
    return redirect(url_for("coordinate.upload"))


def _detail(draft: Draft, form: PublishDraft) -> str:
    instrument = drafts.instrument_of(draft)
    grids = Grids(drafts.workbook_of(draft), drafts.problems_of(draft))
    return render_template(
        "coordinate/draft_detail.html",
        draft=draft,
        instrument=instrument,
        grids=grids,
        newest=drafts.newest_before(instrument) if instrument else None,
        changes=list(_change_sentences(instrument)) if instrument else [],
        languages=[(tag, name_of(tag)) for tag in instrument.languages] if instrument else [],
        form=form,
        discard=Confirmation(),
    )


def _change_sentences(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Say what changes since the newest version, and what each change does to the coded file."""
    for change in drafts.changes(instrument) or ():
        yield change.sentence(gettext), change.effect(gettext)
