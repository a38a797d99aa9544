"""One person under a pseudonym: what stands about the person as a file, and erasing it.

The pseudonym is posted, never part of an address: addresses stay in histories and logs.
"""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from survey_app.actions.calendar import today
from survey_app.actions.errors import ActionError
from survey_app.actions.persons import erasing, extracting
from survey_app.actions.persons.erasing import Ground
from survey_app.audience import Role, for_roles
from survey_app.errors import sentence_of
from survey_app.protection.blueprint import bp


@bp.get("/person/")
@for_roles(Role.COORDINATOR)
def person() -> ResponseReturnValue:
    """Ask for the pseudonym."""
    return render_template("protection/person.html", found=None, grounds=Ground)


@bp.post("/person/")
@for_roles(Role.COORDINATOR)
def person_found() -> ResponseReturnValue:
    """Say how much stands about a pseudonym."""
    try:
        return _shown(request.form.get("code", ""))
    except ActionError as error:
        return _refused(error)


@bp.post("/person/extract")
@for_roles(Role.COORDINATOR)
def person_extract() -> ResponseReturnValue:
    """Give all that stands about a pseudonym as one file that can be read."""
    try:
        found, sections = extracting.extract(request.form.get("code", ""), current_user.email)
    except ActionError as error:
        return _refused(error)
    page = render_template(
        "protection/person_file.html", person=found, sections=sections, day=today()
    )
    name = gettext("register extract %(day)s", day=today()).replace(" ", "-")
    return send_file(
        BytesIO(page.encode()),
        "text/html",
        as_attachment=True,
        download_name=f"{name}.html",
        max_age=0,
    )


@bp.post("/person/erase")
@for_roles(Role.COORDINATOR)
def person_erase() -> ResponseReturnValue:
    """Erase all that stands about a pseudonym."""
    sent = request.form
    code, ground = sent.get("code", ""), sent.get("ground", "")
    chosen = Ground[ground] if ground in Ground.__members__ else Ground.ERASURE
    try:
        kept = erasing.erase(
            code, sent.get("typed", ""), chosen, sent.get("seen", ""), current_user.email
        )
    except ActionError as error:
        return _refused(error)
    flash(gettext("The person is erased. This is the protocol; it names nobody."))
    return redirect(url_for(".protocol", number=kept.number))


def _shown(code: str) -> str:
    found = erasing.preview(code)
    return render_template("protection/person.html", found=found, grounds=Ground)


def _refused(error: ActionError) -> ResponseReturnValue:
    flash(sentence_of(error), "error")
    return redirect(url_for(".person"))
