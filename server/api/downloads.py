"""A whole layer as one file: GeoJSON, CSV, KML or GeoPackage, with its licence and its citation."""

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from geo.csvtext import csv_bytes
from geo.formats import collection_bytes
from geo.geopackage import geopackage_bytes
from geo.kml import kml_bytes
from geo.row import About
from layers.collection import Collection
from server.ask import Ask, data_ask
from server.citation import citation
from server.errors import UnknownFormat
from server.framework import Router
from server.links import Link, Links, link
from server.negotiate import GEOJSON
from server.prepared import Prepared, prepare
from server.state import site_of
from server.writer import answered

router = Router()
CONFORMANCE: tuple[str, ...] = ()
_UNDATED = "1970-01-01"  # a file format that wants a date gets none of ours


@router.get("/collections/{id}/download.{form}")
async def download(request: Request, id: str, form: str) -> Response:
    """Every feature of a collection in one of the `FORMS`."""
    collection = site_of(request).catalogue[id]
    if form not in FORMS:
        raise UnknownFormat(f"no download as {form[:40]!r}; there are: {', '.join(FORMS)}")
    return await answered(data_ask(request), partial(_file, collection, form))


def download_links(links: Links, collection: Collection) -> list[Link]:
    """A link to each form of the file."""
    title = collection.spec.title
    return [
        link(links.download(collection.id, form), "enclosure", kind, f"{title} as {name}")
        for form, (name, kind, _) in FORMS.items()
    ]


def _file(collection: Collection, form: str, ask: Ask) -> Prepared:
    _, media_type, make = FORMS[form]
    about = _about(collection, ask.links.collection(collection.id))
    headers = {
        "Content-Disposition": f'attachment; filename="{collection.id}.{form}"',
        "Link": f'<{collection.spec.licence_url}>; rel="license"',
    }
    if not collection.spec.licence_url:
        del headers["Link"]
    return prepare(make(collection, about), media_type, headers)


def _about(collection: Collection, address: str) -> About:
    spec = collection.spec
    gaps = "".join(f"\nNot here: {one}" for one in spec.missing)
    licence = " ".join(filter(None, (spec.licence, spec.licence_url)))
    return About(
        id=collection.id,
        title=spec.title,
        description=f"{spec.description.strip()}\nLicence: {licence}\n"
        f"Cite as: {citation(collection, address)}{gaps}",
        attribution=spec.attribution,
        day=collection.as_of.isoformat() if collection.as_of else _UNDATED,
    )


def _geojson(collection: Collection, about: About) -> bytes:
    if collection.written:  # it is there, as we write it
        return collection.written[:]
    return collection_bytes(collection.features)


def _csv(collection: Collection, about: About) -> bytes:
    return csv_bytes(collection.features, about.attribution)


def _kml(collection: Collection, about: About) -> bytes:
    return kml_bytes(collection.features, about)


def _geopackage(collection: Collection, about: About) -> bytes:
    return geopackage_bytes(collection.features, about)


FORMS: dict[str, tuple[str, str, Callable[[Collection, About], bytes]]] = {
    "geojson": ("GeoJSON", GEOJSON, _geojson),
    "csv": ("CSV", "text/csv; charset=utf-8", _csv),
    "kml": ("KML", "application/vnd.google-earth.kml+xml", _kml),
    "gpkg": ("GeoPackage", "application/geopackage+sqlite3", _geopackage),
}
