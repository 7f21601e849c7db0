"""What can go wrong with an engine or a source, in words for the user."""

from lang.errors import YuqiaoError


class EngineError(YuqiaoError):
    """An engine gave no translation; `retry` says whether asking again may help."""

    def __init__(self, message: str, hint: str = "", *, retry: bool = False) -> None:
        super().__init__(message, hint)
        self.retry = retry


class SourceError(YuqiaoError):
    """A recogniser's stream cannot be had."""
