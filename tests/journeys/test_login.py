"""Staff log in, in a real browser: by password and code, by a recovery code, by passkey, by a provider."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Page, expect

from tests.journeys.conftest import CommandLine
from tests.tools.accessibility import axe_violations
from tests.tools.provider import CLIENT, SECRET, LiveProvider, serving_logins
from tests.tools.server import find_free_port, serving

EMAIL, BO = "anna@stad.example", "bo@stad.example"
LABEL = "Stadens inloggning"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass(frozen=True)
class Town:
    """A server that asks coordinators for a second factor, and a provider that it trusts."""

    address: str
    command_line: CommandLine
    provider: LiveProvider


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Run both. Passkeys belong to names, so the server is visited by one."""
    folder, port = tmp_path_factory.mktemp("town"), find_free_port()
    address = f"http://localhost:{port}"
    (folder / "secret").write_text(SECRET, encoding="utf-8")
    with serving_logins(folder, address) as provider:
        environment = os.environ | {
            "SURVEY_APP_SECOND_FACTOR": "roles",
            "SURVEY_APP_OIDC_ISSUER": provider.issuer,
            "SURVEY_APP_OIDC_CLIENT_ID": CLIENT,
            "SURVEY_APP_OIDC_SECRET_FILE": str(folder / "secret"),
            "SURVEY_APP_OIDC_LABEL": LABEL,
        }
        with serving(folder / "data", port=port, environment=environment) as server:
            yield Town(address, CommandLine(server.data), provider)


def reach(page: Page, heading: str) -> None:
    """Be on the page of a heading, which is accessible."""
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    assert axe_violations(page) == []


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button or follow a link."""
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()


def give_password(page: Page, town: Town, password: str) -> None:
    """Fill in the login."""
    page.goto(f"{town.address}/login")
    page.get_by_label("E-postadress").fill(EMAIL)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in", exact=True).click()


def log_out(page: Page) -> None:
    """Log out, and see it."""
    press(page, "Logga ut")
    reach(page, "Logga in")


def test_a_coordinator_comes_in_by_code_recovery_code_and_passkey(
    town: Town, open_desktop: Callable[..., Page], tmp_path: Path
) -> None:
    """From the first login on, with all that can be lost on the way."""
    made = town.command_line.run("account", "create", EMAIL, "--role", "coordinator")
    password = made.split("Password: ")[1].strip()
    page = open_desktop()
    give_password(page, town, password)

    reach(page, "Extra kod vid inloggning")
    press(page, "Koppla appen")
    reach(page, "Extra kod vid inloggning")
    app = TOTP(page.locator("code").inner_text())
    page.get_by_label("Kod från appen").fill(str(app.generate(time.time()).token))
    press(page, "Använd den här appen")
    reach(page, "Reservkoder")
    press(page, "Skapa nya koder")
    recovery_code = page.locator(".recovery-codes code").first.inner_text()
    log_out(page)

    give_password(page, town, password)
    reach(page, "Kod från din telefon")
    press(page, "Jag har inte min telefon")
    reach(page, "Reservkod")
    page.get_by_label("En av dina reservkoder").fill(recovery_code)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("link", name="Mitt konto")).to_be_visible()

    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    press(page, "Mitt konto")
    press(page, "Skapa en passnyckel")
    reach(page, "Ny passnyckel")
    page.get_by_label("Namn").fill("Jobbdatorn")
    press(page, "Skapa passnyckeln")
    reach(page, "Mitt konto")
    expect(page.get_by_text("Jobbdatorn, skapad")).to_be_visible()
    log_out(page)

    press(page, "Logga in med passnyckel")
    expect(page.get_by_role("link", name="Mitt konto")).to_be_visible()

    other = open_desktop()
    give_password(other, town, password)
    other.get_by_label("Kod från appen").fill(str(app.generate(time.time() + 30).token))
    other.get_by_role("button", name="Logga in").click()
    expect(other.get_by_role("link", name="Mitt konto")).to_be_visible()
    press(page, "Mitt konto")
    page.get_by_role("row", name=re.compile("Chrome")).get_by_role("button").first.click()
    expect(page.get_by_text("Den webbläsaren är utloggad.")).to_be_visible()
    other.reload()
    reach(other, "Logga in")

    press(page, re.compile("Jobbdatorn"))
    expect(page.get_by_text("Jobbdatorn")).to_have_count(0)
    log_out(page)
    press(page, "Logga in med passnyckel")
    expect(page.get_by_text("Passnyckeln fungerade inte.")).to_be_visible()
    reach(page, "Logga in med passnyckel")


def test_the_organisations_login_leads_in_and_out_again(
    town: Town, open_desktop: Callable[..., Page]
) -> None:
    """The content security policy lets the browser go there and come back."""
    town.command_line.run("account", "invite", BO, "--role", "coder")
    town.provider.knows(**{"subject-1": {"claims": {"email": BO, "email_verified": True}}})
    page = open_desktop()
    page.goto(f"{town.address}/login")
    press(page, f"Logga in med {LABEL}")
    page.get_by_label("Who").fill("subject-1")
    press(page, "In")
    expect(page.get_by_role("link", name="Mitt konto")).to_be_visible()
    press(page, "Logga ut")
    page.wait_for_url(f"{town.provider.issuer}/session/end**")
    page.get_by_role("button", name=re.compile("yes", re.I)).click()
    reach(page, "Logga in")
