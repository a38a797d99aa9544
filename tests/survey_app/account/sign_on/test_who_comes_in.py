"""Single sign-on against a certified provider: who is let in, as what, and who is not."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from survey_app.actions import (
    accounts,
    invitations,
    tokens,
    trail,
)
from survey_app.actions.account_errors import (
    AccountClosed,
    EmailUnconfirmed,
    IdentityTaken,
    NobodyHere,
)
from survey_app.audience import Role
from survey_app.provider import Granted
from survey_app.settings import load
from survey_app.store.database import db
from survey_app.store.identities import Identity
from survey_app.store.models import Account
from survey_app.store.register import SchoolOfficer, TeamMember
from survey_app.store.returns import AuditEntry
from survey_app.store.submissions import READING
from tests.survey_app.account.sign_on.walking import (
    BO,
    LABEL,
    LEADERS,
    OFFICERS,
    SUBJECT,
    TEAMS,
    is_in,
    person,
    provider_answer,
    refusal,
    settle,
    sign_on,
)
from tests.survey_app.conftest import PASSWORD, token
from tests.survey_app.returns.city import fill


def test_who_has_a_mapped_role_comes_in_and_goes_where_they_wanted(
    app, visitor, live_provider
) -> None:
    """The account is made; the request is bound to this browser by state, nonce and PKCE."""
    live_provider.knows(**{SUBJECT: person(LEADERS)})
    assert LABEL in visitor.get("/login").get_data(as_text=True)
    asked = visitor.get("/single-sign-on?next=/register/").location
    query = parse_qs(urlsplit(asked).query)
    assert query["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= query.keys()
    answer = visitor.get(provider_answer(asked))
    assert answer.location == "/register/"
    assert is_in(visitor)
    with app.app_context():
        made = accounts.find(BO)
        assert (made.password, [role.name for role in made.roles]) == (None, [Role.COORDINATOR])
        kept = db.session.query(Identity).one()
        assert (kept.subject, kept.account_id) == (SUBJECT, made.id)
    page = visitor.get("/account/").get_data(as_text=True)
    assert page.count('<th scope="row">') == 1  # the login is one of ours: listed, and ended


def test_what_the_provider_takes_away_is_lost_at_the_next_login(
    app, visitor, live_provider
) -> None:
    """Roles, schools and posts follow; what the provider never names stays."""
    with app.app_context():
        fill(september=False)
        with_post = db.session.query(TeamMember).filter_by(team="t1").first()
        assert with_post is not None
        with_post.account, post = None, with_post.post
        db.session.commit()
    mapped = app.config["SETTINGS"].provider.mapping
    team = Granted(frozenset({"team_member"}), posts=frozenset({("t1", post)}))
    settle(app, mapping={**mapped, TEAMS: team})

    live_provider.knows(**{SUBJECT: person(LEADERS, OFFICERS, TEAMS, "unknown")})
    assert sign_on(visitor).location == "/"
    with app.app_context():
        assert held(BO) == ({"coordinator", "school_officer", "team_member"}, ["almen"], [post])
        accounts.set_roles(BO, [*held(BO)[0], Role.CODER], trail.SYSTEM)
    live_provider.knows(**{SUBJECT: person(OFFICERS)})
    other = app.test_client()
    assert sign_on(other).location == "/"
    assert not is_in(other)
    with app.app_context():
        assert held(BO) == ({"school_officer", "coder"}, ["almen"], [])
        accounts.set_roles(BO, [Role.SCHOOL_OFFICER], trail.SYSTEM)
    live_provider.knows(**{SUBJECT: person()})
    third = app.test_client()
    assert refusal(app, third, sign_on(third), NobodyHere)
    with app.app_context():
        assert held(BO) == (set(), [], [])
        assert trail.verify().is_whole
    assert not is_in(visitor)


def held(email: str) -> tuple[set[str], list[str], list[str]]:
    """Give an account's roles, schools and posts of today."""
    officers = db.session.query(SchoolOfficer).filter_by(account=email, valid_to=None)
    posts = db.session.query(TeamMember).filter_by(account=email)
    found = accounts.find(email)
    return (
        {role.name for role in found.roles},
        [each.school for each in officers],
        [each.post for each in posts],
    )


