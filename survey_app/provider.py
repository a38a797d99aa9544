"""Single sign-on: which OpenID provider lets people in, and what its words make them here."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from survey_app.audience import Role
from survey_app.settings_errors import SettingsInvalid

ISSUER_VARIABLE = "SURVEY_APP_OIDC_ISSUER"
CLIENT_VARIABLE = "SURVEY_APP_OIDC_CLIENT_ID"
SECRET_VARIABLE = "SURVEY_APP_OIDC_SECRET_FILE"  # noqa: S105 - a setting's name
LABEL_VARIABLE = "SURVEY_APP_OIDC_LABEL"
EMAIL_VARIABLE = "SURVEY_APP_OIDC_EMAIL_CLAIM"
TRUST_VARIABLE = "SURVEY_APP_OIDC_TRUST_EMAIL"
CLAIM_VARIABLE = "SURVEY_APP_OIDC_ROLES_CLAIM"
ROLES_VARIABLE = "SURVEY_APP_OIDC_ROLES_FILE"
SCOPES_VARIABLE = "SURVEY_APP_OIDC_SCOPES"
STRONG_VARIABLE = "SURVEY_APP_OIDC_STRONG"
PASSWORDS_VARIABLE = "SURVEY_APP_OIDC_PASSWORDS"
DISCOVERY = "/.well-known/openid-configuration"
NEAR = {"localhost", "127.0.0.1", "::1"}  # where nobody can listen in


@dataclass(frozen=True, slots=True)
class Granted:
    """What one of the provider's words gives an account here.

    Attributes:
        schools: Codes of those whose attendance and grades it reports.
        posts: Team and name of those it holds.
    """

    roles: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()
    posts: frozenset[tuple[str, str]] = frozenset()

    def __or__(self, other: Granted) -> Granted:
        """Give what both give together."""
        return Granted(
            self.roles | other.roles, self.schools | other.schools, self.posts | other.posts
        )


@dataclass(frozen=True, kw_only=True)
class Provider:
    """An OpenID provider, and how far it is trusted.

    Attributes:
        label: What the button of the login names it.
        email_claim, roles_claim: Where it says the address, and the words that `mapping` knows;
            with dots for what lies inside another claim.
        trusts_email: Each of its addresses is its owner's, said or not.
        mapping: Word -> what it gives; empty when roles are given here.
        strong: Values of `amr` or `acr` that stand for a second factor.
        takes_passwords: Whether people can log in with a password of ours too.
    """

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    label: str
    email_claim: str
    roles_claim: str
    scopes: str
    trusts_email: bool
    mapping: Mapping[str, Granted]
    strong: frozenset[str]
    takes_passwords: bool

    @property
    def discovery(self) -> str:
        """Give where it describes itself."""
        return self.issuer.rstrip("/") + DISCOVERY

    @property
    def manages(self) -> Granted:
        """Give all that it may give or take: what it never names stays as it is set here."""
        return _all_of(self.mapping.values())

    def granted(self, words: Sequence[str]) -> Granted:
        """Give what somebody gets by these words."""
        return _all_of(self.mapping[word] for word in words if word in self.mapping)


def load() -> Provider | None:
    """Read what the environment says of a provider; None when there is none.

    Raises:
        SettingsInvalid: Something is missing, or cannot be.
    """
    issuer = os.environ.get(ISSUER_VARIABLE, "")
    if not issuer:
        return None
    return Provider(
        issuer=_secure(issuer),
        client_id=_needed(CLIENT_VARIABLE),
        secret=_read(SECRET_VARIABLE).strip(),
        label=os.environ.get(LABEL_VARIABLE) or (urlsplit(issuer).hostname or issuer),
        email_claim=os.environ.get(EMAIL_VARIABLE) or "email",
        roles_claim=os.environ.get(CLAIM_VARIABLE) or "roles",
        scopes=os.environ.get(SCOPES_VARIABLE) or "openid email",
        trusts_email=_is_yes(TRUST_VARIABLE, "no"),
        mapping=_mapping(),
        strong=frozenset(os.environ.get(STRONG_VARIABLE, "").split()),
        takes_passwords=_is_yes(PASSWORDS_VARIABLE, "yes"),
    )


def value_of(claims: Mapping[str, Any], name: str) -> Any:
    """Find a claim by its name, or inside others by a name with dots; None when it is not there."""
    if name in claims:
        return claims[name]
    outer, dot, inner = name.partition(".")
    within = claims.get(outer)
    return value_of(within, inner) if dot and isinstance(within, Mapping) else None


def _all_of(several: Any) -> Granted:
    together = Granted()
    for each in several:
        together |= each
    return together


def _secure(issuer: str) -> str:
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in NEAR:
        raise SettingsInvalid(
            f"{ISSUER_VARIABLE} is {issuer!r}. It must begin with https://: whoever could change "
            "what the provider says would be everybody."
        )
    return issuer


def _needed(variable: str) -> str:
    said = os.environ.get(variable, "")
    if not said:
        raise SettingsInvalid(f"{ISSUER_VARIABLE} is set, so {variable} is needed too.")
    return said


def _read(variable: str) -> str:
    path = Path(_needed(variable))
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise SettingsInvalid(f"{variable}: {path} cannot be read: {error.strerror}.") from error


def _is_yes(variable: str, usual: str) -> bool:
    said = os.environ.get(variable) or usual
    if said not in {"yes", "no"}:
        raise SettingsInvalid(f"{variable} is {said!r}. It must be yes or no.")
    return said == "yes"


def _mapping() -> Mapping[str, Granted]:
    if not os.environ.get(ROLES_VARIABLE):
        return {}
    try:
        read = json.loads(_read(ROLES_VARIABLE))
        return {str(word): _granted(given) for word, given in read.items()}
    except (ValueError, AttributeError, TypeError, KeyError) as error:
        raise SettingsInvalid(
            f"{ROLES_VARIABLE}: the file must be JSON that gives each word of the provider its "
            f'roles, such as {{"survey-coordinators": {{"roles": ["coordinator"]}}}} ({error}).'
        ) from error


def _granted(given: Mapping[str, Any]) -> Granted:
    if unknown := given.keys() - {"roles", "schools", "posts"}:
        raise ValueError(", ".join(sorted(unknown)))
    return Granted(
        frozenset(Role(role).value for role in given["roles"]),
        frozenset(map(str, given.get("schools", ()))),
        frozenset((str(team), str(post)) for team, post in given.get("posts", ())),
    )
