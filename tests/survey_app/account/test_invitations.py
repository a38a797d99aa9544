"""Invitations: a link that works once, and administrators who keep accounts without reading."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from survey_app.actions import accounts, invitations, logins, trail
from survey_app.actions.account_errors import (
    InvitationUnknown,
    PasswordTooCommon,
    PasswordTooShort,
    PostUnknown,
)
from survey_app.actions.errors import AccountTaken, SchoolUnknown
from survey_app.audience import Role
from survey_app.store.database import db, writing
from survey_app.store.invitations import Invitation
from survey_app.store.register import TeamMember
from tests.survey_app.conftest import PASSWORD, token
from tests.survey_app.returns.city import fill

NEW, GOOD = "ny@stad.example", "havtorn-kikare-moped-11"
ADMIN = "admin@stad.example"


def secret_of(link: invitations.Link) -> str:
    """Read the secret out of a link."""
    return link.path.removeprefix(invitations.PATH)


@pytest.fixture
def administrator(app):
    """Give the browser of an administrator."""
    with app.app_context():
        accounts.create(ADMIN, [Role.ADMINISTRATOR], PASSWORD)
    client = app.test_client()
    client.post("/login", data={"email": ADMIN, "password": PASSWORD, "csrf_token": token(client)})
    return client


def post(client, address: str, **data: object):
    """Press a button of the administrator's pages."""
    return client.post(address, data={**data, "csrf_token": token(client, "/accounts/invite")})


def test_a_link_makes_an_account_once(context, visitor) -> None:
    """Looking at the page uses nothing up: mail programs fetch links before people do."""
    link = invitations.invite(NEW, [Role.CODER], trail.SYSTEM)
    assert secret_of(link) not in {each.id for each in invitations.waiting()}
    for _ in range(2):
        assert NEW in visitor.get(link.path).get_data(as_text=True)
    page = token(visitor, link.path)
    data = {"password": GOOD, "again": GOOD, "csrf_token": page}
    assert visitor.post(link.path, data=data).location == "/login"
    assert visitor.get(link.path).status_code == 404
    assert [role.name for role in accounts.find(NEW).roles] == [Role.CODER]
    login = {"email": NEW, "password": GOOD, "csrf_token": token(visitor)}
    assert visitor.post("/login", data=login).status_code == 302


def test_a_link_ends_after_a_week(context) -> None:
    """A mail that lies about opens nothing."""
    secret = secret_of(invitations.invite(NEW, [Role.CODER], trail.SYSTEM))
    with writing():
        db.session.query(Invitation).one().last_day -= invitations.LASTS
    assert invitations.find(secret).email == NEW
    with writing():
        db.session.query(Invitation).one().last_day -= timedelta(days=1)
    with pytest.raises(InvitationUnknown):
        invitations.accept(secret, GOOD)


def test_a_second_link_ends_the_first(context) -> None:
    """Whoever was sent two has one that works."""
    first, second = (invitations.invite(NEW, [Role.CODER], trail.SYSTEM) for _ in range(2))
    with pytest.raises(InvitationUnknown):
        invitations.find(secret_of(first))
    assert invitations.find(secret_of(second)).email == NEW


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("kort-lösen1", PasswordTooShort),
        ("password1234", PasswordTooCommon),
        ("aaaaaaaaaaaaaaaa", PasswordTooCommon),
        ("nystadexample", PasswordTooCommon),
        ("lösenordlösenord", PasswordTooCommon),
        ("Sommar-2026-Sommaren!", PasswordTooCommon),
        ("Losenord-Skolan-11", PasswordTooCommon),
        ("JanuariFebruari2027", PasswordTooCommon),
    ],
)
def test_weak_passwords_are_refused(context, password, error) -> None:
    """Short, common, or made of the address; and the link still works."""
    secret = secret_of(invitations.invite(NEW, [Role.CODER], trail.SYSTEM))
    with pytest.raises(error):
        invitations.accept(secret, password)
    invitations.accept(secret, GOOD)