def test_an_unconfirmed_address_opens_nobodys_account(app, visitor, live_provider) -> None:
    """Neither an existing one, nor one that is waited for, nor a new one by the mapping."""
    with app.app_context():
        accounts.create(BO, [Role.COORDINATOR], PASSWORD)
        invitations.invite("new@stad.example", [Role.CODER], trail.SYSTEM)
    for email in (BO, "new@stad.example", "third@stad.example", ""):
        live_provider.knows(**{SUBJECT: person(LEADERS, confirmed=False, email=email)})
        assert refusal(app, visitor, sign_on(visitor), EmailUnconfirmed)
    with app.app_context():
        assert db.session.query(Identity).count() == 0
        assert db.session.query(Account).count() == 1
    settle(app, trusts_email=True)
    live_provider.knows(**{SUBJECT: person(LEADERS, confirmed=False)})
    assert sign_on(visitor).location == "/"


def test_an_account_belongs_to_one_person_of_the_provider(app, visitor, live_provider) -> None:
    """An address that another person gets later opens nothing; a changed one locks nobody out."""
    live_provider.knows(
        **{
            SUBJECT: person(LEADERS, email="married@stad.example", confirmed=False),
            "subject-2": person(LEADERS),
        }
    )
    with app.app_context():
        accounts.create(BO, [Role.COORDINATOR], PASSWORD)
        own = Identity(
            issuer=live_provider.issuer, subject=SUBJECT, account_id=accounts.find(BO).id
        )
        db.session.add(own)
        db.session.commit()
    assert refusal(app, visitor, sign_on(visitor, "subject-2"), IdentityTaken)
    assert sign_on(visitor).location == "/"
    assert BO in visitor.get("/account/").get_data(as_text=True)


def test_an_invitation_is_taken_up_by_its_address(app, visitor, live_provider) -> None:
    """Without a mapping, roles are given here; who was not invited stays out."""
    settle(app, mapping={})
    live_provider.knows(**{SUBJECT: person(LEADERS)})
    assert refusal(app, visitor, sign_on(visitor), NobodyHere)
    with app.app_context():
        invitations.invite(BO, [Role.COORDINATOR], trail.SYSTEM)
    assert sign_on(visitor).location == "/"
    assert is_in(visitor)
    with app.app_context():
        assert invitations.waiting() == []
        actions = [each.action for each in db.session.query(AuditEntry)]
        assert actions == ["account.invited", "account.identity_linked"]


def test_a_closed_account_stays_closed(app, visitor, live_provider) -> None:
    """Whoever was let go here, and not there yet; an unlinked one is not linked either."""
    live_provider.knows(**{SUBJECT: person(LEADERS)})
    with app.app_context():
        accounts.create(BO, [Role.COORDINATOR], PASSWORD)
        accounts.set_active(BO, trail.SYSTEM, is_active=False)
    assert refusal(app, visitor, sign_on(visitor), AccountClosed)
    with app.app_context():
        assert db.session.query(Identity).count() == 0
        accounts.set_active(BO, trail.SYSTEM, is_active=True)
    assert sign_on(visitor).location == "/"
    with app.app_context():
        accounts.set_active(BO, trail.SYSTEM, is_active=False)
    assert not is_in(visitor)
    other = app.test_client()
    assert refusal(app, other, sign_on(other), AccountClosed)


def test_passwords_can_be_turned_off(app, visitor, live_provider) -> None:
    """Of pages and devices; programs read with their keys as before."""
    with app.app_context():
        accounts.create(BO, [Role.COORDINATOR, Role.INTERVIEWER], PASSWORD)
        link = invitations.invite("new@stad.example", [Role.CODER], trail.SYSTEM)
        key = tokens.create(BO, "Excel", READING)
    settle(app, takes_passwords=False)
    assert 'type="password"' not in visitor.get("/login").get_data(as_text=True)
    data = {"email": BO, "password": PASSWORD, "csrf_token": token(visitor)}
    assert visitor.post("/login", data=data).status_code == 403
    assert visitor.get(link.path).status_code == 403
    assert visitor.get("/openrosa/formList", auth=(BO, PASSWORD)).status_code == 401
    assert visitor.get("/api/v1/", auth=(BO, key)).status_code == 200
    live_provider.knows(**{SUBJECT: person(LEADERS)})
    assert sign_on(visitor).location == "/"
    assert visitor.get("/api/v1/", auth=(BO, key)).status_code == 200


def test_it_is_off_unless_a_provider_is_named(tmp_path, monkeypatch) -> None:
    """Nothing of it is shown, and its addresses are not there."""
    monkeypatch.delenv("SURVEY_APP_OIDC_ISSUER", raising=False)
    assert load(tmp_path / "data").provider is None
