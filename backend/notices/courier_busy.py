"""Not now: the mail service asks to be left alone for a while."""

from backend.domain.notices import Undelivered


class CourierBusy(Undelivered):
    """`seconds` from now there is no use in another try."""

    def __init__(self, code: str, seconds: float) -> None:
        super().__init__(code)
        self.seconds = seconds
