"""The demonstration's courier: nothing leaves the machine, the outbox page shows what would have."""

from backend.domain.notices import Letter


class DemoCourier:
    """Takes every letter."""

    def deliver(self, letter: Letter) -> None:
        """See Courier."""
