"""Lambert's conformal conic projection, for a country or a region in middle latitudes.

On WGS 84 through PROJ (EPSG method 9802; Snyder, Map Projections, 1987, pages 104 to 110). Angles
are true, and lengths along the two standard parallels.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from pyproj import Proj

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Conic:
    """The projection with ``lon0`` upright and two standard ``parallels``, degrees."""

    lon0: float
    parallels: tuple[float, float]

    @property
    def proj(self) -> str:
        """The projection in the words of PROJ."""
        south, north = self.parallels
        return (
            f"+proj=lcc +lon_0={self.lon0:g} +lat_1={south:g} +lat_2={north:g} "
            f"+lat_0={(south + north) / 2:g} +datum=WGS84 +units=m"
        )

    @cached_property
    def _formulas(self) -> Proj:
        return Proj(self.proj)

    def forward(self, lonlat: Numbers) -> Numbers:
        """Degrees, shape (n, 2), to metres, shape (n, 2). Longitudes may leave ±180."""
        return np.column_stack(self._formulas(lonlat[:, 0], lonlat[:, 1]))

    def inverse(self, metres: Numbers) -> Numbers:
        """Metres to degrees, lon within ±180."""
        return np.column_stack(self._formulas(metres[:, 0], metres[:, 1], inverse=True))


def standard_parallels(south: float, north: float) -> tuple[float, float]:
    """Parallels a sixth of the range inside its edges, in whole or half degrees.

    The rule is Deetz and Adams' (Snyder, page 99): lengths then err about as much in the middle as
    at the edges. For a low range the two parallels may be one.
    """
    inset = (north - south) / 6
    unit = 1.0 if north - south > 3 else 0.5 if north - south > 1 else 0.1
    low, high = south + inset, north - inset
    return round(round(low / unit) * unit, 1), round(round(high / unit) * unit, 1)
