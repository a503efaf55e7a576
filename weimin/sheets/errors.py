"""Why a file is not read."""


class FileRefused(ValueError):
    """The file as a whole cannot be taken; str() is the sentence for the person."""
