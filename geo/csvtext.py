"""Features as CSV (RFC 4180, UTF-8): one row each, the geometry as well-known text."""

import csv
from collections.abc import Iterable
from io import StringIO

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.formats import DECIMALS
from geo.row import COLUMNS, Cell, row_of

_BOM = "\ufeff"  # or a widespread spreadsheet takes UTF-8 for an older encoding
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(features: Iterable[Feature], attribution: str) -> bytes:
    """A header row and one row for each feature: `geo.row.COLUMNS`, ``lon``, ``lat``, ``wkt``.

    ``lon`` and ``lat`` are degrees and filled for points only; ``wkt`` has the longitude first
    and seven decimals. A text that a spreadsheet would run as a formula begins with an
    apostrophe, which such programs take for "this is text".
    """
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((*COLUMNS, "lon", "lat", "wkt"))
    for feature in features:
        cells = row_of(feature, attribution).values()
        writer.writerow([_cell(one) for one in cells] + _place(feature.geometry))
    return (_BOM + text.getvalue()).encode()


def _cell(value: Cell) -> Cell:
    if isinstance(value, str):
        plain = value.replace("\0", "")
        return f"'{plain}" if plain.startswith(_FORMULA) else plain
    return value


def _place(geometry: BaseGeometry | None) -> list[Cell]:
    if geometry is None:
        return [None, None, None]
    lon, lat = (geometry.x, geometry.y) if isinstance(geometry, Point) else (None, None)
    return [lon, lat, shapely.to_wkt(geometry, rounding_precision=DECIMALS)]
