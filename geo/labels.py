"""Labels placed without overlap, once for all tiles of a zoom level, in global pixels.

Greedy in a total order: the same candidates give the same labels on every machine, in whatever
order they come, and every tile draws its part of the same labels.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from geo.boxgrid import Box, BoxGrid
from geo.candidate import Candidate
from geo.labelspots import Spot, dot_box, ink_box, spots, wording
from geo.scene import Text, TextPath
from geo.shaping import Fonts

__all__ = ["Candidate", "Placed", "PlacedLabel", "place"]

_CELL, _TILE = 64.0, 256.0  # px; of the grid for collisions, and of that for questions


@dataclass(frozen=True, eq=False, slots=True)
class PlacedLabel:
    """A label where it stands. ``box`` holds all its ink: letters, halo and dot, in global px."""

    candidate: Candidate
    spot: Spot
    box: Box

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes that no other label may enter."""
        return self.spot.boxes

    def items(self, origin: tuple[float, float] = (0.0, 0.0)) -> list[Text | TextPath]:
        """What to draw, relative to ``origin`` in global px; the dot is left to the caller."""
        given, (left, top) = self.candidate, origin
        if self.spot.path is not None:
            path = self.spot.path - (left, top)
            text = " ".join(given.text.split())
            return [TextPath(path, text, given.type, given.color, given.halo, given.opacity)]
        return [
            Text(
                x=x - left,
                y=y - top,
                text=text,
                type=given.type,
                color=given.color,
                anchor=self.spot.anchor,
                halo=given.halo,
                opacity=given.opacity,
            )
            for x, y, text in self.spot.lines
            if text
        ]


class Placed:
    """All labels that found a place, in order of priority."""

    def __init__(self, labels: Iterable[PlacedLabel], wrap: float | None = None) -> None:
        self.labels = tuple(labels)
        self._wrap = wrap
        self._grid = BoxGrid(_TILE)
        for label in self.labels:
            self._grid.add(label.box)

    def within(self, window: Box) -> list[PlacedLabel]:
        """Every label whose ink touches the window (left, top, right, bottom in global px).

        Where the plane repeats, labels come from beyond its edges too, moved by its width.
        """
        return [
            label if not shift else _moved(label, shift)
            for shift in ((0.0, -self._wrap, self._wrap) if self._wrap else (0.0,))
            for label in (self.labels[n] for n in self._grid.within(_shifted(window, -shift)))
        ]


def place(
    candidates: Iterable[Candidate],
    fonts: Fonts,
    wrap: float | None = None,
    reserved: Iterable[Box] = (),
) -> Placed:
    """Labels that overlap no other, the most important first.

    ``wrap`` is the width in px after which the plane repeats (a world in Mercator). A label with a
    letter that no font has is left out. No label enters a ``reserved`` box.
    """
    ordered = sorted(candidates, key=lambda candidate: candidate.rank)
    taken = _Taken(wrap)
    for box in reserved:
        taken.add(box)
    for candidate in ordered:
        if candidate.fixed and candidate.dot:
            taken.add(dot_box(candidate))
    return Placed(_placed(ordered, fonts, taken), wrap)


class _Taken:
    """Boxes that are no longer free, beyond the edges of a plane that repeats too."""

    def __init__(self, wrap: float | None) -> None:
        self._grid = BoxGrid(_CELL)
        self._wrap = wrap

    def add(self, box: Box) -> None:
        self._grid.add(box)
        if self._wrap and box[0] < 0:
            self._grid.add(_shifted(box, self._wrap))
        if self._wrap and box[2] > self._wrap:
            self._grid.add(_shifted(box, -self._wrap))

    def free(self, boxes: Iterable[Box]) -> bool:
        return not any(self._grid.touches(box) for box in boxes)


def _placed(ordered: Iterable[Candidate], fonts: Fonts, taken: _Taken) -> Iterator[PlacedLabel]:
    for candidate in ordered:
        if not candidate.fixed and candidate.dot and not taken.free([dot_box(candidate)]):
            continue  # known before the text is shaped, which takes far longer
        words = wording(candidate, fonts)
        if words is None:
            continue
        spot = next((spot for spot in spots(candidate, words) if taken.free(spot.boxes)), None)
        if spot is not None:
            for box in spot.boxes:
                taken.add(box)
            yield PlacedLabel(candidate, spot, ink_box(candidate, spot, words))


def _shifted(box: Box, east: float) -> Box:
    return box[0] + east, box[1], box[2] + east, box[3]


def _moved(label: PlacedLabel, east: float) -> PlacedLabel:
    given = replace(label.candidate, x=label.candidate.x + east)
    return PlacedLabel(given, label.spot.moved(east), _shifted(label.box, east))
