"""Errors with a stable code. The code is the contract; the Swedish text for it lives in `backend/texts/errors.toml`."""


class CodedError(Exception):
    """An error that a caller is told about.

    `code` is stable, lowercase ASCII. `detail` is for the log and the developer and holds no draft text.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code


class UnreadableInput(CodedError):
    """A file or draft that cannot be read as what it says it is."""


class InputTooLarge(CodedError):
    """A file or draft over a stated limit."""


class WrongSettings(CodedError):
    """Settings that the service refuses to start with."""


class WrongPolicy(CodedError):
    """A policy file that cannot be used."""


class NotSignedIn(CodedError):
    """No token, or one that is not valid."""


class ClaimsNeeded(NotSignedIn):
    """The sign-in must be renewed with more claims (Conditional Access). `claims` is JSON, to be handed on as it is."""

    def __init__(self, code: str, detail: str = "", *, claims: str) -> None:
        super().__init__(code, detail)
        self.claims = claims


class Forbidden(CodedError):
    """Signed in, but not allowed."""


class Unavailable(CodedError):
    """Something that the service needs does not answer now. `retry_after` is in seconds."""

    def __init__(self, code: str, detail: str = "", *, retry_after: int) -> None:
        super().__init__(code, detail)
        self.retry_after = retry_after


class NotFound(CodedError):
    """Something that is not there, or is not the caller's."""


class LimitReached(CodedError):
    """The caller has done this often enough for now. `retry_after` is in seconds."""

    def __init__(self, code: str, detail: str = "", *, retry_after: int) -> None:
        super().__init__(code, detail)
        self.retry_after = retry_after


class Refused(CodedError):
    """What is asked for does not go together with how things stand now (HTTP 409)."""
