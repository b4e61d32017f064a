"""Boxes in a grid of cells, so that a box is compared only with its neighbours."""

from collections import defaultdict
from collections.abc import Iterator

Box = tuple[float, float, float, float]  # left, top, right, bottom

_MANY = 4_096  # cells; a larger question is answered by looking at every box


class BoxGrid:
    """Boxes by number, in the order in which they were added."""

    def __init__(self, cell: float) -> None:
        self._cell = cell
        self._boxes: list[Box] = []
        self._cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)

    def add(self, box: Box) -> None:
        for cell in self._over(box):
            self._cells[cell].append(len(self._boxes))
        self._boxes.append(box)

    def touches(self, box: Box) -> bool:
        """Whether any box overlaps this one; sharing an edge is not overlapping."""
        return any(
            overlap(self._boxes[number], box)
            for cell in self._over(box)
            for number in self._cells.get(cell, ())
        )

    def within(self, box: Box) -> list[int]:
        """The numbers of all boxes that overlap this one, ascending."""
        columns, rows = self._span(box)
        if len(columns) * len(rows) > _MANY:
            near = range(len(self._boxes))
        else:
            near = {n for cell in self._over(box) for n in self._cells.get(cell, ())}  # type: ignore[assignment]
        return sorted(number for number in near if overlap(self._boxes[number], box))

    def _over(self, box: Box) -> Iterator[tuple[int, int]]:
        columns, rows = self._span(box)
        return ((column, row) for column in columns for row in rows)

    def _span(self, box: Box) -> tuple[range, range]:
        left, top, right, bottom = (int(side // self._cell) for side in box)
        return range(left, right + 1), range(top, bottom + 1)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
