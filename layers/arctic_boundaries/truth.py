"""What must hold of the boundaries whatever their sources say: arcs on their circles, lengths as
published, tripoints identical in every line, parts that join, and no line on dry land."""

from collections.abc import Iterator
from itertools import groupby, pairwise

import shapely

from geo.feature import Feature
from geo.finding import Finding, Severity
from geo.geodesic import METRES_PER_M, Point, distance_m, length_m
from geo.model import Figure, Vertex
from layers.collection import Collection
from layers.truthrules import has_vertex, on_circle, same_point, touches_no_land
from layers.world import World

ENDS_M = 25.0  # instruments print to the arc second, and the protocol of 1997 is 21 m off its arc
DRAWN_M = 0.05  # between the ends only our rounding to 1e-7° shows
LENGTH_SHARE = 0.005  # published lengths are rounded to whole miles or tens of kilometres
UNITS = {"km": 1000.0, "M": METRES_PER_M}

# Lines that begin at the end of a land boundary. Natural Earth's coast is generalised there.
ON_THE_COAST_M = {"no_ru_varangerfjord_2007": 2_000.0, "ca_us_beaufort_canada": 1_000.0}

SHARED: dict[str, tuple[Point, tuple[str, ...]]] = {
    "the tripoint of Greenland, Iceland and Jan Mayen": (
        (-13.26666667, 69.58333333),
        ("gl_no_janmayen_1997", "is_no_janmayen_1997", "gl_is_1997"),
    ),
    "the tripoint of the shelves in the Banana Hole": (
        (-1.69543333, 66.82104167),
        ("banana_hole_is_no_2019", "banana_hole_fo_is_2019", "banana_hole_fo_no_2019"),
    ),
    "point A of the shelf line between Iceland and Norway": (
        (-6.63859722, 67.61126111),
        ("banana_hole_is_no_2019",),
    ),
    "the join of the lines of 2007 and 2010": (
        (32.07305556, 70.27470833),
        ("no_ru_varangerfjord_2007", "no_ru_barents_2010", "no_ru_former_disputed_area"),
    ),
    "the initial point of the line of 1990": (
        (-168.97694444, 65.5),
        ("us_ru_1990_1_35", "us_ru_1990_meridian_1_2"),
    ),
    "the join of the lines of 1995 and 1997": (
        (-13.62955556, 69.90955556),
        ("gl_no_janmayen_1995", "gl_no_janmayen_1997"),
    ),
    "the beginning of Iceland's arc": (
        (-12.15666667, 69.57833333),
        ("is_no_janmayen_1980", "is_no_janmayen_1997"),
    ),
    "the end of the line of 1979": (
        (-0.48869444, 64.43281667),
        ("no_fo_1979", "banana_hole_fo_no_2019"),
    ),
    "the end of the line of 1973": (
        (-60.0, 82.21666667),
        ("ca_gl_1973_north", "ca_gl_lincoln_sea"),
    ),
}


def truth(collection: Collection, world: World) -> Iterator[Finding]:
    """The findings of every rule; none when all is well."""
    for feature in collection.features:
        yield from _drawn_through_its_points(feature)
        yield from _arcs(feature)
        allowed = ON_THE_COAST_M.get(feature.id, 0.0)
        yield from touches_no_land(feature, world, tolerance_m=allowed)
    yield from _shared(collection)
    yield from _joined(collection)
    yield from _lengths(collection)


def _drawn_through_its_points(feature: Feature) -> Iterator[Finding]:
    for vertex in feature.properties.vertices:
        yield from has_vertex(feature, _written(_at(vertex)), f"point {vertex.n}")


def _arcs(feature: Feature) -> Iterator[Finding]:
    """The two printed ends and every point drawn between them lie on the stated circle."""
    for a, b in pairwise(feature.properties.vertices):
        if a.centre and a.radius_m:
            ends = (_at(a), _at(b))
            yield from on_circle(feature, ends, a.centre, a.radius_m, tolerance_m=ENDS_M)
            inner = _between(feature, *ends)
            yield from on_circle(feature, inner, a.centre, a.radius_m, tolerance_m=DRAWN_M)


def _between(feature: Feature, a: Point, b: Point) -> list[Point]:
    points = [(float(x), float(y)) for x, y in shapely.get_coordinates(feature.geometry)]
    return points[points.index(_written(a)) + 1 : points.index(_written(b))]


def _shared(collection: Collection) -> Iterator[Finding]:
    for what, (point, ids) in SHARED.items():
        named = {"the list of shared points": point}
        for name in ids:
            feature = collection.by_id[name]
            listed = [_at(vertex) for vertex in feature.properties.vertices]
            named[name] = min(listed, key=lambda spot: distance_m(spot, point))
            yield from has_vertex(feature, _written(point), what)
        yield from same_point(named, what)


def _joined(collection: Collection) -> Iterator[Finding]:
    """The parts of one line follow each other without a gap."""
    drawn = [feature for feature in collection.features if feature.geometry is not None]
    for _, parts in groupby(drawn, key=_line):
        for before, after in pairwise(parts):
            end, start = before.properties.vertices[-1], after.properties.vertices[0]
            if (end.n, _at(end)) != (start.n, _at(start)):
                yield _wrong(
                    after, f"begins at point {start.n}, but {before.id} ends at point {end.n}"
                )


def _line(feature: Feature) -> str:
    ends = [feature.properties.vertices[n].n for n in (0, -1)]
    return feature.id.removesuffix("_".join(["", *ends]).lower())


def _lengths(collection: Collection) -> Iterator[Finding]:
    """Published lengths of lines against those of what is drawn, taken together."""
    metres: dict[str, float] = {}
    cited: dict[str, tuple[Feature, Figure]] = {}
    for feature in collection.features:
        for figure in feature.properties.figures:
            if feature.geometry and figure.origin == "published" and figure.unit in UNITS:
                metres[figure.what] = metres.get(figure.what, 0.0) + length_m(feature.geometry)
                cited[figure.what] = feature, figure
    for what, (feature, figure) in cited.items():
        share = metres[what] / (figure.value * UNITS[figure.unit]) - 1
        if abs(share) > LENGTH_SHARE:
            yield _wrong(feature, f"{what}: ours differs by {share:+.2%} from the published length")


def _wrong(feature: Feature, message: str) -> Finding:
    advice = "compare points/*.csv and lines.toml with the sources"
    return Finding("truth-boundary", message, advice, Severity.ERROR, feature=feature.id)


def _at(vertex: Vertex) -> Point:
    assert vertex.lon is not None and vertex.lat is not None
    return vertex.lon, vertex.lat


def _written(point: Point) -> Point:
    """The point as GeoJSON carries it, with seven decimals."""
    return round(point[0], 7), round(point[1], 7)
