"""The globe from far away: the half of it that faces the reader, in orthographic projection.

On the sphere, with geodetic latitudes taken as they are (Snyder, Map Projections, 1987, pages 145
to 153), so the edge is a circle. Points behind the edge have a place too, that of the point in
front of them: ask `Orthographic.facing` before drawing one.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RADIUS_M = 6_371_008.8  # mean radius of WGS 84, (2a + b) / 3

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Orthographic:
    """The globe seen from above ``lon0, lat0``; that meridian runs upwards through the middle."""

    lon0: float
    lat0: float

    def forward(self, lonlat: Numbers) -> Numbers:
        """Degrees, shape (n, 2), to metres right of and above the middle, shape (n, 2)."""
        return RADIUS_M * self._turned(lonlat)[:, :2]

    def facing(self, lonlat: Numbers, hair: float = 1e-12) -> npt.NDArray[np.bool_]:
        """Which points lie on the half that is seen, or at most ``hair`` radii behind its edge."""
        seen: npt.NDArray[np.bool_] = self._turned(lonlat)[:, 2] >= -hair
        return seen

    def inverse(self, metres: Numbers) -> Numbers:
        """Metres to degrees, lon within ±180; NaN outside the globe."""
        flat = metres / RADIUS_M
        depth = 1 - np.sum(flat * flat, axis=1)
        up = np.sqrt(np.where(depth < 0, np.nan, depth))
        sin0, cos0 = np.sin(np.radians(self.lat0)), np.cos(np.radians(self.lat0))
        high = flat[:, 1] * cos0 + up * sin0
        ahead = up * cos0 - flat[:, 1] * sin0
        lon = self.lon0 + np.degrees(np.arctan2(flat[:, 0], ahead))
        lat = np.degrees(np.arcsin(np.clip(high, -1, 1)))
        return np.column_stack([(lon + 180) % 360 - 180, lat])

    def edge(self, count: int = 720) -> Numbers:
        """``count`` points of the edge, in degrees, anticlockwise as seen, the first one last too.

        They stand a millionth of the radius inside it, so that all of them face the reader.
        """
        turn = 2 * np.pi * np.arange(count) / count
        circle = np.column_stack([np.cos(turn), np.sin(turn)])
        points = self.inverse(circle * RADIUS_M * (1 - 1e-6))
        return np.concatenate([points, points[:1]])

    def _turned(self, lonlat: Numbers) -> Numbers:
        """Unit vectors, shape (n, 3): right, up, and towards the reader."""
        lon, lat = np.radians(lonlat[:, 0] - self.lon0), np.radians(lonlat[:, 1])
        sin0, cos0 = np.sin(np.radians(self.lat0)), np.cos(np.radians(self.lat0))
        ahead, high = np.cos(lat) * np.cos(lon), np.sin(lat)
        right = np.cos(lat) * np.sin(lon)
        return np.column_stack([right, high * cos0 - ahead * sin0, high * sin0 + ahead * cos0])
