"""Authors are not trusted: nothing that they write runs, and nothing of it asks other servers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from forms.writing import write_workbook
from tests.journeys.hostile import hostile_workbook
from tests.journeys.screens import SEND, go_on
from tests.tools.browser import no_foreign_requests

UNWANTED = """[...document.querySelectorAll("main *")].flatMap((it) => [
    ...[...it.attributes].filter(({name, value}) =>
        name.startsWith("on") || name === "style" || /javascript:|evil/.test(value) &&
        !["value", "aria-label"].includes(name)).map(({name}) => `${it.tagName} ${name}`),
    ...(/^(IMG|SVG|IFRAME|OBJECT|EMBED|BASE|META|LINK|STYLE|MATH|A)$/i.test(it.tagName)
        && !it.closest(".error-summary") ? [it.tagName] : []),
])"""


@pytest.fixture(scope="module")
def hostile(command_line, tmp_path_factory) -> str:
    """Publish the hostile questionnaire and open its round."""
    file: Path = tmp_path_factory.mktemp("hostile") / "hostile.xlsx"
    with file.open("wb") as target:
        write_workbook(hostile_workbook(), target)
    command_line.run("instrument", "publish", file)
    return str(command_line.open_round("hostile"))


def harm(page: Page) -> list[object]:
    """Give what ran, and what stands in the page that could."""
    return [each for each in (page.evaluate("window.harmed"), *page.evaluate(UNWANTED)) if each]


@pytest.mark.parametrize("language", ["", "/en"])
def test_nothing_that_authors_write_runs(open_tablet, address, hostile, language) -> None:
    """The page's own policy is switched off here: the words themselves are harmless."""
    page = open_tablet(bypass_csp=True)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    with no_foreign_requests(page, address("")):
        page.goto(address(hostile + language))
        expect(page.locator("form.is-paged")).to_be_visible()
        while not page.locator(SEND).is_visible():
            answer_screen(page)
            assert harm(page) == []
            leave_screen(page)
        assert harm(page) == []


def answer_screen(page: Page) -> None:
    """Touch whatever the screen has, and write what would do harm too."""
    for text in page.locator("main input[type=text]:visible").all():
        text.fill("</textarea><img src=x onerror=window.harmed=99>")
    for selector in ("[name=_add]", ".choice label", "[data-move=down]"):
        for control in page.locator(f"{selector}:visible").all()[:1]:
            control.click()


def leave_screen(page: Page) -> None:
    """Go on; when the author's constraint refuses that, with its message, then without an answer."""
    here = page.evaluate("history.state.page")
    go_on(page)
    if page.evaluate("history.state.page") == here:
        assert harm(page) == []
        for text in page.locator("main input[type=text]:visible").all():
            text.fill("")
        go_on(page)


def test_nothing_runs_on_the_page_that_complains(open_tablet, address, hostile) -> None:
    """Messages and what was typed come back as text too."""
    page = open_tablet(bypass_csp=True)
    with no_foreign_requests(page, address("")):
        page.route("**/js/respond.js", lambda route: route.abort())
        page.goto(address(hostile))
        for text in page.locator("main input[type=text]").all():
            text.fill('"><img src=x onerror=window.harmed=98>')
        page.locator(SEND).click()
        expect(page.locator("#error-summary")).to_be_visible()
        assert harm(page) == []
        assert page.title().endswith("</script><script>window.harmed=2</script>")
