"""A part of a picture that is free for something."""

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Room:
    """A rectangle in px of the picture, y down."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """x and y of its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in it or on its edge."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def meets(self, other: "Room") -> bool:
        """Whether the two overlap."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)

    def lies_in(self, other: "Room") -> bool:
        """Whether all of it is within the other."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom

    def inner(self, margin: float) -> Self:
        """The room without a margin on all sides."""
        return replace(
            self,
            left=self.left + margin,
            top=self.top + margin,
            right=self.right - margin,
            bottom=self.bottom - margin,
        )
