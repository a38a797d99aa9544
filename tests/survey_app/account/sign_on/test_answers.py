"""Single sign-on against a certified provider: what it answers, and what is forged, old or gone."""

from __future__ import annotations

import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from survey_app.account.provider_client import LEEWAY
from survey_app.actions import (
    checkup,
    provider_checkup,
)
from survey_app.actions.account_errors import (
    ProviderUnreachable,
    SignOnFailed,
)
from survey_app.settings import FactorDuty
from tests.survey_app.account.sign_on.walking import (
    ANSWER,
    HOME,
    LEADERS,
    SUBJECT,
    changed,
    is_in,
    person,
    provider_answer,
    provider_of,
    refusal,
    settle,
    sign_on,
)
from tests.survey_app.conftest import token
from tests.tools.provider import LASTS


def test_no_address_of_others_is_followed_afterwards(visitor, live_provider) -> None:
    """The login page of a trusted server is no springboard."""
    live_provider.knows(**{SUBJECT: person(LEADERS)})
    answer = sign_on(visitor, start="/single-sign-on?next=https://evil.example/")
    assert answer.location == "/"


@pytest.mark.parametrize("part", ["nonce", "state", "code"])
def test_an_answer_to_another_question_is_refused(app, visitor, live_provider, part) -> None:
    """Changed on the way: what this browser did not ask lets nobody in."""
    live_provider.knows(**{SUBJECT: person(LEADERS)})
    asked = visitor.get("/single-sign-on").location
    if part == "nonce":
        asked = changed(asked, nonce="another")
    answer = provider_answer(asked)
    if part != "nonce":
        answer = changed(answer, **{part: "another"})
    assert refusal(app, visitor, visitor.get(answer), SignOnFailed)


def test_an_answer_counts_once_and_in_one_browser(app, visitor, live_provider) -> None:
    """Somebody else's code, or one's own again, opens nothing: state, PKCE and the provider."""
    live_provider.knows(**{SUBJECT: person(LEADERS)})
    asked = visitor.get("/single-sign-on").location
    answer = provider_answer(asked)
    thief = app.test_client()
    assert refusal(app, thief, thief.get(answer), SignOnFailed)
    own = parse_qs(urlsplit(thief.get("/single-sign-on").location).query)["state"][0]
    assert refusal(app, thief, thief.get(changed(answer, state=own)), SignOnFailed)
    fresh = provider_answer(visitor.get("/single-sign-on").location)
    assert visitor.get(fresh).location == "/"
    visitor.post("/logout", data={"csrf_token": token(visitor, HOME)})
    assert refusal(app, visitor, visitor.get(fresh), SignOnFailed)


@pytest.mark.parametrize(("late", "is_let_in"), [(-20, True), (5, False)])
def test_a_signature_that_is_too_old_is_refused(
    app, visitor, live_provider, monkeypatch, late, is_let_in
) -> None:
    """Clocks may differ by a minute, not by more."""
    live_provider.knows(**{SUBJECT: person(LEADERS)})
    now = int(time.time()) + LASTS + LEEWAY + late
    monkeypatch.setattr("joserfc._rfc7519.claims._generate_now", lambda: now)
    answer = sign_on(visitor)
    assert is_in(visitor) is is_let_in
    assert is_let_in or refusal(app, visitor, answer, SignOnFailed)


def test_who_declines_at_the_provider_is_told_so(app, visitor, live_provider) -> None:
    """The provider's own words are not repeated: anybody could write them into the address."""
    visitor.get("/single-sign-on")
    declined = visitor.get(f"{ANSWER}?error=access_denied&error_description=Call+070-1234567")
    assert "070" not in visitor.get("/login").get_data(as_text=True)
    visitor.get("/single-sign-on")
    declined = visitor.get(f"{ANSWER}?error=access_denied")
    assert refusal(app, visitor, declined, SignOnFailed)


