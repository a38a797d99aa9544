"""An account's password: checked, and hashed anew when its hash has become weak."""

from __future__ import annotations

from flask import current_app
from flask_security import UserMixin, hash_password
from flask_security.utils import verify_password
from sqlalchemy import update

from survey_app.store.database import db, writing


class Rehashing(UserMixin):
    """What an account's own table has to add to Flask-Security's way with passwords."""

    def verify_and_update_password(self, password: str) -> bool:
        """Check a password; renew its hash when today's rules want a stronger one.

        Flask-Security would write in the transaction that has only read, which SQLite refuses
        while another writes. The new hash is made before the write lock is taken: it takes long.
        """
        known = self.password
        if not known or not verify_password(password, known):
            return False
        if current_app.extensions["security"].pwd_context.needs_update(known):
            unchanged = {"id": self.id, "password": known}
            stronger = update(type(self)).values(password=hash_password(password))
            with writing():
                db.session.execute(stronger.filter_by(**unchanged))
        return True
