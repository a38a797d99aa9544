"""The register: download it, upload it, see what will change, then have it changed."""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import FileField, StringField
from wtforms.validators import DataRequired

from forms.problems import BadInstrument
from survey_app.actions.register import importing, pending, workbooks
from survey_app.actions.register.importing import Effect, Plan, RegisterRefused
from survey_app.actions.register.reading import Fault
from survey_app.actions.register.sheets import SHEETS
from survey_app.audience import Role, for_roles
from survey_app.coordinate.blueprint import bp
from survey_app.coordinate.extracts import XLSX
from survey_app.coordinate.forms import is_sent
from survey_app.languages import _l
from survey_app.staff_forms import UNPROCESSABLE, Confirmation

MOST_SHOWN = 300  # rows and faults on one page


class UploadRegister(FlaskForm):
    """The register's workbook."""

    file = FileField(
        _l("The register as a workbook (.xlsx)"),
        [DataRequired(_l("Choose the workbook."))],
        description=_l("Rows that the workbook leaves out stay as they are."),
    )

    @property
    def content(self) -> bytes:
        """Give what was sent; a text in the file's place is nothing."""
        return self.file.data.read() if isinstance(self.file.data, FileStorage) else b""


class TakeRegister(FlaskForm):
    """The word that it shall be taken, as it was shown."""

    seen = StringField()


@bp.route("/register/", methods=["GET", "POST"])
@for_roles(Role.COORDINATOR)
def register() -> ResponseReturnValue:
    """Show what the register has, and take a workbook to look at."""
    form, refusals = UploadRegister(), list[str]()
    if is_sent(form):
        try:
            workbook = workbooks.read(form.content)
        except BadInstrument as error:
            refusals = [problem.message(gettext) for problem in error.problems]
        else:
            digest = pending.keep(workbook, current_user.id)
            return redirect(url_for("coordinate.register_check", digest=digest))
    counts = [(sheet.name, importing.row_count(sheet)) for sheet in SHEETS]
    page = render_template("coordinate/register.html", form=form, refusals=refusals, counts=counts)
    return page, UNPROCESSABLE if request.method == "POST" else 200


@bp.get("/register/register.xlsx")
@for_roles(Role.COORDINATOR)
def register_download() -> ResponseReturnValue:
    """Download the register; while it is empty, that is the template."""
    file = BytesIO(workbooks.written())
    return send_file(file, XLSX, as_attachment=True, download_name="register.xlsx", max_age=0)


@bp.route("/register/check/<string:digest>", methods=["GET", "POST"])
@for_roles(Role.COORDINATOR)
def register_check(digest: str) -> ResponseReturnValue:
    """Show what would change, and change it: all of it, or nothing."""
    workbook, form = pending.find(current_user.id, digest), TakeRegister()
    plan = importing.plan(workbook)
    is_as_seen = form.seen.data == pending.digest_of(plan)
    if is_sent(form) and is_as_seen:
        try:
            importing.carry_out(workbook, current_user.email)
        except RegisterRefused as error:
            return _preview(error.plan, digest), UNPROCESSABLE
        pending.forget(current_user.id)
        flash(gettext("The register is changed."))
        return redirect(url_for("coordinate.register"))
    if request.method == "POST":
        flash(gettext("The register has changed since you saw this. Look once more."))
        return _preview(plan, digest), UNPROCESSABLE
    return _preview(plan, digest)


@bp.post("/register/discard")
@for_roles(Role.COORDINATOR)
def register_discard() -> ResponseReturnValue:
    """Throw the upload away."""
    if is_sent(Confirmation()):
        pending.forget(current_user.id)
        flash(gettext("The upload is thrown away. The register is as it was."))
    return redirect(url_for("coordinate.register"))


def fault_words(fault: Fault) -> str:
    """Say what is wrong in a cell."""
    return gettext(fault.sentence, **fault.gaps)


def _preview(plan: Plan, digest: str) -> str:
    counts = plan.counts()
    names = [sheet.name for sheet in SHEETS if any(name == sheet.name for name, _ in counts)]
    changed = [change for change in plan.changes if change.effect is Effect.CHANGED]
    return render_template(
        "coordinate/register_check.html",
        plan=plan,
        counts=[(name, *(counts.get((name, effect), 0) for effect in Effect)) for name in names],
        changed=changed[:MOST_SHOWN],
        changed_more=max(0, len(changed) - MOST_SHOWN),
        faults=plan.faults[:MOST_SHOWN],
        faults_more=max(0, len(plan.faults) - MOST_SHOWN),
        has_news=any(change.effect is not Effect.SAME for change in plan.changes),
        digest=digest,
        seen=pending.digest_of(plan),
        fault_words=fault_words,
        form=TakeRegister(formdata=None),
    )
