from django.core.management import CommandError

from weimin.config.language import either


class BackupFailed(CommandError):
    """A backup cannot be made, trusted or restored; str() is the reason for the person. Nothing was changed."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(either(chinese, english))
