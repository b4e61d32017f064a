"""Features as KML 2.3 (OGC 12-007r2), for globes and GIS programs."""

import re
from collections.abc import Iterable, Iterator
from io import SEEK_END, BytesIO
from xml.etree import ElementTree as Xml

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.formats import DECIMALS
from geo.row import About, row_of
from geo.xmltext import xml_text

_SPACE = "http://www.opengis.net/kml/2.2"  # KML 2.3 keeps the name space of 2.2
_END = b"</Document></kml>"
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


def kml_bytes(features: Iterable[Feature], about: About) -> bytes:
    """A KML document with a Placemark for each feature, in order; always the same bytes.

    Coordinates are degrees, longitude first, cut at 180° as in RFC 7946; lines follow the globe
    between their vertices. A feature without a geometry is a Placemark without one.
    """
    root = Xml.Element("kml", {"xmlns": _SPACE})
    document = Xml.SubElement(root, "Document")
    _say(document, "name", about.title)
    _say(document, "description", about.description)
    whole: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    made = BytesIO(whole.removesuffix(_END))
    made.seek(0, SEEK_END)
    for feature in features:  # each by itself: all of them at once would be a large tree
        made.write(
            Xml.tostring(
                _placemark(feature, about.attribution), encoding="utf-8", xml_declaration=False
            )
        )
    made.write(_END + b"\n")
    return made.getvalue()


def _placemark(feature: Feature, attribution: str) -> Xml.Element:
    made = Xml.Element("Placemark", {"id": feature.id})
    own = feature.properties
    _say(made, "name", own.name)
    if own.note:
        _say(made, "description", own.note)
    _span(made, own.valid_from, own.valid_to)
    extended = Xml.SubElement(made, "ExtendedData")
    for name, value in row_of(feature, attribution).items():
        if value is not None:
            _say(Xml.SubElement(extended, "Data", {"name": name}), "value", str(value))
    if feature.geometry is not None and not feature.geometry.is_empty:
        made.append(_geometry(feature.geometry))
    return made


def _span(made: Xml.Element, start: str | None, end: str | None) -> None:
    """KML's dates are as partial as ours: 2014, 2014-06, 2014-06-03."""
    known = [(tag, day) for tag, day in (("begin", start), ("end", end)) if _is_date(day)]
    if known:
        span = Xml.SubElement(made, "TimeSpan")
        for tag, day in known:
            _say(span, tag, str(day))


def _is_date(day: str | None) -> bool:
    return day is not None and _PARTIAL_DATE.fullmatch(day) is not None


def _geometry(geometry: BaseGeometry) -> Xml.Element:
    parts = list(_simple(geometry))
    if len(parts) == 1:
        return _part(parts[0])
    made = Xml.Element("MultiGeometry")
    made.extend(_part(part) for part in parts)
    return made


def _simple(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(geometry):
        if hasattr(part, "geoms"):
            yield from _simple(part)
        else:
            yield part


def _part(geometry: BaseGeometry) -> Xml.Element:
    if isinstance(geometry, Polygon):
        made = Xml.Element("Polygon")
        _say(made, "tessellate", "1")
        for tag, ring in (("outerBoundaryIs", geometry.exterior),
                          *(("innerBoundaryIs", hole) for hole in geometry.interiors)):  # fmt: skip
            inner = Xml.SubElement(Xml.SubElement(made, tag), "LinearRing")
            _say(inner, "coordinates", _coordinates(ring))
        return made
    made = Xml.Element("Point" if geometry.geom_type == "Point" else "LineString")
    if made.tag == "LineString":
        _say(made, "tessellate", "1")
    _say(made, "coordinates", _coordinates(geometry))
    return made


def _coordinates(geometry: BaseGeometry) -> str:
    points = shapely.get_coordinates(geometry).round(DECIMALS) + 0.0
    return " ".join(f"{lon!r},{lat!r}" for lon, lat in points.tolist())


def _say(parent: Xml.Element, tag: str, text: str) -> None:
    Xml.SubElement(parent, tag).text = xml_text(text)
