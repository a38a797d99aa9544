"""What can go wrong with backups; told at the command line alone."""

from __future__ import annotations

from forms.marking import N_
from survey_app.actions.errors import ActionError


class DirectoryInUse(ActionError):
    """A backup is not laid over something that is there."""

    sentence = N_(
        "The data directory %(directory)s is not empty. Name one that is empty or not there, or "
        "move this one away first."
    )


class BackupInside(ActionError):
    """It would lie among what is backed up."""

    sentence = N_(
        "A backup cannot lie in %(directory)s, for the next one would hold it too. Write it "
        "elsewhere, best on another disk."
    )


class BackupDamaged(ActionError):
    """It is not what was written, or no backup at all."""

    sentence = N_(
        "%(file)s is not a whole backup: something in it is missing or was changed. It "
        "cannot be restored: take another one."
    )


class BackupLocked(ActionError):
    """It is encrypted, and the key does not fit."""

    sentence = N_(
        "%(file)s cannot be read without its key. Name the file of the age key that it was "
        "encrypted for with --identity."
    )


class BackupOfOther(ActionError):
    """A later release wrote it in another form."""

    sentence = N_("%(file)s was written by release %(release)s. Restore it with that release.")


class RecipientInvalid(ActionError):
    """A key to encrypt for that is none."""

    sentence = N_("%(recipient)s is not a public key of age. Such a key begins with age1.")


class DatabaseNotCopied(ActionError):
    """The database's own program is missing, or refuses."""

    sentence = N_("The database could not be copied: %(reason)s.")
