"""A pupil answers the enkät on a tablet, one screen at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.screens import (
    BACK,
    SEND,
    THANKS,
    answer_features,
    choose,
    error_of,
    go_back,
    go_on,
    go_to_the_end,
    open_enkat,
    question,
    see,
    write,
)
from tests.tools.browser import no_foreign_requests
from tests.tools.sealing import opened


@pytest.mark.parametrize("language", ["", "/en"])
def test_an_enkat_is_answered_end_to_end(
    open_tablet, address, command_line, own_round, tmp_path: Path, language: str
) -> None:
    """What was touched on the tablet is what stands in the coded file."""
    page = open_tablet()
    with no_foreign_requests(page, address("")):
        open_enkat(page, address(own_round + language))
        answer_features(page)
        page.locator(SEND).click()
        expect(page).to_have_url(THANKS)
    assert page.context.cookies() == []
    header, row = command_line.export(own_round, tmp_path)[:2]
    coded = dict(zip(header, row, strict=False))
    assert (coded["pets"], coded["cats"], coded["paws"]) == ("1", "3", "12")
    assert (coded["things__food"], coded["things__rest"], coded["things__DK"]) == ("1", "1", "0")
    assert (coded["life"], coded["day"]) == ("5", "2026-02-28")


def test_the_built_in_enkat_is_answered_by_touch(open_tablet, address, command_line) -> None:
    """32 questions, one card touched in each, and no word of the script's errors."""
    page, complaints = open_tablet(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    name = command_line.open_round("elevenkat")
    open_enkat(page, address(name))
    while not page.locator(SEND).is_visible():
        for each in page.locator("fieldset:visible").all():
            each.locator(".choice label").first.tap()
        here = page.evaluate("history.state.page")
        go_on(page)
        page.wait_for_function("(before) => history.state.page !== before", arg=here)
    expect(page.locator(".review-answer:not(.empty)")).to_have_count(32)
    page.locator(SEND).tap()
    expect(page).to_have_url(THANKS)
    assert (command_line.responses(name), complaints) == (1, [])


def test_what_follows_from_an_answer_comes_and_goes_with_it(open_tablet, address, round_name):
    """A pupil without pets is not asked about them, and the progress tells the truth."""
    page = open_tablet()
    open_enkat(page, address(round_name))
    go_on(page)
    choose(page, "pets", "1")
    expect(page.locator("#progress-text")).to_contain_text("1")
    expect(page.locator("#progress-text")).to_contain_text("8")
    choose(page, "pets", "0")
    expect(page.locator("#progress-text")).to_contain_text("6")
    go_on(page)
    see(page, "things")
    expect(question(page, "cats")).to_be_hidden()


def test_dropped_answers_are_not_sent(open_tablet, address, round_name, live_server) -> None:
    """What a pupil wrote and then made irrelevant never leaves the tablet."""
    page, sent = open_tablet(), []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    open_enkat(page, address(round_name))
    go_on(page)
    choose(page, "pets", "1")
    go_on(page)
    write(page, "cats", "17")
    go_back(page)
    choose(page, "pets", "0")
    go_to_the_end(page)
    page.locator(SEND).click()
    expect(page).to_have_url(THANKS)
    (posted,) = filter(None, sent)
    body = opened(live_server.data, round_name, posted)
    assert "pets=0" in body
    assert "17" not in body.split("&")
    assert "cats" not in body


def test_back_keeps_everything(open_tablet, address, round_name) -> None:
    """The browser's own Back is the previous question, with its answer."""
    page = open_tablet()
    open_enkat(page, address(round_name))
    go_on(page)
    choose(page, "pets", "1")
    go_on(page)
    write(page, "cats", "2")
    go_on(page)
    page.go_back()
    see(page, "cats")
    expect(page.locator("[name=cats]")).to_have_value("2")
    go_back(page)
    see(page, "pets")
    expect(page.locator("[name=pets][value='1']")).to_be_checked()
    page.go_forward()
    see(page, "cats")
    page.go_back()
    page.go_back()
    see(page, "hello")
    expect(page.locator(BACK)).to_be_hidden()


def test_a_mistake_is_told_at_once_and_can_be_mended(open_tablet, address, round_name) -> None:
    """Nobody has to find at the end what was wrong at the beginning."""
    page = open_tablet()
    open_enkat(page, address(round_name))
    go_on(page)
    go_on(page)  # the question needs an answer
    expect(error_of(page, "pets")).to_be_visible()
    expect(page.locator("[name=pets]").first).to_be_focused()
    choose(page, "pets", "1")
    expect(error_of(page, "pets")).to_be_hidden()
    go_on(page)
    write(page, "cats", "21")
    write(page, "hours", "länge")
    go_on(page)
    expect(error_of(page, "cats")).to_be_visible()
    expect(error_of(page, "hours")).to_be_visible()
    expect(page.locator("[name=cats]")).to_be_focused()
    expect(page.locator("[name=cats]")).to_have_attribute("aria-invalid", "true")
    write(page, "cats", "20")
    write(page, "hours", "2.5")
    go_on(page)
    see(page, "told")


def test_dont_know_and_the_other_answers_exclude_each_other(open_tablet, address, round_name):
    """One cannot both want food and not know what one wants."""
    page = open_tablet()
    open_enkat(page, address(round_name))
    go_on(page)
    choose(page, "pets", "0")
    go_on(page)
    choose(page, "things", "food")
    choose(page, "things", "rest")
    choose(page, "things", "DK")
    assert page.locator("[name=things]:checked").count() == 1
    choose(page, "things", "rest")
    assert page.locator("[name=things]:checked").get_attribute("value") == "rest"


def test_an_answer_can_be_taken_away_again(open_tablet, address, round_name) -> None:
    """Nothing is obligatory, not even an answer once given."""
    page = open_tablet()
    open_enkat(page, address(round_name))
    go_on(page)
    clear = question(page, "pets").locator(".clear")
    expect(clear).to_be_hidden()
    choose(page, "pets", "1")
    clear.click()
    expect(page.locator("[name=pets]:checked")).to_have_count(0)
    expect(page.locator("[name=pets]").first).to_be_focused()
    expect(clear).to_be_hidden()


def test_an_answer_is_changed_from_the_last_screen(open_tablet, address, round_name) -> None:
    """Who sees a slip among the answers is two touches away from having mended it."""
    page = open_tablet()
    open_enkat(page, address(round_name))
    answer_features(page)
    page.locator(".review-item", has_text="katter?").get_by_role("button").click()
    see(page, "cats")
    expect(page.locator("[name=cats]")).to_be_focused()
    write(page, "cats", "4")
    go_on(page)
    expect(page.locator(".review-item", has_text="katter?")).to_contain_text("4")
