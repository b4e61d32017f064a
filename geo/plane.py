"""The planes in which geometry is kept for drawing: three, of which every grid is a similarity.

EPSG 3995, 3413, 3996, 5041, 5936 to 5940 and 32661 are one polar stereographic plane up to scale,
rotation and shift, and EPSG 3571 to 3576 one equal-area plane up to rotation. So each family needs
one store, with the meridian of Greenwich pointing down and 180° on the upward half of the y axis.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from geo.errors import NotSimilar

if TYPE_CHECKING:
    from pyproj import Transformer

Points = npt.NDArray[np.float64]  # shape (n, 2)

RADIUS = 6378137.0  # of the sphere of EPSG:3857
WORLD = 2 * np.pi * RADIUS  # metres that Mercator takes for a turn around the earth
TURN = 2**30  # quanta of Mercator in a turn: what moves across 180° stays on the lattice
EXACT_M = 1e-6
_STEEPEST = 89.9  # Mercator has no pole; what lies beyond is drawn here
_CRS84 = "OGC:CRS84"
_SAMPLE = np.array([[0, 70], [90, 75], [180, 80], [-90, 60], [33, 85], [-140, 50.0]])


@dataclass(frozen=True)
class Plane:
    """A plane in metres, x to the right and y up.

    ``south`` and ``north`` are the latitudes beyond which nothing is kept, ``crs`` what pyproj
    knows the plane by. ``polar`` planes hold the north pole at (0, 0) and have no seam. Kept
    geometry lies on a lattice of ``quantum`` metres, so that shared edges are the same numbers.
    """

    id: str
    crs: str
    south: float
    north: float
    polar: bool
    quantum: float

    @property
    def turn(self) -> int:
        """Quanta from one side of the world to the other; 0 in a polar plane, which has none."""
        return 0 if self.polar else TURN

    def forward(self, lonlat: Points) -> Points:
        """Degrees, shape (n, 2), to metres.

        In Mercator longitudes may run on past ±180, and latitudes beyond ±89.9 are drawn there.
        In a polar plane 180° has x = 0 exactly, from either side, and the pole is (0, 0).
        """
        if not self.polar:
            lat = np.radians(np.clip(lonlat[:, 1], -_STEEPEST, _STEEPEST))
            y = np.arcsinh(np.tan(lat))  # Snyder 1987, equation 7-2
            flat: Points = np.column_stack([np.radians(lonlat[:, 0]), y]) * RADIUS
            return flat
        x, y = self._transformer.transform(lonlat[:, 0], lonlat[:, 1])
        x = np.where(np.mod(lonlat[:, 0], 180) == 0, 0.0, x)
        at_pole = (lonlat[:, 1] >= 90)[:, None]
        return np.where(at_pole, 0.0, np.column_stack([x, y]))

    def inverse(self, points: Points) -> Points:
        """Metres to degrees; in Mercator longitudes run on past ±180. The pole has longitude 0."""
        if not self.polar:
            lon, y = points[:, 0] / RADIUS, points[:, 1] / RADIUS
            round_: Points = np.degrees(np.column_stack([lon, np.arctan(np.sinh(y))]))
            return round_
        back = self._transformer.transform(points[:, 0], points[:, 1], direction="INVERSE")
        at_pole = (points == 0).all(axis=1)[:, None]
        return np.where(at_pole, [0.0, 90.0], np.column_stack(back))

    @cached_property
    def _transformer(self) -> "Transformer":
        return _transformer(self.crs)


MERCATOR = Plane("mercator", "EPSG:3857", -85.06, 85.06, polar=False, quantum=WORLD / TURN)
STEREOGRAPHIC = Plane(
    "stereographic",
    "+proj=stere +lat_0=90 +lat_ts=71 +lon_0=0 +datum=WGS84 +units=m",
    south=-35.0,  # the corners of UPSArcticWGS84Quad
    north=90.0,
    polar=True,
    quantum=1 / 32,
)
EQUAL_AREA = Plane(
    "equal_area",
    "+proj=laea +lat_0=90 +lon_0=0 +datum=WGS84 +units=m",
    south=-60.0,
    north=90.0,
    polar=True,
    quantum=1 / 32,
)
PLANES = {plane.id: plane for plane in (MERCATOR, STEREOGRAPHIC, EQUAL_AREA)}


def similarity(plane: Plane, crs: str) -> tuple[complex, complex]:
    """``k`` and ``t`` such that a point of ``crs`` is k * (x + iy) + t of the same in ``plane``.

    ``crs`` is anything that pyproj reads; its axes are taken as easting, northing. Raises
    `NotSimilar` when the two differ by more than a micrometre at any of six points.
    """
    there = _complex(_transformer(crs).transform)
    here = plane.forward(_SAMPLE) @ np.array([1, 1j])
    unknown = np.column_stack([here, np.ones(len(here))])
    (k, t), *_ = np.linalg.lstsq(unknown, there, rcond=None)
    error = float(np.abs(k * here + t - there).max())
    if not error <= EXACT_M:
        raise NotSimilar(
            f"{crs} is no similarity of the plane {plane.id}: points differ by {error:.3g} m; "
            f"use a projection of the same family"
        )
    return complex(k), complex(t)


def _complex(transform: Callable[..., tuple[Points, Points]]) -> npt.NDArray[np.complex128]:
    x, y = transform(_SAMPLE[:, 0], _SAMPLE[:, 1])
    return np.asarray(x + 1j * np.asarray(y), dtype=np.complex128)


def _transformer(crs: str) -> "Transformer":
    from pyproj import Transformer  # noqa: PLC0415  # not before something is to be projected

    return Transformer.from_crs(_CRS84, crs, always_xy=True)
