"""The outlines of the IMO measures, which meet each other vertex for vertex.

A two-way route ends at a round precautionary area with the arc of that circle. The corners that
NOAA publishes there lie 12 to 30 m outside the geodesic circle of 4 M, so each is moved along its
side of the route until it lies on the circle; the arc between two of them is drawn once and
serves the route and the area, so that there is neither a gap nor an overlap.
"""

from itertools import pairwise

from geo.geodesic import (
    METRES_PER_M,
    Point,
    arc,
    azimuth,
    densify,
    destination,
    distance_m,
)

RADIUS_M = 4 * METRES_PER_M
ARC_STEP_M = 250.0  # the chord leaves a circle of 4 M by about 1 m

Row = dict[str, str]


def position(row: Row) -> Point:
    """The (lon, lat) of a row of imo_points.csv."""
    return float(row["lon"]), float(row["lat"])


class Rings:
    """The closed ring of each measure by its id; ``points`` are the rows of each."""

    def __init__(self, points: dict[str, list[Row]]) -> None:
        self._points = points
        self._centres = {
            key: position(rows[0]) for key, rows in points.items() if rows[0]["role"] == "centre"
        }
        self._corners = {key: self._settled(rows) for key, rows in points.items()}
        self._mouths: dict[str, list[list[Point]]] = {key: [] for key in self._centres}
        for key, rows in points.items():
            for (first, a), (second, b) in _edges(rows, self._corners[key]):
                if _is_mouth(first, second):
                    self._mouths[first["circle"]].append(self._mouth(first["circle"], a, b))

    def __getitem__(self, key: str) -> list[Point]:
        if key in self._centres:
            return self._circle(key)
        ring: list[Point] = []
        for (first, a), (second, b) in _edges(self._points[key], self._corners[key]):
            mouth = _is_mouth(first, second)
            ring += (self._mouth(first["circle"], a, b) if mouth else densify(a, b))[:-1]
        return [*ring, ring[0]]

    def _settled(self, rows: list[Row]) -> list[Point]:
        """The vertices of a measure, those at a circle moved along their side onto it."""
        settled = []
        for number, row in enumerate(rows):
            if row["role"] != "mouth":
                settled.append(position(row))
                continue
            before, after = rows[number - 1], rows[(number + 1) % len(rows)]
            beside = before if _is_mouth(row, after) else after
            centre = self._centres[row["circle"]]
            settled.append(_onto_circle(position(row), position(beside), centre))
        return settled

    def _mouth(self, circle: str, a: Point, b: Point) -> list[Point]:
        """The arc from ``a`` to ``b``, from the same numbers whichever way it is asked for."""
        low, high = sorted((a, b))
        points = arc(low, high, self._centres[circle], RADIUS_M, ARC_STEP_M)
        return points if low == a else points[::-1]

    def _circle(self, key: str) -> list[Point]:
        """The circle, clockwise: the mouths of its routes, and arcs in the gaps between them."""
        centre = self._centres[key]
        mouths = sorted(
            (_clockwise(mouth, centre) for mouth in self._mouths[key]),
            key=lambda mouth: azimuth(centre, mouth[0]),
        )
        ring: list[Point] = []
        for mouth, following in pairwise([*mouths, mouths[0]]):
            ring += [*mouth[:-1], *_long_arc(mouth[-1], following[0], centre)[:-1]]
        return [*ring, ring[0]]


def _edges(
    rows: list[Row], corners: list[Point]
) -> "pairwise[tuple[tuple[Row, Point], tuple[Row, Point]]]":
    stops = list(zip(rows, corners, strict=True))
    return pairwise([*stops, stops[0]])


def _is_mouth(first: Row, second: Row) -> bool:
    return first["role"] == second["role"] == "mouth" and first["circle"] == second["circle"]


def _onto_circle(corner: Point, beside: Point, centre: Point) -> Point:
    """Where the geodesic from ``beside`` through ``corner`` meets the circle, by Newton's steps."""
    bearing = (azimuth(corner, beside) + 180) % 360
    point, step = corner, 1.0
    h, moved = 1.0, 0.0
    while abs(step) > 1e-6:
        off = distance_m(centre, point) - RADIUS_M
        slope = (distance_m(centre, destination(corner, bearing, moved + h)) - RADIUS_M - off) / h
        step = -off / slope
        moved += step
        point = destination(corner, bearing, moved)
    return point


def _clockwise(mouth: list[Point], centre: Point) -> list[Point]:
    turn = (azimuth(centre, mouth[-1]) - azimuth(centre, mouth[0])) % 360
    return mouth if turn < 180 else mouth[::-1]


def _long_arc(a: Point, b: Point, centre: Point) -> list[Point]:
    """The clockwise arc from ``a`` to ``b``, which may be the long way round."""
    start = azimuth(centre, a)
    turn = (azimuth(centre, b) - start) % 360 or 360.0
    marks = [destination(centre, start + turn * n / 4, RADIUS_M) for n in range(1, 4)]
    points = [a]
    for first, second in pairwise([a, *marks, b]):
        points += arc(first, second, centre, RADIUS_M, ARC_STEP_M)[1:]
    return points
