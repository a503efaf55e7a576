from django.core.management import CommandError


class BackupFailed(CommandError):
    """A backup cannot be made, trusted or restored; str() is the reason for the person. Nothing was changed."""
