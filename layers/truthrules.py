"""Questions that several layers' `truth.py` ask of the world, each with its findings.

Every rule takes the feature first and yields nothing when all is well. A rule whose
comparison data is not built yields one NOTE (`truth-unchecked`) instead of passing silently.
Degrees are CRS84 (lon, lat); a feature cut at 180° is compared part by part, and a tolerance
in metres is not carried across 180°.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.clean import polygons_of
from geo.feature import Feature
from geo.finding import Finding, Place, Severity
from geo.geodesic import Point, area_m2, distance_m, length_m
from layers.errors import LayersError
from layers.ruletable import finding
from layers.world import World

_LENGTH = ("truth-length", "length", "km", 1e3)
_AREA = ("truth-area", "area", "km²", 1e6)


def inside(
    feature: Feature, world: World, alpha2: str, *, tolerance_m: float = 0.0
) -> Iterator[Finding]:
    """Nothing, when the feature lies in the country or at most ``tolerance_m`` outside it.

    The tolerance stands for the generalisation of the country's outline, not for the feature.
    """
    shape = feature.geometry
    if shape is None:
        return
    try:
        country = world.country(alpha2)
    except LayersError as error:
        yield unchecked("truth-inside", error, feature)
        return
    if country.covers(shape):
        return
    off, where = _furthest(shapely.difference(shape, country), country)
    if off > tolerance_m:
        yield finding(
            "truth-inside",
            f"reaches {off:,.0f} m outside {alpha2.upper()} (tolerated: {tolerance_m:,.0f} m)",
            feature=feature.id,
            place=_place(where),
        )


def touches_no_land(
    feature: Feature, world: World, *, tolerance_m: float = 0.0
) -> Iterator[Finding]:
    """Nothing, when no more than ``tolerance_m`` of the line (or point) lies on land."""
    shape = feature.geometry
    if shape is None:
        return
    try:
        pieces = [shapely.intersection(shape, part) for part in world.land_near(shape)]
    except LayersError as error:
        yield unchecked("truth-land", error, feature)
        return
    dry = [piece for piece in pieces if not piece.is_empty]
    metres = sum(length_m(piece) for piece in dry)
    if dry and metres >= tolerance_m:
        spot = max(dry, key=length_m).representative_point()
        yield finding(
            "truth-land",
            f"{metres:,.0f} m of it lie on land, in {len(dry)} place(s)",
            feature=feature.id,
            place=_place((spot.x, spot.y)),
        )


def reaches(
    feature: Feature, goal: BaseGeometry, what: str, *, within_m: float
) -> Iterator[Finding]:
    """Nothing, when the feature comes within ``within_m`` of ``goal``; ``what`` names the goal."""
    if feature.geometry is None:
        return
    gap, where = _closest(feature.geometry, goal)
    if gap > within_m:
        yield finding(
            "truth-reach",
            f"ends {gap:,.0f} m from {what} (tolerated: {within_m:,.0f} m)",
            feature=feature.id,
            place=_place(where),
        )


def size_agrees(
    feature: Feature, cited: float, *, tolerance: float, explained: str = ""
) -> Iterator[Finding]:
    """Nothing, when the size is within ``tolerance`` (a share, 0.01 = 1 %) of the cited one.

    The size of areas is their geodesic area in m², that of lines their geodesic length in m. A
    difference that ``explained`` accounts for is reported as a NOTE with that sentence.
    """
    if feature.geometry is None:
        return
    areas = bool(polygons_of(feature.geometry))
    rule, what, unit, scale = _AREA if areas else _LENGTH
    computed = area_m2(feature.geometry) if areas else length_m(feature.geometry)
    share = computed / cited - 1
    if abs(share) <= tolerance:
        return
    message = (
        f"computed {what} {computed / scale:,.2f} {unit}, cited {cited / scale:,.2f} {unit} "
        f"({share:+.2%}, tolerated ±{tolerance:.2%})"
    )
    found = finding(rule, message, feature=feature.id)
    if explained:
        found = replace(found, severity=Severity.NOTE, advice=explained)
    yield found


def on_circle(
    feature: Feature,
    points: Iterable[Point],
    centre: Point,
    radius_m: float,
    *,
    tolerance_m: float,
) -> Iterator[Finding]:
    """A finding for each point that is not ``radius_m`` from ``centre``, for 200 M arcs."""
    for point in points:
        off = distance_m(centre, point) - radius_m
        if abs(off) > tolerance_m:
            yield finding(
                "truth-arc",
                f"lies {off:+,.1f} m off the circle of {radius_m:,.0f} m (±{tolerance_m:g} m)",
                feature=feature.id,
                place=_place(point),
            )


def has_vertex(feature: Feature, point: Point, what: str) -> Iterator[Finding]:
    """Nothing, when ``point`` (lon, lat) is a vertex of the feature, to 5 mm, also at 180°.

    For tripoints and other points that several features and files share.
    """
    shape = feature.geometry
    vertices = np.empty((0, 2)) if shape is None else shapely.get_coordinates(shape)
    near = vertices[np.abs(vertices[:, 1] - point[1]) < 0.5]
    gap = min((distance_m(point, (float(x), float(y))) for x, y in near), default=math.inf)
    if gap > 0.005:
        nearest = f"the nearest lies {gap:,.2f} m away" if gap < math.inf else "none is near"
        yield finding(
            "truth-shared-point",
            f"has no vertex at {what} {point}; {nearest}",
            feature=feature.id,
            place=_place(point),
        )


def same_point(named: Mapping[str, Point], what: str) -> Iterator[Finding]:
    """A finding for each file whose value of a shared point differs from the first file's."""
    spots = list(named.items())
    for name, point in spots[1:]:
        first, value = spots[0]
        if point != value:
            yield finding(
                "truth-shared-point",
                f"{what} is {point} in {name} and {value} in {first}",
                feature=name,
                place=_place(point),
            )


