"""Log in, and show again who one is, by a provider of single sign-on (OpenID Connect)."""

from __future__ import annotations

import time
from typing import Any

from flask import (
    Flask,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address
from flask_security import current_user, login_user, logout_user

from survey_app.account import provider_client
from survey_app.account.provider_client import Answer
from survey_app.account.views import bp, own_address
from survey_app.actions import single_sign_on
from survey_app.actions.account_errors import PasswordsOff
from survey_app.actions.errors import ActionError
from survey_app.actions.single_sign_on import Person
from survey_app.audience import open_to_everyone
from survey_app.errors import sentence_of
from survey_app.provider import Provider, value_of
from survey_app.security import limiter
from survey_app.settings import Settings
from survey_app.store.models import Account

CAME_BY_IT = "single_sign_on"  # in the cookie: the provider has a login of its own
NEXT = "single_sign_on_next"
WAY = "oidc"


def init_app(app: Flask) -> None:
    """Set up the provider, if there is one; after Flask-Security."""
    provider = app.config["SETTINGS"].provider
    views: dict[str, Any] = app.view_functions
    if provider:
        provider_client.init_app(app, provider)
        views["security.logout"] = _logging_out(views["security.logout"])
    views["security.login"] = _without_passwords(views["security.login"])


@bp.get("/single-sign-on")
@open_to_everyone
@limiter.limit("60 per minute", key_func=get_remote_address)
def sign_on() -> ResponseReturnValue:
    """Lead to the provider; who is in already has to show it again there."""
    provider = _provider_or_404()
    session[NEXT] = own_address(request.args.get("next", ""))
    more = {"prompt": "login", "max_age": "0"} if current_user.is_authenticated else {}
    try:
        return provider_client.ask(provider, _whole(url_for("account.sign_on_answer")), **more)
    except ActionError as error:
        return _back_to_login(error)


@bp.get("/single-sign-on/answer")
@open_to_everyone
@limiter.limit("60 per minute", key_func=get_remote_address)
def sign_on_answer() -> ResponseReturnValue:
    """Let in whom the provider sends back."""
    provider, next_page = _provider_or_404(), session.pop(NEXT, "/")
    try:
        answer = provider_client.take_answer(provider)
        account = single_sign_on.enter(_person(answer, provider), provider)
    except ActionError as error:
        return _back_to_login(error)
    session[CAME_BY_IT] = True
    if current_user.is_authenticated and current_user.id != account.id:
        logout_user()
    if not current_user.is_authenticated:
        return _let_in(account, answer, provider, next_page)
    session["fs_paa"] = _shown_at(answer)
    return redirect(next_page)


@bp.get("/single-sign-on/ended")
@open_to_everyone
def sign_on_ended() -> ResponseReturnValue:
    """Say that one is logged out here, and lead on to the provider, which has a login of its own.

    A page stands between, for no form of ours may lead to another server.
    """
    login = url_for("security.login")
    address = provider_client.logout_address(_provider_or_404(), _whole(login))
    if not address:
        return redirect(login)
    response = make_response(render_template("account/ended.html", address=address))
    response.headers["Refresh"] = f"0; url={address}"
    return response


@bp.app_context_processor
def _provider_of_pages() -> dict[str, object]:
    return {"sign_on_provider": _provider()}


def refuse_passwords() -> None:
    """Raise PasswordsOff where everybody comes in through the provider."""
    provider = _provider()
    if provider and not provider.takes_passwords:
        raise PasswordsOff(provider=provider.label)


def _person(answer: Answer, provider: Provider) -> Person:
    words = value_of(answer.claims, provider.roles_claim)
    return Person(
        subject=str(answer.claims["sub"]),
        email=str(value_of(answer.claims, provider.email_claim) or ""),
        is_confirmed=provider.trusts_email or answer.claims.get("email_verified") is True,
        words=[str(each) for each in words] if isinstance(words, list) else [str(words)],
    )


def _let_in(
    account: Account, answer: Answer, provider: Provider, next_page: str
) -> ResponseReturnValue:
    """Log in, after our second factor unless the provider has asked for one that is trusted."""
    if not answer.is_strong(provider):
        plugins = current_app.extensions["security"].two_factor_plugins
        asked: ResponseReturnValue | None = plugins.tf_enter(
            account, remember_me=False, primary_authn_via=WAY, next_loc=next_page
        )
        if asked:
            return asked
    login_user(account, remember=False, authn_via=[WAY])
    session["fs_paa"] = _shown_at(answer)
    return redirect(next_page)


def _shown_at(answer: Answer) -> float:
    """Tell when somebody showed who they are; a login that the provider had open shows nothing."""
    return min(float(answer.at), time.time())


def _logging_out(view: Any) -> Any:
    """Lead on to the provider's own logout whoever came by it."""

    def logged_out(**values: Any) -> Any:
        came_by_it = session.pop(CAME_BY_IT, False)
        response = view(**values)
        return redirect(url_for("account.sign_on_ended")) if came_by_it else response

    return logged_out


def _without_passwords(view: Any) -> Any:
    """Take no password where the settings say so."""

    def unless_off(**values: Any) -> Any:
        if request.method == "POST":
            refuse_passwords()
        return view(**values)

    return unless_off


def _back_to_login(error: ActionError) -> ResponseReturnValue:
    flash(sentence_of(error), "error")
    return redirect(url_for("security.login"))


def _provider() -> Provider | None:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.provider


def _provider_or_404() -> Provider:
    return _provider() or abort(404)


def _whole(path: str) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return (settings.address or request.url_root.rstrip("/")) + path
