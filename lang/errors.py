"""The exceptions of the whole project: one base, one subclass a cause. They live in the lowest layer so all can raise them."""


class YuqiaoError(Exception):
    """Something the user can act on.

    `message` says what is wrong and where; `hint` says what to do (may be empty). `exit_status` is what the command
    line returns for it.
    """

    exit_status = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        stop = "." if self.hint and self.message and self.message[-1].isalnum() else ""
        return f"{self.message}{stop} {self.hint}".strip()


class NotFoundError(YuqiaoError):
    """A thing named by the user (a concept, a file, a change) does not exist."""


class BadFileError(YuqiaoError):
    """A file cannot be read as what it should be. `line` is 1-based, 0 where no line is to blame."""

    def __init__(self, path: str, line: int, reason: str, hint: str = "") -> None:
        place = f"{path}:{line}" if line else path
        super().__init__(f"{place}: {reason}", hint)
        self.path = path
        self.line = line
        self.reason = reason


class ConflictError(YuqiaoError):
    """The change asked for contradicts what is stored."""


class LockedError(YuqiaoError):
    """Another process holds the database for too long."""


class UnsupportedError(YuqiaoError):
    """A format, engine, tag or option this version does not know."""


class SettingsError(YuqiaoError):
    """The environment or the database's settings make no sense."""
