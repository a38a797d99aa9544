"""What is wrong with settings."""

from __future__ import annotations


class SettingsInvalid(Exception):
    """The server cannot start with these settings; the message says what to mend."""
