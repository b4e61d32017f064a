"""The names on a map, and where they find a place: once for all tiles of a zoom."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

from geo.grid import Grid
from geo.labels import Candidate, Placed, place
from layers.maps import LABELS, MapSpec
from server.draw.areanames import area_names
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.frame import TILE, Frame
from server.draw.largeness import large_enough
from server.draw.linenames import line_names
from server.draw.order import drawn
from server.draw.placenames import country_names, lake_names, place_names
from server.draw.pointnames import point_names

NEAR_PX, ALIKE_PX = 12.0, 72.0  # how close one point, and one name, may come twice


def candidates(drawing: Drawing, map: MapSpec, frame: Frame, choice: Choice) -> list[Candidate]:
    """Every name that may stand in ``frame``, in px of the whole plane (`Frame.origin`)."""
    own = list(_unrepeated(_own(drawing, map, frame, choice), []))
    places = _base(drawing, map, frame, choice) if choice.base else []
    return [*own, *_unrepeated(places, own)]


def placed_in(drawing: Drawing, map: MapSpec, frame: Frame, choice: Choice) -> Placed:
    """The names of one picture: those that stand in it from the first letter to the last."""
    left, top = frame.origin
    right, bottom = left + frame.width, top + frame.height
    wanted = [
        one
        for one in candidates(drawing, map, frame, choice)
        if left <= one.x <= right and top <= one.y <= bottom
    ]
    placed = place(wanted, drawing.fonts)
    return Placed(
        one
        for one in placed.labels
        if left <= one.box[0] and top <= one.box[1] and one.box[2] <= right and one.box[3] <= bottom
    )


def placed_on(drawing: Drawing, map: MapSpec, grid: Grid, zoom: int, choice: Choice) -> Placed:
    """The names of a whole zoom of a grid; kept, since every tile draws its part of them."""
    return drawing.placed(
        (map, grid.id, zoom, choice), lambda: _place(drawing, map, grid, zoom, choice)
    )


def _place(drawing: Drawing, map: MapSpec, grid: Grid, zoom: int, choice: Choice) -> Placed:
    world = Frame.of_tile(grid, zoom, 0, 0, 2**zoom)
    wrap = None if grid.plane.polar else float(TILE * 2**zoom)
    return place(candidates(drawing, map, world, choice), drawing.fonts, wrap)


def _own(drawing: Drawing, map: MapSpec, frame: Frame, choice: Choice) -> Iterator[Candidate]:
    for collection in drawn(drawing, map, replace(choice, base=False)):
        if not large_enough(frame, collection):
            continue
        yield from point_names(drawing, collection, frame, choice)
        if collection.id in map.named:
            yield from area_names(drawing, collection, frame, choice)
        if collection.id in map.along:
            yield from line_names(drawing, collection, frame, choice)


def _base(drawing: Drawing, map: MapSpec, frame: Frame, choice: Choice) -> Iterator[Candidate]:
    shown = {one.id for one in map.shown(drawing.catalogue)}
    if LABELS not in shown or LABELS in choice.hidden:
        return
    yield from place_names(drawing, frame, choice)
    if "countries" in shown:
        yield from country_names(drawing, frame, choice)
    if "lakes" in shown:
        yield from lake_names(drawing, frame, choice)


def _unrepeated(every: Iterable[Candidate], before: list[Candidate]) -> Iterator[Candidate]:
    """Without the second name of one point, and the same name again close by."""
    said = _Said(one for one in before if one.text)
    for one in sorted(every, key=lambda candidate: candidate.priority):
        if said.again(one):
            if one.fixed:
                yield replace(one, text="")
            continue
        said.add(one)
        yield one


class _Said:
    """Names by where they stand: one is compared with those around it alone."""

    def __init__(self, names: Iterable[Candidate]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Candidate, list[str]]]] = {}
        for one in names:
            self.add(one)

    def add(self, one: Candidate) -> None:
        if cell := _cell(one):
            self._cells.setdefault(cell, []).append((one, one.text.split()))

    def again(self, one: Candidate) -> bool:
        """Whether the name says again what one close by says."""
        if not (cell := _cell(one)):
            return False
        words, (col, row) = one.text.split(), cell
        near = product((col - 1, col, col + 1), (row - 1, row, row + 1))
        return any(
            _repeats(one, other, words == theirs)
            for place in near
            for other, theirs in self._cells.get(place, ())
        )


def _cell(one: Candidate) -> tuple[int, int] | None:
    """The square of `ALIKE_PX` in which a name stands; None behind a globe."""
    if not (math.isfinite(one.x) and math.isfinite(one.y)):
        return None
    return math.floor(one.x / ALIKE_PX), math.floor(one.y / ALIKE_PX)


def _repeats(one: Candidate, other: Candidate, alike: bool) -> bool:
    far = max(abs(one.x - other.x), abs(one.y - other.y))
    if far < NEAR_PX and one.kind == other.kind == "point":
        return True
    return far < ALIKE_PX and alike
