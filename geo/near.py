"""The nearest point of a line; without the machinery that finds it, so that naming it is cheap."""

from dataclasses import dataclass

from geo.position import Point


@dataclass(frozen=True, slots=True)
class Near:
    """The point of line number ``owner`` that is nearest to a position.

    ``bearing`` is that of the geodesic to it at the position, clockwise from north, 0 to 360; None
    at a pole, where every direction is south or north, and for a distance below a millimetre.
    """

    owner: int
    distance_m: float
    bearing: float | None
    point: Point
