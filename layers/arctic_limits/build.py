"""Builds the layer: every edge of the one construction, by what it is and what it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.geodesic import length_m
from geo.polar import to_degrees, to_space
from geo.reach import nearest
from layers.arctic_zones.construction import Construction, construction
from layers.arctic_zones.origins import origins
from layers.arctic_zones.places import LAND, OUTSIDE, places
from layers.arctic_zones.shapes import line_of
from layers.facts import Facts

Labels = npt.NDArray[np.str_]
Key = tuple[str, str, str, str]  # both sides, kind, source


@dataclass(frozen=True)
class Known:
    """What the features say from which lines and arcs come."""

    features: dict[str, Feature]
    points: dict[str, list[tuple[str, npt.NDArray[np.float64]]]]  # of each state, by list


def build(facts: Facts) -> Iterator[Feature]:
    """A feature for each pair of neighbours and each line or list of base points between them."""
    made = construction()
    known = _known(facts)
    told = facts.tree("limits.toml")
    for (one, other, kind, source), shape in sorted(_groups(made, known).items()):
        yield _feature(facts, told, known, (one, other, kind, source), line_of(made, shape))
    zones = {zone.id: zone for zone in facts.layer("arctic_zones")}
    for name, shape in sorted(_coasts(made).items()):
        yield _coast(facts, told["coast"], zones[name], line_of(made, shape))


def _known(facts: Facts) -> Known:
    layers = ("arctic_boundaries", "arctic_base_points")
    features = {one.id: one for layer in layers for one in facts.layer(layer)}
    points: dict[str, list[tuple[str, npt.NDArray[np.float64]]]] = {}
    for name, one in features.items():
        tags = one.properties.tags
        if tags.get("role") == "deciding":
            mine = points.setdefault(str(tags["state"]), [])
            mine.append((name, to_space(shapely.get_coordinates(one.geometry))))
    return Known(features, points)


def _groups(made: Construction, known: Known) -> dict[Key, BaseGeometry]:
    """The edges between different places, joined to lines by what they are."""
    edges, names = made.edges, np.append(places(made), OUTSIDE)  # index -1 is outside
    left, right = names[edges.left], names[edges.right]
    shown = (left != right) & (left != LAND) & (right != LAND)
    ends, left, right = edges.ends[shown], left[shown], right[shown]
    kinds, sources = _sources(made, ends, known)
    low, high = np.where(left < right, left, right), np.where(left < right, right, left)
    grouped: dict[Key, list[int]] = {}
    for n, key in enumerate(zip(low, high, kinds, sources, strict=True)):
        grouped.setdefault((str(key[0]), str(key[1]), key[2], key[3]), []).append(n)
    return {key: _merged(ends[some]) for key, some in grouped.items()}


def _coasts(made: Construction) -> dict[str, BaseGeometry]:
    """What each zone has for a coast: its edges towards land."""
    edges, names = made.edges, np.append(places(made), OUTSIDE)
    left, right = names[edges.left], names[edges.right]
    wet = np.where(left == LAND, right, left)
    shown = (left != right) & ((left == LAND) | (right == LAND)) & (wet != OUTSIDE)
    return {str(name): _merged(edges.ends[shown & (wet == name)]) for name in np.unique(wet[shown])}


def _merged(ends: npt.NDArray[np.float64]) -> BaseGeometry:
    """Stretches joined end to end, in an order that depends on their places alone."""
    merged = shapely.line_merge(shapely.MultiLineString(list(ends)))
    return shapely.normalize(merged)


def _sources(
    made: Construction, ends: npt.NDArray[np.float64], known: Known
) -> tuple[list[str], list[str]]:
    """For each stretch what kind of line it lies on, and which one."""
    lines = [line for line in origins(ends, made.lines) if line is not None]
    if len(lines) != len(ends):
        raise ValueError("an edge at sea lies on none of the lines of the construction")
    kinds = [line.kind for line in lines]
    return kinds, _lists([line.source for line in lines], kinds, ends.mean(axis=1), known)


def _lists(
    sources: list[str], kinds: list[str], middles: npt.NDArray[np.float64], known: Known
) -> list[str]:
    """The source of each stretch; of an arc the list that its nearest base point stands in."""
    space, found = to_space(to_degrees(middles)), list(sources)
    for state, lists in known.points.items():
        mine = [n for n, own in enumerate(sources) if own == state and kinds[n] == "arc"]
        if mine:
            metres = np.array([nearest(space[mine], points)[0] for _, points in lists])
            for n, pick in zip(mine, metres.argmin(axis=0).tolist(), strict=True):
                found[n] = lists[pick][0]
    return found


def _feature(
    facts: Facts, told: dict[str, Any], known: Known, key: Key, shape: BaseGeometry
) -> Feature:
    one, other, kind, source = key
    says = known.features[source].properties if source in known.features else None
    text = {
        "source": source,
        "line": says.name.split(", points ")[0] if says else "",
        "state": told["names"][says.tags["state"]] if says and "state" in says.tags else "",
    }
    about = {field: value.format(**text) for field, value in told[kind].items()}
    if kind in ("treaty", "unilateral") and says:
        about["status"] = says.status
    rival = {"opposite": says.tags["opposite"]} if says and "opposite" in says.tags else {}
    inherited = _inherited(says) if says and kind not in ("continuation", "gap") else {}
    computed = kind in ("continuation", "gap", "study", "equidistance")
    length = round(length_m(shape) / 1000, 1)
    return facts.feature(
        _id(key),
        shape,
        sources=[source.id for source in says.sources] if says else ["study"],
        evidence="computed" if computed or not says else says.evidence,
        parties=says.parties if says else [],
        figures=[
            {"what": "length of this edge", "value": length, "unit": "km", "origin": "computed"}
        ],
        tags={"limit": kind, "between": f"{one} {other}", "of": source, **rival},
        **{**inherited, **about},
    )


def _coast(facts: Facts, about: dict[str, str], zone: Feature, shape: BaseGeometry) -> Feature:
    """The coast at which a zone ends, as `land` draws it."""
    length = round(length_m(shape) / 1000, 1)
    text = {field: value.format(zone=zone.properties.name) for field, value in about.items()}
    return facts.feature(
        f"{zone.id}_coast",
        shape,
        sources=["natural_earth"],
        evidence="dataset",
        parties=zone.properties.parties,
        figures=[
            {"what": "length of this edge", "value": length, "unit": "km", "origin": "computed"}
        ],
        tags={"limit": "coast", "between": " ".join(sorted([zone.id, LAND])), "of": LAND},
        **text,
    )


def _inherited(says: Any) -> dict[str, Any]:
    """What an edge takes over from the line or the list of base points that it rests on."""
    fields = ("accuracy_m", "instrument", "valid_from", "missing", "licence", "attribution")
    return {name: value for name in fields if (value := getattr(says, name)) is not None}


def _id(key: Key) -> str:
    one, other, kind, source = key
    slug = "_".join(dict.fromkeys([one, other, kind, source]))
    return slug.replace("special_area", "sa")[:80].rstrip("_").lower()
