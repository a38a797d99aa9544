"""The second factor of an account: what is kept of it, and whether a login must ask for it."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app
from flask_security import UserMixin
from sqlalchemy import JSON, String, Text
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column

# The app's configuration says by a function which accounts must have one.
DUTY = "SECOND_FACTOR_DUTY"
Duty = Callable[["SecondFactor"], bool]


class SecondFactor(UserMixin):
    """Columns as Flask-Security names them.

    Attributes:
        tf_primary_method: "authenticator" once a code of the app has been right; else None.
        tf_totp_secret: What codes are made from, sealed with a key that is not in the database.
        tf_last_counter: The time step of the last code: none is taken twice.
        mf_recovery_codes: For a lost telephone: sealed in the same way, each for one login.
    """

    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(Text)
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(JSON))

    @property
    def has_second_factor(self) -> bool:
        """Tell whether one is set up."""
        return self.tf_primary_method is not None

    @property
    def needs_second_factor(self) -> bool:
        """Tell whether a password alone lets nobody in: by duty or by choice."""
        return self.has_second_factor or self.check_tf_required_setup()

    def check_tf_required(
        self,
        tf_setup_methods: list[tuple[str, str]],
        tf_fresh: bool,  # noqa: ARG002 - Flask-Security's shape; no device is ever trusted longer
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Tell a login whether to ask for it; who has none is asked to set one up."""
        return bool(tf_setup_methods) or self.check_tf_required_setup(), tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Tell whether the account may not be without."""
        duty: Duty = current_app.config[DUTY]
        return duty(self)

    def forget_second_factor(self) -> None:
        """Take it away, for somebody who has lost both telephone and codes; passkeys go too."""
        self.webauthn.clear()
        self.tf_primary_method = self.tf_totp_secret = None
        self.tf_last_counter = self.mf_recovery_codes = None
