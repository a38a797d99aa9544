"""One code: add it, change it, merge it, split it, remove it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from survey_app.actions.coding import regrouping, schemes, segments
from survey_app.actions.coding.regrouping import Goes
from survey_app.actions.errors import ActionError
from survey_app.coding.blueprint import CODE, SCHEME, account, bp, coders
from survey_app.coding.forms import CodeForm, MergeForm
from survey_app.errors import sentence_of
from survey_app.staff_forms import UNPROCESSABLE, Confirmation
from survey_app.store.coding import Code, Scheme

GOES = "goes-"


@bp.route(f"{SCHEME}/new", methods=["GET", "POST"])
@coders
def code_new(scheme_id: int) -> ResponseReturnValue:
    """Add a code."""
    scheme = schemes.find(scheme_id)
    form = CodeForm(schemes.tree(scheme), parent=request.args.get("under", 0, int))
    if _done(form, lambda: schemes.add(scheme, form.wording, account()), gettext("It is added.")):
        return _to_scheme(scheme_id)
    return _page("coding/code_form.html", scheme, None, form)


@bp.route(f"{CODE}/change", methods=["GET", "POST"])
@coders
def code_change(scheme_id: int, code_id: int) -> ResponseReturnValue:
    """Change what is said of a code."""
    scheme, code = _found(scheme_id, code_id)
    form = CodeForm(schemes.tree(scheme), code)
    if _done(form, lambda: schemes.change(code, form.wording, account()), gettext("It is saved.")):
        return _to_scheme(scheme_id)
    return _page("coding/code_form.html", scheme, code, form)


@bp.route(f"{CODE}/merge", methods=["GET", "POST"])
@coders
def code_merge(scheme_id: int, code_id: int) -> ResponseReturnValue:
    """Merge a code into another one."""
    scheme, code = _found(scheme_id, code_id)
    regrouping.refuse_while_doubling(scheme_id)
    form, said = MergeForm(schemes.tree(scheme), code), gettext("The codes are merged.")
    if _done(form, lambda: regrouping.merge(code, form.into.data, account()), said):
        return _to_scheme(scheme_id)
    return _page("coding/code_merge.html", scheme, code, form, uses=schemes.uses(code_id))


@bp.route(f"{CODE}/split", methods=["GET", "POST"])
@coders
def code_split(scheme_id: int, code_id: int) -> ResponseReturnValue:
    """Make another code of a part of a code's passages."""
    scheme, code = _found(scheme_id, code_id)
    regrouping.refuse_while_doubling(scheme_id)
    form = CodeForm(schemes.tree(scheme), parent=code.parent_id or 0)
    goes = {
        int(name.removeprefix(GOES)): value
        for name, value in request.form.items()
        if name.removeprefix(GOES).isdecimal() and value in set(Goes)
    }
    said = gettext("The code is split.")
    if _done(form, lambda: regrouping.split(code, form.wording, goes, account()), said):
        return _to_scheme(scheme_id)
    passages = segments.of_code(code_id, account())
    return _page("coding/code_split.html", scheme, code, form, passages=passages, goes=goes)


@bp.route(f"{CODE}/remove", methods=["GET", "POST"])
@coders
def code_remove(scheme_id: int, code_id: int) -> ResponseReturnValue:
    """Ask, then remove a code that nobody has used."""
    scheme, code = _found(scheme_id, code_id)
    regrouping.refuse_while_doubling(scheme_id)
    form, said = Confirmation(), gettext("It is removed. The history keeps it.")
    if _done(form, lambda: schemes.remove(code, account()), said):
        return _to_scheme(scheme_id)
    return _page("coding/code_remove.html", scheme, code, form)


def _found(scheme_id: int, code_id: int) -> tuple[Scheme, Code]:
    scheme = schemes.find(scheme_id)
    return scheme, schemes.find_code(scheme, code_id)


def _done(form: FlaskForm, act: Callable[[], object], said: str) -> bool:
    """Do what a form asks for, and say so; what is wrong stands on the form."""
    if not form.validate_on_submit():
        return False
    try:
        act()
    except ActionError as error:
        form.form_errors.append(sentence_of(error))
        return False
    flash(said)
    return True


def _to_scheme(scheme_id: int) -> ResponseReturnValue:
    return redirect(url_for("coding.scheme_detail", scheme_id=scheme_id))


def _page(
    template: str, scheme: Scheme, code: Code | None, form: FlaskForm, **more: object
) -> ResponseReturnValue:
    page = render_template(template, scheme=scheme, code=code, form=form, **more)
    return page, UNPROCESSABLE if request.method == "POST" else 200
