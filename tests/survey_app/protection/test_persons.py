"""A coordinator looks a pseudonym up, takes the file, and erases the person."""

from __future__ import annotations

import re

from tests.survey_app.actions.retention.over import CODE, returned_city
from tests.survey_app.conftest import token
from tests.survey_app.returns import city

PAGE = "/data-protection/person/"


def test_from_the_pseudonym_to_a_protocol_that_names_nobody(app) -> None:
    """Two steps, the pseudonym typed twice, and never part of an address."""
    with app.app_context():
        returned_city()
    client = city.log_in(app.test_client(), city.COORDINATOR)
    key = {"csrf_token": token(client, PAGE)}
    assert "anonyma" in client.get(PAGE).text.lower()
    unknown = client.post(PAGE, data=key | {"code": "nobody"}, follow_redirects=True)
    assert 'class="notice bad"' in unknown.text
    taken = client.post(f"{PAGE}extract", data=key | {"code": CODE})
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert CODE not in taken.headers["Content-Disposition"]
    assert "Stödsamtal" in taken.text
    seen = re.search(
        r'name="seen" value="([^"]+)"', client.post(PAGE, data=key | {"code": CODE}).text
    )
    assert seen
    sent = key | {"code": CODE, "seen": seen[1], "ground": "WITHDRAWN"}
    wrong = client.post(f"{PAGE}erase", data=sent | {"typed": "X"}, follow_redirects=True)
    assert 'class="notice bad"' in wrong.text
    done = client.post(f"{PAGE}erase", data=sent | {"typed": CODE}, follow_redirects=True)
    assert done.request.path == "/data-protection/protocols/1/"
    assert CODE not in done.text
    assert city.COORDINATOR in done.text
