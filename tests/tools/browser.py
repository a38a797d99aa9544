"""A real browser for the tests: the system's Chromium, driven by Playwright.

While the ``browser`` fixture lives, Playwright holds an event loop in the main thread of that test
process, so tests must not call ``asyncio.run`` there; start a thread for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.tools.programs import find_program

# The first four let it run as root in a container; the others keep it from calling home.
LAUNCH_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
TABLET = {"width": 834, "height": 1112}
DESKTOP = {"width": 1280, "height": 800}

ContextOpener = Callable[..., BrowserContext]


def find_chromium() -> Path:
    """Find the system's Chromium, best without the part that draws windows: it takes a third less."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable")
    return find_program(*names, "google-chrome", package="chromium-headless-shell")


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Give the path of the system's Chromium."""
    return find_chromium()


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """Start one headless browser for all tests of one test process."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, headless=True, args=list(LAUNCH_ARGUMENTS)
        )
        yield started
        started.close()


@pytest.fixture
def open_context(browser: Browser) -> Iterator[ContextOpener]:
    """Give a function that opens a fresh context, closed at the end of the test."""
    opened: list[BrowserContext] = []

    def open_one(**options: object) -> BrowserContext:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def open_tablet(open_context: ContextOpener) -> Callable[..., Page]:
    """Give ``open_tablet(locale="sv-SE", **options)``: a page on a touch screen like an iPad."""

    def open_one(locale: str = "sv-SE", **options: object) -> Page:
        settings = {
            "viewport": TABLET,
            "device_scale_factor": 2,
            "has_touch": True,
            "is_mobile": True,
        }
        return open_context(**{"locale": locale, **settings, **options}).new_page()

    return open_one


@pytest.fixture
def open_desktop(open_context: ContextOpener) -> Callable[..., Page]:
    """Give ``open_desktop(locale="sv-SE", **options)``: a page on a desk's screen."""

    def open_one(locale: str = "sv-SE", **options: object) -> Page:
        return open_context(**{"locale": locale, "viewport": DESKTOP, **options}).new_page()

    return open_one


def is_foreign(url: str, hosts: set[str]) -> bool:
    """Tell whether an address leaves for a host (with port) that is not among ours."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc not in hosts


@contextmanager
def no_foreign_requests(page: Page, *addresses: str) -> Iterator[list[str]]:
    """Fail at the end of the block when the page's context asked any other server for anything.

    Args:
        page: The page to watch, with its whole context: service workers too.
        addresses: Our server's addresses; without any, the page's address at the end counts.

    Yields:
        The address of every request so far, oldest first.
    """
    asked: list[str] = []

    def record(request: Request) -> None:
        asked.append(request.url)

    page.context.on("request", record)
    try:
        yield asked
    finally:
        page.context.remove_listener("request", record)
    hosts = {urlsplit(address).netloc for address in addresses or (page.url,)}
    foreign = [url for url in asked if is_foreign(url, hosts)]
    assert not foreign, f"Asked other servers than {sorted(hosts)}: {foreign}"
