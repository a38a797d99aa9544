"""The floor: bare Flask views that store or read one row, served and synced as the product is."""

from __future__ import annotations

import sys

import waitress
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, Text, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The one table."""


db = SQLAlchemy(model_class=Base)


class Row(Base):
    """What was posted."""

    __tablename__ = "row"

    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)


@event.listens_for(Engine, "connect")
def set_pragmas(connection, _record) -> None:
    """Make the file as durable as the product's."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def main(port: int, path: str) -> None:
    """Serve until stopped."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{path}"
    db.init_app(app)
    with app.app_context():
        db.create_all()

    @app.post("/")
    def store() -> tuple[str, int, dict[str, str]]:
        db.session.add(Row(body=str(request.form.to_dict())))
        db.session.commit()
        return "", 303, {"Location": "/thanks"}

    @app.get("/")
    def show() -> str:
        return str(db.session.get(Row, 1))

    waitress.serve(app, host="127.0.0.1", port=port, threads=8, _quiet=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
