"""The enkät as an app on a tablet: its name, what it keeps for offline, and its own start."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator

from flask import Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from survey_app import static_files
from survey_app.actions import pictures, signoffs
from survey_app.audience import open_to_everyone
from survey_app.collect.taking import show
from survey_app.collect.visits import Visit, find_visit
from survey_app.respond import arranging
from survey_app.respond.adults import for_adults, tablet_words
from survey_app.respond.reading import language_links, offline_of, place_of, reader_of, title_of
from survey_app.respond.ready import ReadyPage
from survey_app.respond.views import (
    bp,
    modules_of,
    needs_of,
    policy,
    questionnaire_html,
    ready_page,
    thanks_html,
)

WORKER = "js/worker.js"
MINUTES = (1, 2, 3, 5, 10, 15)  # without a touch, until the tablet asks whether anybody is there
ICONS = (
    ("icons/enkat.svg", "any"),
    ("icons/enkat-192.png", "192x192"),
    ("icons/enkat-512.png", "512x512"),
)
# What the pages load beside the modules that stand in the questionnaire's own head.
LATER = (
    "keeping.js", "kiosk.js", "offline.js", "outbox.js", "patience.js", "pin.js", "read_aloud.js",
    "respond.js", "sealing.js", "store.js", "tablet.js", "thanks.js",
)  # fmt: skip
STYLES = ("base.css", "respond.css", "tablet.css")
ETHIOPIC = ("css/ethiopic.css", "fonts/ethiopic.woff2", "fonts/ethiopic-name.woff2")

Kept = tuple[str, str]  # an address, and its content's digest as browsers check it


@bp.get("/<string:round_name>/tablet")
@bp.get("/<string:round_name>/<string:language>/tablet")
@open_to_everyone
def tablet(round_name: str, language: str | None = None) -> ResponseReturnValue:
    """Show the start of a tablet that many share, and the adult's page behind it."""
    visit = find_visit(round_name, language)
    return ready_page(visit, lambda: tablet_html(visit), "tablet").response()


@bp.get("/<string:round_name>/app.webmanifest")
@bp.get("/<string:round_name>/<string:language>/app.webmanifest")
@open_to_everyone
def manifest(round_name: str, language: str | None = None) -> ResponseReturnValue:
    """Say what the round is called where it is installed."""
    visit = find_visit(round_name, language)
    response = Response(_manifest(visit), content_type="application/manifest+json")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/<string:round_name>/worker.js")
@open_to_everyone
def worker(round_name: str) -> ResponseReturnValue:
    """Give the script that keeps the round's pages, with the list of what it keeps today."""
    visit = find_visit(round_name, None)
    policy.refuse_unless_open(visit)
    # Approving the interface's words in a language changes those pages, and this list of them.
    kind = ("worker", *filter(signoffs.is_spoken, _tags(visit)))
    response = ready_page(visit, lambda: _worker(visit), kind).response()
    response.content_type = "text/javascript; charset=utf-8"
    response.headers["Service-Worker-Allowed"] = _base(visit)
    return response


def tablet_html(visit: Visit) -> str:
    """Write the page of the shared tablet."""
    return render_template(
        "respond/tablet.html",
        title=title_of(visit)[0],
        reader=reader_of(visit),
        languages=tuple(language_links(visit)),
        minutes=MINUTES,
        offline=offline_of(visit),
        start=_base(visit),
        words=tablet_words(),
        for_adults=for_adults,
    )


def _manifest(visit: Visit) -> str:
    reader, title = reader_of(visit), title_of(visit)[0]
    icons = [
        {"src": url_for("static", filename=name), "sizes": size, "purpose": "any maskable"}
        for name, size in ICONS
    ]
    facts = {
        "name": title,
        "short_name": title,
        "lang": reader.language,
        "dir": reader.direction,
        "id": _base(visit),
        "start_url": _base(visit),
        "scope": _base(visit),
        "display": "standalone",
        "background_color": "#faf6ef",
        "theme_color": "#0b5b58",
        "icons": icons,
    }
    return json.dumps(facts, ensure_ascii=False, indent=1)


def _worker(visit: Visit) -> str:
    """Write the script. Its text is another one when anything that it keeps is another one."""
    static = _static()
    kept = sorted({*_pages(visit), *_pictures(visit), *_files(visit)})
    version = hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:16]
    facts = {"base": _base(visit), "name": visit.round.name, "version": version, "files": kept}
    return f"self.KEPT = {json.dumps(facts)};\n{static.files[WORKER].content.decode()}"


def _pages(visit: Visit) -> Iterator[Kept]:
    """Give the pages in each language, as they are today."""
    name = visit.round.name
    for tag in _tags(visit):
        spoken = find_visit(name, tag)
        in_address = None if spoken.is_default_language else tag
        for endpoint, page in _pages_of(spoken):
            yield url_for(endpoint, round_name=name, language=in_address), _digest(page.content)


def _tags(visit: Visit) -> list[str]:
    return [link.tag for link in place_of(visit).languages] or [visit.language]


def _pages_of(visit: Visit) -> Iterator[tuple[str, ReadyPage]]:
    empty = ready_page(visit, lambda: questionnaire_html(visit, show(visit)))
    yield "respond.questionnaire", empty
    yield "respond.thanks", ready_page(visit, lambda: thanks_html(visit), "thanks")
    yield "respond.tablet", ready_page(visit, lambda: tablet_html(visit), "tablet")


def _pictures(visit: Visit) -> Iterator[Kept]:
    for kept in pictures.shown_by(visit.round.version_id):
        found = pictures.find(visit.round.version_id, kept.name)
        if found is not None:
            name = visit.round.name
            address = url_for("respond.picture", round_name=name, file_name=kept.name)
            yield address, _digest(found.content)


def _files(visit: Visit) -> Iterator[Kept]:
    styles = STYLES if arranging.is_plain(visit.instrument) else (*STYLES, "kinds.css")
    fonts = ETHIOPIC if "ti" in visit.offered else ()
    styles = (*styles, "entry.css") if visit.round.codes_required else styles
    names = [
        *fonts,
        *(f"css/{name}" for name in styles),
        *(f"js/{name}" for name in (*modules_of(needs_of(visit)), *LATER)),
        *(name for name, _size in ICONS),
    ]
    for name in names:
        yield url_for("static", filename=name), _digest(_static().files[name].content)


def _static() -> static_files.StaticFiles:
    static: static_files.StaticFiles = current_app.extensions[static_files.EXTENSION]
    return static


def _base(visit: Visit) -> str:
    return url_for("respond.questionnaire", round_name=visit.round.name)


def _digest(content: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"
