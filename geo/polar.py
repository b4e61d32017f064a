"""The polar plane in which the Arctic is computed: equal-area, metres, no seam and no pole.

Lambert's azimuthal equal-area projection about the north pole on WGS 84 (Snyder, Map Projections,
1987, page 187; the family of EPSG:3571 to 3576) with the meridian of Greenwich pointing down, so
180° is the upward half of the y axis. Areas are true; a straight stretch of 10 km north of 45° N
leaves the geodesic by some metres at most.
"""

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

Numbers = npt.NDArray[np.float64]

_LAEA = "+proj=laea +lat_0=90 +lon_0=0 +datum=WGS84 +units=m"
_TO = Transformer.from_crs("OGC:CRS84", _LAEA, always_xy=True)
_BACK = Transformer.from_crs(_LAEA, "OGC:CRS84", always_xy=True)
_WGS84 = Transformer.from_crs("OGC:CRS84", "EPSG:4978", always_xy=True)


def to_plane(points: Numbers) -> Numbers:
    """Degrees, shape (n, 2) as lon, lat, to metres in the plane, shape (n, 2)."""
    return np.column_stack(_TO.transform(points[:, 0], points[:, 1]))


def point_in_plane(at: tuple[float, float]) -> tuple[float, float]:
    """`to_plane` for one point, for which arrays take five times as long."""
    x, y = _TO.transform(*at)
    return float(x), float(y)


def to_degrees(points: Numbers) -> Numbers:
    """Metres in the plane to degrees, lon within ±180; the pole itself has longitude 0."""
    return np.column_stack(_BACK.transform(points[:, 0], points[:, 1]))


def project(geometry: BaseGeometry) -> BaseGeometry:
    """A geometry in degrees, whichever way it is cut at 180°, in the plane; vertices only."""
    return shapely.transform(geometry, to_plane)


def to_space(points: Numbers) -> Numbers:
    """Degrees to earth-centred metres, shape (n, 3): there a chord tells which point is nearest."""
    heights = np.zeros(len(points))
    return np.column_stack(_WGS84.transform(points[:, 0], points[:, 1], heights))