def unchecked(rule: str, reason: Exception | str, feature: Feature | None = None) -> Finding:
    """The NOTE that a rule could not be asked, and why."""
    message = f"not checked ({rule}): {reason}"
    return finding("truth-unchecked", message, feature=feature.id if feature else "")


def _furthest(outside: BaseGeometry, country: BaseGeometry) -> tuple[float, Point]:
    """The vertex of ``outside`` that lies furthest from the country, and how far in metres."""
    spots = shapely.get_coordinates(outside)
    flat, scale = _flattened(country, spots)
    away = shapely.distance(shapely.points(spots * scale), flat)
    far = shapely.points(spots[int(np.argmax(away))] * scale)
    return _gap(far, flat, scale)


def _closest(shape: BaseGeometry, goal: BaseGeometry) -> tuple[float, Point]:
    """Metres from ``shape`` to ``goal``, and the point of ``shape`` where they come closest."""
    flat, scale = _flattened(shape, shapely.get_coordinates(shape))
    return _gap(flat, shapely.transform(goal, lambda xy: xy * scale), scale)


def _flattened(shape: BaseGeometry, around: np.ndarray) -> tuple[BaseGeometry, np.ndarray]:
    """``shape`` with longitudes shrunk by the cosine of the latitude of the points ``around``.

    What is nearest on that plane is nearest on the ground, up to 1 % within some 100 km.
    """
    scale = np.array([max(math.cos(math.radians(float(around[:, 1].mean()))), 1e-6), 1.0])
    return shapely.transform(shape, lambda xy: xy * scale), scale


def _gap(start: BaseGeometry, end: BaseGeometry, scale: np.ndarray) -> tuple[float, Point]:
    a, b = shapely.get_coordinates(shapely.shortest_line(start, end)) / scale
    near = (float(a[0]), float(a[1]))
    return distance_m(near, (float(b[0]), float(b[1]))), near


def _place(point: Sequence[float]) -> Place:
    if not all(map(math.isfinite, point[:2])):
        return Place()
    return Place(lon=float(point[0]), lat=float(point[1]))
