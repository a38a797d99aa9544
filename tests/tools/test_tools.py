"""The real programs see what they are there to see: a check that finds nothing proves nothing."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page

from tests.tools.accessibility import axe_violations
from tests.tools.browser import no_foreign_requests
from tests.tools.html import html_problems
from tests.tools.libreoffice import libreoffice_convert
from tests.tools.programs import find_npm_file, find_program

GOOD_PAGE = """<!DOCTYPE html><html lang="sv"><head><title>Enkät</title></head>
<body><main><h1>Enkät</h1>%s</main></body></html>"""
FIELD = '<label for="age">Ålder</label> <input id="age" name="age">'


@pytest.fixture(scope="module")
def local_page() -> Iterator[str]:
    """Serve one page, with Chromium's own requests for an icon answered too."""

    class OnePage(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((GOOD_PAGE % FIELD).encode())

        def log_message(self, *arguments: object) -> None:
            """Stay silent."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), OnePage) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_tablet_has_a_touch_screen_and_the_wanted_language(
    open_tablet: Callable[..., Page],
) -> None:
    """The journeys of pupils run on what pupils hold."""
    page = open_tablet(locale="ar")
    seen = page.evaluate("[screen.width, navigator.maxTouchPoints > 0, navigator.language]")
    assert seen == [834, True, "ar"]


def test_a_request_to_another_server_is_seen(
    open_desktop: Callable[..., Page], local_page: str
) -> None:
    """Nobody else may learn that a pupil opened the enkät."""
    page = open_desktop()
    with no_foreign_requests(page) as asked:
        page.goto(local_page)
    assert asked[0] == local_page
    with pytest.raises(AssertionError, match=r"stats\.invalid"), no_foreign_requests(page):
        page.evaluate("fetch('http://stats.invalid/count').catch(() => null)")


def test_axe_sees_a_field_without_a_label_and_small_targets(
    open_tablet: Callable[..., Page],
) -> None:
    """A page that passes was really looked at, by the rules of WCAG 2.2 too."""
    page = open_tablet()
    page.set_content(GOOD_PAGE % FIELD)
    assert axe_violations(page) == []
    small = '<button style="width: 9px; height: 9px; padding: 0" aria-label="%d"></button>'
    page.set_content(GOOD_PAGE % ('<input name="age">' + small % 1 + small % 2))
    assert {violation.rule for violation in axe_violations(page)} >= {"label", "target-size"}


@pytest.mark.slow
def test_the_html_checker_names_the_page_and_the_line() -> None:
    """Whoever wrote the template finds the place."""
    wrong = GOOD_PAGE % "\n<p id='a'><ul id='a'></ul></p>"
    problems = html_problems(MappingProxyType({"/good": GOOD_PAGE % FIELD, "/wrong": wrong}))
    assert {(problem.page, problem.line) for problem in problems} == {("/wrong", 3)}
    assert any("Duplicate ID" in problem.message for problem in problems)


@pytest.mark.slow
def test_libreoffice_writes_every_sheet(tmp_path: Path) -> None:
    """An export is read as its readers will read it."""
    workbook = Workbook(write_only=True)
    workbook.create_sheet("Data").append(["Ålder", 12])
    workbook.create_sheet("Kodbok").append(["=1+1"])
    workbook.save(tmp_path / "file.xlsx")
    written = libreoffice_convert(tmp_path / "file.xlsx")
    assert {path.name: path.read_text("utf-8") for path in written} == {
        "file-Data.csv": "Ålder,12\n",
        "file-Kodbok.csv": "2\n",
    }


def test_a_missing_program_fails_with_the_line_that_installs_it() -> None:
    """A machine without the browser never looks as if all journeys passed."""
    with pytest.raises(pytest.fail.Exception, match="sudo apt-get install no-such-package"):
        find_program("no-such-program", package="no-such-package")
    with pytest.raises(pytest.fail.Exception, match=r"\./check"):
        find_npm_file("no-such-package/file.js")
