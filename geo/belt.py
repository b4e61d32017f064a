"""A belt of even width along coasts and lines, on the ellipsoid."""

import math

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geo.clean import polygons_of
from geo.geodesic import GEOD
from geo.polar import to_degrees, to_plane

Numbers = npt.NDArray[np.float64]

PIECE_M = 20_000.0  # pieces this short have one scale to within 0.1 %
_ROUND = 8  # chords to a quarter of a circle

# A conformal plane: circles stay circles, with a scale that hangs on the latitude alone.
_STEREO = "+proj=stere +lat_0=90 +lon_0=0 +datum=WGS84 +units=m"
_TO = Transformer.from_crs("OGC:CRS84", _STEREO, always_xy=True)
_BACK = Transformer.from_crs(_STEREO, "OGC:CRS84", always_xy=True)
_E = math.sqrt(GEOD.es)


def widened(shape: BaseGeometry, width_m: float) -> BaseGeometry:
    """The shape and all within ``width_m`` of it, both in the polar plane of `geo.polar`.

    North of 45° N. Right to about a thousandth of the width: each short piece of outline is widened
    in a conformal plane by the scale of its own latitude, and corners are rounded by chords.
    """
    conformal = shapely.transform(shape, lambda points: _stereo(to_degrees(points)))
    pieces = _pieces(conformal)
    middles = np.array([_middle(piece) for piece in pieces])
    widths = width_m * scale(np.column_stack(_BACK.transform(middles[:, 0], middles[:, 1]))[:, 1])
    belts = shapely.buffer(pieces, widths, quad_segs=_ROUND)
    flat = shapely.transform(shapely.union_all(belts), _from_stereo)
    return shapely.union_all([shapely.make_valid(flat), *polygons_of(shapely.make_valid(shape))])


def scale(latitudes: Numbers) -> Numbers:
    """How much the stereographic plane enlarges at these latitudes (Snyder, 1987, page 161)."""
    sine = np.sin(np.radians(latitudes))
    t = np.sqrt((1 - sine) / (1 + sine)) * ((1 + _E * sine) / (1 - _E * sine)) ** (_E / 2)
    m = np.cos(np.radians(latitudes)) / np.sqrt(1 - GEOD.es * sine**2)
    whole = math.sqrt((1 + _E) ** (1 + _E) * (1 - _E) ** (1 - _E))
    at_pole = m < 1e-9
    return np.asarray(np.where(at_pole, 1.0, 2 * t / (whole * np.where(at_pole, 1.0, m))))


def _pieces(shape: BaseGeometry) -> npt.NDArray[np.object_]:
    """The outline, or the line itself, as lines of a few vertices and at most `PIECE_M` each."""
    lines: list[BaseGeometry] = []
    for part in shapely.get_parts(shape):
        outline = part.boundary if shapely.get_dimensions(part) == 2 else part
        for one in shapely.get_parts(outline):
            points = shapely.get_coordinates(shapely.segmentize(one, PIECE_M))
            far = np.cumsum(np.r_[0.0, np.hypot(*np.diff(points, axis=0).T)])
            starts = np.flatnonzero(np.diff(np.floor(far / PIECE_M), prepend=-1.0))
            for start, end in zip(starts, [*starts[1:], len(points) - 1], strict=True):
                if end > start:
                    lines.append(shapely.LineString(points[start : end + 1]))
    return np.array(lines, dtype=object)


def _middle(piece: BaseGeometry) -> Numbers:
    points = shapely.get_coordinates(piece)
    return np.asarray(points[len(points) // 2])


def _stereo(points: Numbers) -> Numbers:
    return np.column_stack(_TO.transform(points[:, 0], points[:, 1]))


def _from_stereo(points: Numbers) -> Numbers:
    return to_plane(np.column_stack(_BACK.transform(points[:, 0], points[:, 1])))
