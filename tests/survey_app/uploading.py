"""Upload workbooks as a coordinator's browser does."""

from __future__ import annotations

from io import BytesIO

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forms.media import Picture
from forms.workbook import Workbook
from forms.writing import write_workbook
from tests.forms.tables import workbook_of
from tests.survey_app.conftest import token

ADDRESS = "/instruments/upload"


def book(table: str | Workbook) -> bytes:
    """Write a questionnaire as an .xlsx file."""
    target = BytesIO()
    write_workbook(workbook_of(table) if isinstance(table, str) else table, target)
    return target.getvalue()


def send(client: FlaskClient, *files: tuple[str, bytes]) -> TestResponse:
    """Post files, by name and bytes."""
    chosen = [(BytesIO(content), name) for name, content in files]
    form = {"csrf_token": token(client, ADDRESS), "files": chosen}
    return client.post(ADDRESS, data=form, content_type="multipart/form-data")


def upload(client: FlaskClient, table: str | Workbook, *pictures: Picture) -> str:
    """Upload a questionnaire that can be read, and give its draft's address."""
    beside = [(picture.name, picture.content) for picture in pictures]
    answer = send(client, ("own.xlsx", book(table)), *beside)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return answer.location or ""


def publish(client: FlaskClient, draft: str, note: str = "") -> TestResponse:
    """Press the button that publishes a draft."""
    return client.post(f"{draft}publish", data={"csrf_token": token(client, draft), "note": note})
