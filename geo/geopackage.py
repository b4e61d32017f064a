"""Features as a GeoPackage (OGC 12-128r18, version 1.3): one table in a SQLite file, in memory."""

import struct
from collections.abc import Iterable
from contextlib import closing
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.row import COLUMNS, About, Cell, row_of

if TYPE_CHECKING:
    import sqlite3

_APPLICATION = 0x47504B47  # "GPKG", section 1.1.1.1.1
_VERSION = 10300
_CRS84 = 4326  # in a GeoPackage blob x is the longitude, whatever the register says (1.1.1.1.2)
_NUMBERS = {"accuracy_m": "REAL"}
_SYSTEMS = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinates"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinates"),
    (
        "WGS 84 geodetic", _CRS84, "EPSG", 4326,
        'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
        'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]',
        "longitude and latitude in degrees on WGS 84",
    ),
)  # fmt: skip
_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL,
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
"""


def geopackage_bytes(features: Iterable[Feature], about: About) -> bytes:
    """The bytes of a GeoPackage with one table; the same bytes for the same input and SQLite.

    The table bears the id of the layer and the date of its data: today's would make other bytes
    each time. Columns are `geo.row.COLUMNS`; a feature without a geometry has NULL.
    """
    held, table = list(features), about.id
    import sqlite3  # noqa: PLC0415  # a start has no need of it

    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(
            f"PRAGMA application_id={_APPLICATION}; PRAGMA user_version={_VERSION};{_SCHEMA}"
        )
        base.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", _SYSTEMS)
        base.execute(
            "INSERT INTO gpkg_contents VALUES (?,'features',?,?,?,?,?,?,?,?)",
            (
                table,
                about.title,
                about.description,
                f"{about.day}T00:00:00.000Z",
                *_bounds(held),
                _CRS84,
            ),
        )
        base.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?,'geom','GEOMETRY',?,0,0)", (table, _CRS84)
        )
        _fill(base, table, held, about.attribution)
        base.commit()
        return base.serialize()


def _fill(
    base: "sqlite3.Connection", table: str, features: list[Feature], attribution: str
) -> None:
    name = _quoted(table)
    # `id` is ours and a text; the integer key that the format asks for gets another name.
    columns = ", ".join(f"{_quoted(one)} {_NUMBERS.get(one, 'TEXT')}" for one in COLUMNS)
    base.execute(
        f"CREATE TABLE {name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
        f"geom GEOMETRY, {columns})"
    )
    marks = ",".join("?" * (len(COLUMNS) + 2))
    rows = (_row(number, one, attribution) for number, one in enumerate(features, 1))
    base.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608  # quoted above


def _row(number: int, feature: Feature, attribution: str) -> tuple[Cell | bytes, ...]:
    return (number, _blob(feature.geometry), *row_of(feature, attribution).values())


def _blob(geometry: BaseGeometry | None) -> bytes | None:
    """The header of section 2.1.3 (little endian, with an envelope) and the WKB."""
    if geometry is None:
        return None
    body: bytes = shapely.to_wkb(geometry, byte_order=1, output_dimension=2)
    if geometry.is_empty:
        return struct.pack("<2sBBi", b"GP", 0, 0b0001_0001, _CRS84) + body
    west, south, east, north = geometry.bounds
    head = struct.pack("<2sBBi", b"GP", 0, 0b0000_0011, _CRS84)
    return head + struct.pack("<4d", west, east, south, north) + body


def _bounds(features: list[Feature]) -> tuple[float | None, ...]:
    shapes = [one.geometry for one in features if one.geometry is not None]
    if not shapes:
        return (None, None, None, None)
    return tuple(float(value) for value in shapely.total_bounds(shapes))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
