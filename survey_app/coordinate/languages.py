"""The languages of the pupils' pages: how far each is, its texts, and who has approved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from forms.languages import PUPILS_LANGUAGES, direction, name_of
from forms.translated import Translated
from survey_app.actions import signoffs
from survey_app.actions.signoffs import INTERFACE, Standing
from survey_app.audience import Role, for_roles
from survey_app.coordinate.blueprint import bp
from survey_app.coordinate.forms import ApproveLanguage, is_sent
from survey_app.coordinate.words import built_in_title
from survey_app.staff_forms import UNPROCESSABLE, Confirmation


@dataclass(frozen=True, slots=True)
class Part:
    """One of the texts that are approved each by itself: the pages, or a questionnaire."""

    name: str
    title: str
    standing: Standing
    texts: Sequence[Translated] = ()


@bp.get("/languages/")
@for_roles(Role.COORDINATOR)
def language_list() -> ResponseReturnValue:
    """Show how far each language is."""
    languages = [
        (
            tag,
            name_of(tag),
            direction(tag),
            [_part(subject, tag) for subject in signoffs.subjects()],
        )
        for tag in PUPILS_LANGUAGES
    ]
    return render_template("coordinate/language_list.html", languages=languages)


@bp.get("/languages/<string:tag>/")
@for_roles(Role.COORDINATOR)
def language_detail(tag: str) -> ResponseReturnValue:
    """Show every text beside its Swedish source."""
    return _detail(tag, ApproveLanguage(formdata=None), "")


@bp.post("/languages/<string:tag>/<string:subject>/approve")
@for_roles(Role.COORDINATOR)
def language_approve(tag: str, subject: str) -> ResponseReturnValue:
    """Note who has read the texts, and offer them to pupils."""
    form = ApproveLanguage()
    if not is_sent(form):
        return _detail(tag, form, subject), UNPROCESSABLE
    signoffs.approve(subject, tag, str(form.checked_by.data))
    flash(
        gettext("%(language)s is approved: %(part)s.", language=name_of(tag), part=_title(subject))
    )
    return redirect(url_for("coordinate.language_detail", tag=tag))


@bp.post("/languages/<string:tag>/<string:subject>/withdraw")
@for_roles(Role.COORDINATOR)
def language_withdraw(tag: str, subject: str) -> ResponseReturnValue:
    """Take an approval back."""
    if is_sent(Confirmation()):
        signoffs.withdraw(subject, tag)
        flash(gettext("The approval is taken back. Pupils are no longer offered the language."))
    return redirect(url_for("coordinate.language_detail", tag=tag))


@bp.get("/languages/<string:tag>/<string:subject>.po")
@for_roles(Role.COORDINATOR)
def language_file(tag: str, subject: str) -> ResponseReturnValue:
    """Download the catalogue that a translator fills in."""
    return send_file(
        signoffs.catalogue(subject, tag),
        "text/x-gettext-translation",
        as_attachment=True,
        download_name=f"{subject}-{tag}.po",
        max_age=0,
    )


def _detail(tag: str, form: ApproveLanguage, wrong: str) -> str:
    parts = [_part(subject, tag, with_texts=True) for subject in signoffs.subjects()]
    return render_template(
        "coordinate/language_detail.html",
        tag=tag,
        name=name_of(tag),
        parts=parts,
        form=form,
        wrong=wrong,
        withdrawal=Confirmation(formdata=None),
    )


def _part(subject: str, tag: str, *, with_texts: bool = False) -> Part:
    texts = signoffs.texts(subject, tag) if with_texts else ()
    return Part(subject, _title(subject), signoffs.standing(subject, tag), texts)


def _title(subject: str) -> str:
    return gettext("The pages' own words") if subject == INTERFACE else built_in_title(subject)
