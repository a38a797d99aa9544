"""An interviewer at work, by keyboard: logging in, a case with its consent."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.conftest import CommandLine
from tests.tools.server import LiveServer

Account = tuple[str, str]


def make_interviewer(command_line: CommandLine, round_name: str, email: str) -> Account:
    """Open a round of interviews with pupils, and give an account that interviews."""
    command_line.run("round", "open", round_name, "--instrument", "intervju_elev")
    roles = ("--role", "interviewer", "--role", "coordinator")
    printed = command_line.run("account", "create", email, *roles)
    return email, printed.split("Password: ")[1].strip()


def log_in(page: Page, server: LiveServer, account: Account, start: str = "**/rounds/") -> None:
    """Log in by keyboard alone."""
    page.goto(server.url("/login"))
    page.get_by_label("E-postadress").focus()
    for text in account:
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(start)


def press(page: Page, role: str, name: str) -> None:
    """Press a link or a button by keyboard."""
    page.get_by_role(role, name=name, exact=True).focus()  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def add_case(page: Page, server: LiveServer, round_name: str) -> str:
    """Add a pupil with consent and give the case's address."""
    page.goto(server.url(f"/interviews/{round_name}/"))
    press(page, "link", "Lägg till en person")
    page.get_by_label("Kön").select_option("flicka")
    press(page, "button", "Spara")
    page.wait_for_url("**/cases/*/")
    address = page.url
    press(page, "link", "Anteckna samtycket")
    page.get_by_label("Dagen då det skrevs under").fill("2026-01-15")
    page.get_by_label("Samtyckesblankettens version").fill("2026-1")
    page.get_by_label("Ja", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_label("Den som ska intervjuas har sagt ja").focus()
    page.keyboard.press("Space")
    press(page, "button", "Spara")
    expect(page.get_by_text("eleven, som har fyllt 15 år")).to_be_visible()
    return address
