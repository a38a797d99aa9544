"""Look at a provider of single sign-on: whether it answers, and what it is to give exists."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import requests

from survey_app.actions import accounts
from survey_app.actions.errors import SchoolUnknown
from survey_app.private_files import is_open_to_others
from survey_app.provider import ISSUER_VARIABLE, ROLES_VARIABLE, SECRET_VARIABLE, Provider

PATIENCE = 5  # seconds
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def faults(provider: Provider) -> Iterator[str]:
    """Say what is wrong; nothing when all is well."""
    yield from _description(provider)
    for school in sorted(provider.manages.schools):
        try:
            accounts.refuse_unknown([school], ())
        except SchoolUnknown as error:
            yield f"{ROLES_VARIABLE}: {error}"
    secret = Path(os.environ.get(SECRET_VARIABLE, ""))
    if secret.is_file() and is_open_to_others(secret):
        yield f"Others on this machine can read {secret}. Run: chmod 600 {secret}"


def _description(provider: Provider) -> Iterator[str]:
    try:
        answer = requests.get(provider.discovery, timeout=PATIENCE)
        answer.raise_for_status()
        described = answer.json()
    except (requests.RequestException, ValueError) as error:
        yield (
            f"The provider of single sign-on does not answer at {provider.discovery} "
            f"({type(error).__name__}): nobody can log in by it. Look at {ISSUER_VARIABLE}, at the "
            "network, and at REQUESTS_CA_BUNDLE if its certificate is your own."
        )
    else:
        yield from _wrong(described, provider)


def _wrong(described: Mapping[str, Any], provider: Provider) -> Iterator[str]:
    if described.get("issuer") != provider.issuer:
        yield (
            f"The provider calls itself {described.get('issuer')!r}, and {ISSUER_VARIABLE} says "
            f"{provider.issuer!r}. They must be the same, letter for letter."
        )
    for name in NEEDED:
        if not described.get(name):
            yield f"The provider does not say its {name}: it cannot be used."
    if "S256" not in described.get("code_challenge_methods_supported", ["S256"]):
        yield "The provider does not know PKCE with S256, which every login here asks for."
