"""What is asked of a provider of single sign-on, by Authlib; every failure is one of our errors."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app, redirect, session
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError
from requests import RequestException

from survey_app.actions.account_errors import ProviderUnreachable, SignOnFailed
from survey_app.provider import Provider, value_of

log = logging.getLogger(__name__)

NAME = "provider"
PATIENCE = 5  # seconds, for each request to the provider
LEEWAY = 60  # seconds by which clocks may differ
# Whoever signs with these has a key that nobody else has; the others sign with shared secrets.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider has signed, with what it tells beside it.

    Attributes:
        at: When the person showed who they are, in seconds; 0 when that is not said.
    """

    claims: Mapping[str, Any]
    at: int

    def is_strong(self, provider: Provider) -> bool:
        """Tell whether the person showed more than a password there."""
        ways = self.claims.get("amr")
        said = {*(ways if isinstance(ways, list) else ()), self.claims.get("acr")}
        return not said.isdisjoint(provider.strong)


def init_app(app: Flask, provider: Provider) -> None:
    """Make the provider known to the app; nothing is asked of it yet."""
    known: Any = OAuth(app)  # its types are incomplete
    known.register(
        NAME,
        client_id=provider.client_id,
        client_secret=provider.secret,
        server_metadata_url=provider.discovery,
        client_kwargs={
            "scope": provider.scopes,
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
            "leeway": 0,  # what it gives us is used at once, however short it lasts
        },
    )


def ask(provider: Provider, answer_at: str, **more: str) -> ResponseReturnValue:
    """Lead to the provider, which leads back to an address of ours."""
    _forget_earlier()
    with _only_our_errors(provider):
        url = _client(provider).create_authorization_url(answer_at, **more)
        _client(provider).save_authorize_data(redirect_uri=answer_at, **url)
    return redirect(url["url"])


def take_answer(provider: Provider) -> Answer:
    """Exchange the code of this request for what is signed, and check that.

    Raises:
        SignOnFailed: It is no answer to what this browser asked, or it was used, or is too old.
        ProviderUnreachable: The provider does not answer.
    """
    with _only_our_errors(provider):
        client = _client(provider)
        expected = {
            "iss": {"values": [provider.issuer]},
            "aud": {"values": [provider.client_id]},
        }
        token = client.authorize_access_token(claims_options=expected, leeway=LEEWAY)
        claims = dict(token.get("userinfo") or {})
        if not claims.get("sub"):
            raise OAuthError("no_id_token")
        at = int(claims.get("auth_time") or 0)
        return Answer({**_told_beside(provider, claims, token), **claims}, at)


def logout_address(provider: Provider, back_to: str) -> str:
    """Give where the provider ends its own login; "" when it does not offer it.

    It is not told who: what would tell it is kept nowhere. It asks the person.
    """
    try:
        with _only_our_errors(provider):
            client = _client(provider)
            if "end_session_endpoint" not in client.server_metadata:
                return ""
            made = client.create_logout_url(back_to, client_id=provider.client_id)
            return str(made["url"])
    except ProviderUnreachable:
        return ""


def _client(provider: Provider) -> Any:
    """Give Authlib's client of a provider that describes itself as it is known here."""
    client: Any = current_app.extensions["authlib.integrations.flask_client"].create_client(NAME)
    described = client.load_server_metadata()
    if described.get("issuer") != provider.issuer:
        described.pop("_loaded_at", None)  # it is asked again
        raise ValueError("another issuer")
    offered = described.get("id_token_signing_alg_values_supported", ["RS256"])
    described["id_token_signing_alg_values_supported"] = [
        each for each in offered if each in ALGORITHMS
    ]
    return client


def _told_beside(
    provider: Provider, claims: Mapping[str, Any], token: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Ask for what the signed part lacks; some providers say the address only there."""
    client = _client(provider)
    wanted = {provider.email_claim, *([provider.roles_claim] if provider.mapping else ())}
    lacks = any(value_of(claims, each) is None for each in wanted)
    if not lacks or "userinfo_endpoint" not in client.server_metadata:
        return {}
    told = client.userinfo(token=token)
    if told.get("sub") != claims["sub"]:
        raise OAuthError("another_subject")
    return dict(told)


def _forget_earlier() -> None:
    """Drop what was asked and never answered: a cookie holds few of them."""
    for key in [key for key in session if key.startswith(f"_state_{NAME}_")]:
        session.pop(key)


@contextmanager
def _only_our_errors(provider: Provider) -> Iterator[None]:
    """Say in the log what went wrong, in the provider's own codes, and nothing of the person."""
    try:
        yield
    except (OAuthError, JoseError) as error:
        log.warning(
            "Single sign-on failed: %s", getattr(error, "error", "") or type(error).__name__
        )
        raise SignOnFailed(provider=provider.label) from error
    except (RequestException, ValueError, KeyError, RuntimeError) as error:
        log.warning("The provider of single sign-on does not answer: %s", type(error).__name__)
        raise ProviderUnreachable(provider=provider.label) from error