def test_the_scope_comes_from_the_register(context) -> None:
    """A school's officer gets the school, a member of a team a vacant post."""
    fill(september=False)
    with writing():
        db.session.query(TeamMember).filter_by(team="t1")[0].account = None
    vacant = accounts.vacant_posts()[0]
    team, name = vacant.team, vacant.post
    with pytest.raises(SchoolUnknown):
        invitations.invite(NEW, [Role.SCHOOL_OFFICER], trail.SYSTEM, schools=["nowhere"])
    with pytest.raises(PostUnknown):
        invitations.invite(NEW, [Role.TEAM_MEMBER], trail.SYSTEM, posts=[(team, "none")])
    link = invitations.invite(NEW, [Role.TEAM_MEMBER], trail.SYSTEM, posts=[(team, name)])
    other = invitations.invite("b@stad.example", ["team_member"], ADMIN, posts=[(team, name)])
    invitations.accept(secret_of(link), GOOD)
    assert db.session.query(TeamMember).filter_by(team=team, post=name).one().account == NEW
    with pytest.raises(PostUnknown):
        invitations.accept(secret_of(other), GOOD)


def test_a_new_password_ends_the_logins(context) -> None:
    """Whoever had the old one is out; and who has an account is not invited again."""
    accounts.create(NEW, [Role.CODER])
    key = logins.begin(accounts.find(NEW).id, "")
    with pytest.raises(AccountTaken):
        invitations.invite(NEW.upper(), [Role.CODER], trail.SYSTEM)
    invitations.accept(secret_of(invitations.renew(NEW, trail.SYSTEM)), GOOD)
    assert not logins.is_alive(key)
    assert [role.name for role in accounts.find(NEW).roles] == [Role.CODER]


def test_administrators_invite_and_close(app, administrator, visitor) -> None:
    """From their page; the link is shown once where no mail server is set."""
    answer = post(administrator, "/accounts/invite", email=NEW, roles=["coder", "interviewer"])
    shown = re.search(r"<code>http://localhost(/invitations/[\w-]+)</code>", answer.text)
    assert shown
    assert NEW in administrator.get("/accounts/").text
    with app.app_context():
        invitations.accept(shown[1].removeprefix(invitations.PATH), GOOD)
    login = {"email": NEW, "password": GOOD, "csrf_token": token(visitor)}
    assert visitor.post("/login", data=login).status_code == 302
    assert visitor.get("/account/").status_code == 200
    post(administrator, "/accounts/close", email=NEW)
    assert visitor.get("/account/").status_code == 302
    assert post(administrator, "/accounts/close", email=ADMIN).status_code == 409
    with app.app_context():
        done = [entry.action for entry in trail.of_subject(NEW)]
        assert trail.verify().is_whole
    assert done == ["account.closed", "account.password_chosen", "account.invited"]


def test_a_link_is_mailed_where_there_is_a_server(context) -> None:
    """The mail names the link and its last day, and no role."""
    link = invitations.invite(NEW, [Role.COORDINATOR], trail.SYSTEM)
    invitations.send(link)
    [mail] = (context.config["SETTINGS"].data / "outbox").iterdir()
    text = mail.read_bytes().decode()
    assert NEW in text
    assert link.path in text.replace("=\n", "").replace("=3D", "=")


def test_people_change_their_own_password(app, administrator) -> None:
    """The present one is asked first, when it was given some time ago."""
    with administrator.session_transaction() as session:
        session["fs_paa"] -= 3_600
    asked = administrator.get("/account/password")
    assert asked.location.startswith("/password-again")
    data = {"password": PASSWORD, "csrf_token": token(administrator, asked.location)}
    assert administrator.post(asked.location, data=data).status_code == 302
    page = "/account/password"
    data = {"password": "sommar-2026-sommar", "csrf_token": token(administrator, page)}
    assert administrator.post(page, data=data | {"again": data["password"]}).status_code == 200
    data |= {"password": GOOD, "again": GOOD}
    assert administrator.post(page, data=data).location == "/login"
    assert administrator.get("/account/").status_code == 302
    with app.app_context():
        assert invitations.waiting() == []  # looking at the page makes no link
        assert [entry.action for entry in trail.of_subject(ADMIN)] == ["account.password_chosen"]
        assert accounts.find(ADMIN).verify_and_update_password(GOOD)


def test_other_roles_end_the_logins(context) -> None:
    """What somebody may no longer see is not on the screen any longer; and it is on record."""
    accounts.create(NEW, [Role.ADMINISTRATOR])
    key = logins.begin(accounts.find(NEW).id, "")
    accounts.set_roles(NEW, [Role.CODER, Role.INTERVIEWER], ADMIN)
    assert {role.name for role in accounts.find(NEW).roles} == {Role.CODER, Role.INTERVIEWER}
    assert not logins.is_alive(key)
    assert trail.of_subject(NEW)[0].action == "account.roles"
