"""A large coded file is ordered, made beside, and fetched from the page that waits for it."""

from __future__ import annotations

import uuid
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.journeys.interviewing import log_in, press
from tests.tools.accessibility import axe_violations

EMAIL = "filer@journeys.example"
PUPILS = 12
MAKING = 90_000  # ms for a process to start and write, on a machine that does other things beside


def test_a_file_is_ordered_awaited_and_fetched(
    live_server, command_line, tiny_round, open_desktop, tmp_path: Path
) -> None:
    """By keyboard; the page says by itself when it is ready, and the log who took it."""
    said = command_line.run("account", "create", EMAIL, "--role", "coordinator")
    page = open_desktop(accept_downloads=True)
    for _ in range(PUPILS):
        form = {"response_id": str(uuid.uuid4()), "pets": "1", "about": "kanin"}
        assert page.request.post(live_server.url(f"/e/{tiny_round}"), form=form).ok
    command_line.run("round", "close", tiny_round)

    log_in(page, live_server, (EMAIL, said.rpartition("Password: ")[2].strip()))
    page.goto(live_server.url(f"/rounds/{tiny_round}/large-file/xlsx"))
    expect(page.get_by_text(f"ungefär {PUPILS} rader")).to_be_visible()
    assert axe_violations(page) == []
    press(page, "button", "Skapa filen")
    page.wait_for_url("**/large-files/**")
    here = page.evaluate("performance.timeOrigin")
    assert axe_violations(page) == []
    expect(page.get_by_role("link", name="Hämta filen")).to_be_visible(timeout=MAKING)
    assert page.evaluate("performance.timeOrigin") == here  # nobody loaded it again
    assert axe_violations(page) == []
    with page.expect_download() as download:
        press(page, "link", "Hämta filen")
    file = tmp_path / "file.xlsx"
    download.value.save_as(file)
    header, *rows = load_workbook(file)["Data"].iter_rows(values_only=True)
    pets = header.index("pets")
    assert [row[pets] for row in rows] == [1] * PUPILS
    press(page, "link", "Utlämnade filer")
    expect(page.get_by_role("row", name=EMAIL).filter(has_text=str(PUPILS)).first).to_be_visible()
