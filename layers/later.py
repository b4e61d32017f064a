"""Features that are made when somebody first looks at one: a start may have no need of them."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import overload

from geo.feature import Feature


class Later(Sequence[Feature]):
    """What ``make`` gives, made once, whoever asks first."""

    def __init__(self, make: Callable[[], Sequence[Feature]]) -> None:
        self._make = make

    @overload
    def __getitem__(self, place: int) -> Feature: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Feature]: ...
    def __getitem__(self, place: int | slice) -> Feature | Sequence[Feature]:
        """The feature at a place, or those of a slice."""
        return self._made[place]

    def __len__(self) -> int:
        return len(self._made)

    @cached_property
    def _made(self) -> Sequence[Feature]:
        return self._make()
