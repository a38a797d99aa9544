"""Large coded files: ask for one, watch it being made, fetch it."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_security import current_user

from exports.writers import FORMATS, OFFERED, ZIP
from survey_app.actions import extracts, rounds
from survey_app.actions.jobs import keeping, running
from survey_app.audience import Role, for_roles
from survey_app.coordinate.blueprint import bp
from survey_app.coordinate.forms import is_sent
from survey_app.staff_forms import Confirmation
from survey_app.store.extracts import ROUND
from survey_app.store.jobs import JobState

STATES = {
    JobState.WAITING: lazy_gettext("Waiting for its turn"),
    JobState.RUNNING: lazy_gettext("Being made"),
    JobState.DONE: lazy_gettext("Ready"),
    JobState.FAILED: lazy_gettext("Could not be made"),
    JobState.CANCELLED: lazy_gettext("Cancelled"),
    JobState.INTERRUPTED: lazy_gettext("Interrupted"),
    JobState.EXPIRED: lazy_gettext("Removed"),
}


@bp.app_template_filter("file_state")
def file_state(state: str) -> str:
    """Say in words how far a file is."""
    return str(STATES[JobState(state)])


@bp.route("/rounds/<string:name>/large-file/<string:answer_format>", methods=["GET", "POST"])
@for_roles(Role.COORDINATOR)
def large_file_new(name: str, answer_format: str) -> ResponseReturnValue:
    """Say that a file takes its time, and begin to make it."""
    found = rounds.find(name)
    rounds.refuse_unless_readable(found)
    if answer_format not in OFFERED:
        abort(404)
    form = Confirmation()
    if is_sent(form):
        job = keeping.order(found, answer_format, current_user.email)
        running.start_next(current_app._get_current_object())  # type: ignore[attr-defined]  # the app itself, for a thread
        return redirect(url_for(".large_file", job_id=job.id), 303)
    size = keeping.size_of(found)
    return render_template("coordinate/large_file_new.html", round=found, form=form, size=size)


@bp.get("/large-files/<string:job_id>/")
@for_roles(Role.COORDINATOR)
def large_file(job_id: str) -> ResponseReturnValue:
    """Show how far a file is, and see to it that one that waits has its turn."""
    job = keeping.find(job_id, current_user.email)
    if job.state == JobState.WAITING:
        running.start_next(current_app._get_current_object())  # type: ignore[attr-defined]  # the app itself, for a thread
    return render_template("coordinate/large_file.html", job=job, form=Confirmation())


@bp.post("/large-files/<string:job_id>/cancel")
@for_roles(Role.COORDINATOR)
def large_file_cancel(job_id: str) -> ResponseReturnValue:
    """Stop making a file, or remove it."""
    job = keeping.find(job_id, current_user.email)
    if is_sent(Confirmation()):
        keeping.cancel(job)
        running.stop(current_app._get_current_object(), job_id)  # type: ignore[attr-defined]  # Werkzeug's
    return redirect(url_for(".large_file", job_id=job_id), 303)


@bp.get("/large-files/<string:job_id>/file")
@for_roles(Role.COORDINATOR)
def large_file_fetch(job_id: str) -> ResponseReturnValue:
    """Fetch a file that is ready; it is put on record each time."""
    job = keeping.find(job_id, current_user.email)
    path = keeping.file_of(job)
    name, suffix = job.round.name, job.suffix
    media_type = ZIP.media_type if suffix == ZIP.suffix else FORMATS[job.file_format].media_type
    told = extracts.told_of([job.round], job.responses)
    extracts.note(job.actor, ROUND, name, job.file_format, job.digest, told)
    return send_file(
        path, media_type, as_attachment=True, download_name=f"{name}{suffix}", max_age=0
    )
