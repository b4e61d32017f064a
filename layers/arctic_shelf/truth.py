"""Do overlaps lie in their claims, is the pole where it should be, is all beyond 200 M?"""

from collections.abc import Iterator

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.finding import Finding, Place, Severity
from geo.geodesic import METRES_PER_M, distance_m
from geo.polar import project, to_degrees
from layers.collection import Collection
from layers.errors import LayersError
from layers.truthrules import size_agrees, unchecked
from layers.world import World

POLE = "overlap_canada_greenland_russia"
PUBLISHED = "area that Marine Regions gives"
SHARE = 0.002  # how far the generalised outlines may be off the published areas
CLOSE_M = 200 * METRES_PER_M - 20_000  # the outlines are good to 20 km
SLIVER_M2 = 1e5  # narrow necks are closed where the shapes come back to degrees
KNOWN = {
    "russia": "the source does not measure Russia's 200 M from Herald Island; the claim says so",
}
ADVICE = "correct outlines.csv, pieces.toml or overlaps.toml of the layer"


def truth(collection: Collection, world: World) -> Iterator[Finding]:
    """What does not agree within the layer, with the published areas, or with the coasts."""
    claims = [f for f in collection.features if f.properties.kind == "shelf_claim"]
    overlaps = [f for f in collection.features if f.properties.kind == "shelf_overlap"]
    flat = {one.id: project(one.geometry) for one in [*claims, *overlaps] if one.geometry}
    yield from _pole(claims, overlaps, flat)
    for overlap in overlaps:
        yield from _within(overlap, claims, flat)
        yield from _area(overlap)
    yield from _far_from_land(claims, world)


def _pole(
    claims: list[Feature], overlaps: list[Feature], flat: dict[str, BaseGeometry]
) -> Iterator[Finding]:
    """The pole in the triple overlap and in the claims of its three, and nowhere else."""
    three = str(next(f.properties.tags["claimants"] for f in overlaps if f.id == POLE)).split()
    due = {POLE} | {f.id for f in claims if f.properties.tags["claimant"] in three}
    has = {name for name, shape in flat.items() if shape.buffer(0).covers(shapely.Point(0, 0))}
    for name in sorted(due ^ has):
        word = "does not hold" if name in due else "holds"
        yield Finding("truth-pole", f"{word} the North Pole", ADVICE, feature=name)


def _within(
    overlap: Feature, claims: list[Feature], flat: dict[str, BaseGeometry]
) -> Iterator[Finding]:
    for code in str(overlap.properties.tags["claimants"]).split():
        for claim in claims:
            if claim.properties.tags["claimant"] != code:
                continue
            out = shapely.difference(flat[overlap.id].buffer(0), flat[claim.id].buffer(0))
            if out.area > SLIVER_M2:
                message = f"{out.area / 1e6:,.2f} km² of it lie outside the claim {claim.id}"
                yield Finding("truth-overlap", message, ADVICE, feature=overlap.id)


def _area(overlap: Feature) -> Iterator[Finding]:
    for figure in overlap.properties.figures:
        if figure.what == PUBLISHED and figure.note is None:  # a note: it counts more than this
            yield from size_agrees(overlap, figure.value * 1e6, tolerance=SHARE)


def _far_from_land(claims: list[Feature], world: World) -> Iterator[Finding]:
    """Not nearer than 200 M to the claimant's own coast.

    Of another state it may be nearer: east of the lines of 1990 and 2010 there are special areas.
    """
    for claim in claims:
        try:
            own = world.country(str(claim.properties.tags["claimant"]))
        except LayersError as error:
            yield unchecked("truth-200m", error, claim)
            continue
        yield from _near(claim, shapely.get_parts(own))


def _near(claim: Feature, parts: np.ndarray) -> Iterator[Finding]:
    assert claim.geometry is not None
    coast = np.array([project(part) for part in parts if part.bounds[1] > 0], dtype=object)
    tree = STRtree(coast)
    spots = shapely.points(shapely.get_coordinates(project(claim.geometry)))
    lines = shapely.shortest_line(spots, coast[tree.nearest(spots)])
    ends = to_degrees(shapely.get_coordinates(lines)).reshape(-1, 2, 2)
    metres = [distance_m((a[0], a[1]), (b[0], b[1])) for a, b in ends]
    worst = int(np.argmin(metres))
    if metres[worst] < CLOSE_M:
        lon, lat = (float(value) for value in ends[worst, 0])
        message = f"comes within {metres[worst] / METRES_PER_M:,.0f} M of the claimant's own coast"
        yield Finding(
            "truth-200m",
            message,
            KNOWN.get(claim.id, ADVICE),
            Severity.NOTE if claim.id in KNOWN else Severity.ERROR,
            feature=claim.id,
            place=Place(lon=lon, lat=lat),
        )
