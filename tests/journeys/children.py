"""A questionnaire as children meet it, and a device whose voice only writes down what it says."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Page

from tests.journeys.screens import question

CHILDREN = """
    survey
    | type             | name  | label::Svenska (sv)   | label::Lättläst (sv-simple) | label::Dari (prs)  | label::العربية (ar) | hint::Svenska (sv)   | appearance |
    | note             | hello | Hej!                  | Hej.                        | سلام                | مرحبا               |                      |            |
    | begin_group      | here  | Så trivs jag          | Hur jag har det             | حالم                | حالي                |                      | field-list |
    | select_one agree | calm  | Jag är lugn.          | Jag är lugn nu.             | آرامم               | أنا هادئ            | Till exempel i dag.  | likert     |
    | select_one agree | glad  | Jag är glad.          | Jag är glad nu.             | خوشحالم             | أنا سعيد            |                      | likert     |
    | end_group        |       |                       |                             |                    |                     |                      |            |
    | select_one steps | life  | Så bra är livet.      | Så bra är livet nu.         | زندگی               | حياتي               |                      |            |
    | select_multiple want | want | Det här vill jag.  | Det här vill jag nu.        | می‌خواهم             | أريد                |                      |            |
    | text             | about | Berätta mer.          | Berätta.                    | بگو                 | أخبرنا              |                      |            |
    choices
    | list_name | name | label::Svenska (sv) | label::Lättläst (sv-simple) | label::Dari (prs) | label::العربية (ar) | sa_missing |
    | agree     | 4    | Stämmer helt        | Ja, precis                  | کاملاً             | صحيح تماماً          |            |
    | agree     | 3    | Stämmer ganska bra  | Ja, ganska                  | تقریباً            | صحيح                |            |
    | agree     | 2    | Stämmer dåligt      | Nej, inte så                | کم                | قليلاً               |            |
    | agree     | 1    | Stämmer inte alls   | Nej, inte alls              | نه                | غير صحيح            |            |
    | agree     | DK   | Vet ej              | Vet inte                    | نمی‌دانم           | لا أعرف             | yes        |
    | steps     | 0    | 0 – sämst           | 0 – sämst                   | 0                 | 0                   |            |
    | steps     | 1    | 1                   | 1                           | 1                 | 1                   |            |
    | steps     | 2    | 2                   | 2                           | 2                 | 2                   |            |
    | steps     | 3    | 3                   | 3                           | 3                 | 3                   |            |
    | steps     | 4    | 4                   | 4                           | 4                 | 4                   |            |
    | steps     | 5    | 5                   | 5                           | 5                 | 5                   |            |
    | steps     | 6    | 6                   | 6                           | 6                 | 6                   |            |
    | steps     | 7    | 7                   | 7                           | 7                 | 7                   |            |
    | steps     | 8    | 8                   | 8                           | 8                 | 8                   |            |
    | steps     | 9    | 9                   | 9                           | 9                 | 9                   |            |
    | steps     | 10   | 10 – bäst           | 10 – bäst                   | 10                | 10                  |            |
    | want      | rest | Vila                | Vila                        | استراحت            | راحة                |            |
    | want      | food | Mat                 | Mat                         | غذا               | طعام                |            |
    settings
    | form_id  | form_title | default_language |
    | children | Hur är det | Svenska (sv)     |
"""

# Headless browsers have no voices. This one ends a text when the test says so.
FAKE_VOICE = """(voices) => {
    const speech = Object.assign(new EventTarget(), {
        said: [], voices, cancelled: 0, current: undefined,
        getVoices() { return this.voices; },
        cancel() { this.cancelled += 1; this.current = undefined; },
        speak(utterance) { this.said.push(utterance); this.current = utterance; },
        finish() { const it = this.current; this.current = undefined; it?.onend(); },
        change(those) { this.voices = those; this.dispatchEvent(new Event("voiceschanged")); },
    });
    Object.defineProperty(window, "speechSynthesis", { value: speech });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""


def voice(lang: str, *, is_local: bool = True) -> dict[str, Any]:
    """Describe a voice as browsers do."""
    return {"lang": lang, "localService": is_local, "name": lang, "default": False}


SWEDISH = voice("sv-SE")


def give_voices(page: Page, *voices: dict[str, Any]) -> None:
    """Let the device have these voices, on each page that is opened from now on."""
    page.add_init_script(f"({FAKE_VOICE})({json.dumps(voices)})")


def change_voices(page: Page, *voices: dict[str, Any]) -> None:
    """Let the device find its voices late, as many do, or lose them."""
    page.evaluate("(those) => speechSynthesis.change(those)", list(voices))


def listen_button(page: Page, name: str) -> Locator:
    """Give a question's button."""
    return question(page, name).locator(".listen")


def said(page: Page) -> list[str]:
    """Give what was read so far."""
    texts: list[str] = page.evaluate("speechSynthesis.said.map((it) => it.text)")
    return texts


def is_speaking(page: Page) -> bool:
    """Tell whether the voice is in the middle of a text."""
    return bool(page.evaluate("Boolean(speechSynthesis.current)"))


def hear_to_the_end(page: Page) -> list[str]:
    """Let the voice go on until it is silent, and give all that it said."""
    for _ in range(30):
        if not is_speaking(page):
            break
        page.evaluate("speechSynthesis.finish()")
    return said(page)