def test_a_provider_that_does_not_answer_is_a_sentence(app, visitor, live_provider) -> None:
    """And passwords still work. One that calls itself something else is not asked."""
    client = app.extensions["authlib.integrations.flask_client"].create_client("provider")
    there, client._server_metadata_url = client._server_metadata_url, "http://127.0.0.1:9/none"
    assert refusal(app, visitor, visitor.get("/single-sign-on"), ProviderUnreachable)
    client._server_metadata_url = there
    settle(app, issuer="https://other.example")
    assert refusal(app, visitor, visitor.get("/single-sign-on"), ProviderUnreachable)
    settle(app, issuer=live_provider.issuer)
    live_provider.knows(**{SUBJECT: person(LEADERS)})
    assert sign_on(visitor).location == "/"


@pytest.mark.parametrize(("ways", "is_asked"), [(["pwd"], True), (["pwd", "mfa"], False)])
def test_our_second_factor_is_asked_unless_theirs_is_trusted(
    app, visitor, live_provider, ways, is_asked
) -> None:
    """What counts is what the provider signs of this login."""
    object.__setattr__(app.config["SETTINGS"], "second_factor", FactorDuty.ROLES)
    live_provider.knows(**{SUBJECT: person(LEADERS, amr=ways)})
    answer = sign_on(visitor)
    assert answer.location.startswith("/second-factor/setup" if is_asked else "/")
    assert is_in(visitor) is not is_asked
    if is_asked:
        settle(app, strong=frozenset())
        live_provider.knows(**{SUBJECT: person(LEADERS, amr=["mfa"])})
        assert sign_on(visitor).location.startswith("/second-factor/setup")


def test_only_who_shows_it_anew_may_change_the_second_factor(app, visitor, live_provider) -> None:
    """A login that the provider had open for an hour is no proof of who sits there now."""
    live_provider.knows(**{SUBJECT: person(LEADERS, ts=int(time.time()) - 3_600)})
    sign_on(visitor)
    live_provider.knows(**{SUBJECT: person(LEADERS)})
    asked = visitor.get("/second-factor/setup")
    page = visitor.get(asked.location).get_data(as_text=True)
    assert 'type="password"' not in page
    again = re.search(r'href="(/single-sign-on\?next=[^"]+)"', page)
    assert again
    question = visitor.get(again[1].replace("&amp;", "&")).location
    assert "prompt=login" in question
    assert visitor.get(provider_answer(question)).location.startswith("/second-factor/setup")
    assert visitor.get("/second-factor/setup").status_code == 200


def test_logging_out_leads_on_to_the_provider(app, visitor, live_provider) -> None:
    """Else the next person at the desk is one click from being in; a copied cookie is dead."""
    live_provider.knows(**{SUBJECT: person(LEADERS)})
    sign_on(visitor)
    out = visitor.post("/logout", data={"csrf_token": token(visitor, HOME)})
    assert out.location == "/single-sign-on/ended"
    page = visitor.get(out.location)
    assert page.headers["Refresh"].startswith(f"0; url={live_provider.issuer}/session/end?")
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
    asked = requests.get(page.headers["Refresh"].removeprefix("0; url="), timeout=5)
    assert asked.status_code == 200
    assert not is_in(visitor)


def test_the_doctor_asks_the_provider(app, live_provider) -> None:
    """And says what is wrong: another name, no answer, a school that the register has not."""
    with app.app_context():
        told = [each for each in checkup.look() if each.about == "single_sign_on"]
        assert ["almen" in each.sentence for each in told] == [True]  # the register lacks it
        settle(app, mapping={}, issuer=live_provider.issuer + "/")
        assert "letter for letter" in " ".join(provider_checkup.faults(provider_of(app)))
        settle(app, issuer="http://127.0.0.1:9")
        assert "does not answer" in " ".join(provider_checkup.faults(provider_of(app)))
        settle(app, issuer=live_provider.issuer)
        assert list(provider_checkup.faults(provider_of(app))) == []
