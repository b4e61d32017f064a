"""The names on a map, and where they find a place: once for all tiles of a zoom."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from geo.grid import Grid
from geo.labels import Candidate, Placed, place
from layers.maps import LABELS, MapSpec
from server.draw.areanames import area_names
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.frame import TILE, Frame
from server.draw.linenames import line_names
from server.draw.order import drawn
from server.draw.placenames import country_names, lake_names, place_names
from server.draw.pointnames import point_names

NEAR_PX, ALIKE_PX = 12.0, 72.0  # how close one point, and one name, may come twice
EARLIEST_AT = 60.0  # degrees: the latitude at which the zoom of a layer is compared


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
        if frame.zoom_at(EARLIEST_AT) + 0.5 < collection.spec.zoom.min:
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
    said = [one for one in before if one.text]
    for one in sorted(every, key=lambda candidate: candidate.priority):
        if any(_repeats(one, other) for other in said):
            if one.fixed:
                yield replace(one, text="")
            continue
        said.append(one)
        yield one


def _repeats(one: Candidate, other: Candidate) -> bool:
    far = max(abs(one.x - other.x), abs(one.y - other.y))
    if far < NEAR_PX and one.kind == other.kind == "point":
        return True
    return far < ALIKE_PX and one.text.split() == other.text.split()
