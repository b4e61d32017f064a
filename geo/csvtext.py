"""Features as CSV (RFC 4180, UTF-8): one row each, the geometry as well-known text."""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable
from io import BytesIO, StringIO

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.formats import DECIMALS
from geo.row import COLUMNS, Cell, row_of

_END = "\r\n"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(features: Iterable[Feature], attribution: str) -> bytes:
    """A header row and one row for each feature: `geo.row.COLUMNS`, ``lon``, ``lat``, ``wkt``.

    ``lon`` and ``lat`` are degrees and filled for points only; ``wkt`` has the longitude first
    and seven decimals. A text that a spreadsheet would run as a formula begins with an
    apostrophe, which such programs take for "this is text".
    """
    made = BytesIO()
    made.write(BOM_UTF8)  # or a widespread spreadsheet takes UTF-8 for an older encoding
    made.write(_line((*COLUMNS, "lon", "lat", "wkt")).encode())
    for feature in features:
        cells = row_of(feature, attribution).values()
        line = _line([_cell(one) for one in cells] + _place(feature.geometry))
        made.write(f"{_END}{line},".encode())
        made.write(_well_known(feature.geometry))
    made.write(_END.encode())
    return made.getvalue()


def _line(cells: Iterable[Cell]) -> str:
    text = StringIO(newline="")
    csv.writer(text, lineterminator=_END).writerow(cells)
    return text.getvalue().removesuffix(_END)


def _cell(value: Cell) -> Cell:
    if isinstance(value, str):
        plain = value.replace("\0", "")
        return f"'{plain}" if plain.startswith(_FORMULA) else plain
    return value


def _place(geometry: BaseGeometry | None) -> list[Cell]:
    return [geometry.x, geometry.y] if isinstance(geometry, Point) else [None, None]


def _well_known(geometry: BaseGeometry | None) -> bytes:
    """The last field: a writer of the `csv` package would take four times its memory."""
    if geometry is None:
        return b""
    text = shapely.to_wkt(geometry, rounding_precision=DECIMALS).encode()
    return b'"%s"' % text if b"," in text else bytes(text)
