"""A value that is read from a file while its author writes, such as the settings."""

from typing import Generic, TypeVar

Value = TypeVar("Value")


class Good(Generic[Value]):
    """The last value without a mistake that was seen twice. A value that was seen only once may come from a half-written file."""

    def __init__(self) -> None:
        self.settled: Value | None = None
        self._latest: Value | None = None

    def see(self, value: Value) -> None:
        """Take note of a value without a mistake."""
        self._latest = value

    def settle(self) -> None:
        """Settle the value that was seen last, since it was seen again."""
        self.settled = self._latest

    def fall_back(self) -> Value | None:
        """Return the settled value, in place of one with a mistake."""
        self._latest = self.settled
        return self.settled
