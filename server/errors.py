"""Everything that this floor can refuse, and the only table from error class to HTTP status."""

from dataclasses import dataclass

from geo import errors as geo
from layers import errors as layers


class ServerError(Exception):
    """A request or a setting that the server cannot follow; the message says what to do."""


class BadRequest(ServerError):
    """A request that has no answer as it was written."""


class BadParameter(BadRequest):
    """A query parameter whose value cannot be read."""


class UnknownParameter(BadRequest):
    """A query parameter that this address does not have."""


class UnknownFormat(BadRequest):
    """A format that is not offered."""


class NoSuchGrid(ServerError):
    """A tile matrix set that is not offered."""


class NoSuchTile(ServerError):
    """A tile that its grid does not have."""


class NoSuchPage(ServerError):
    """A page that this server cannot tell, because it is about layers that are not here."""


class BadSetting(ServerError):
    """A setting that is unknown or whose value is not allowed."""


class PortTaken(ServerError):
    """The address to listen on is in use or is not ours."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a class of errors shows itself: status, the words for it, and what to do."""

    status: int
    slug: str
    title: str
    advice: str


_BROKEN = (500, "broken-layer", "A layer is broken")
KINDS: dict[type[Exception], Kind] = {
    geo.GeoError: Kind(400, "bad-input", "The input has no meaning as geography", "Correct it."),
    geo.BadBBox: Kind(
        400, "bad-bbox", "The bounding box cannot be read",
        "Write bbox=west,south,east,north in degrees; west may exceed east across 180°.",
    ),
    geo.BadPosition: Kind(
        400, "bad-position", "The position cannot be read",
        "Write lon=-168.97&lat=65.78 in degrees: east and north are positive.",
    ),
    geo.BadMoment: Kind(
        400, "bad-datetime", "The date or interval cannot be read",
        "Write datetime=2014-06-03, 2014/2016, ../2014 or 2014/..",
    ),
    geo.BadGeometry: Kind(400, "bad-geometry", "The geometry has no meaning", "Correct it."),
    geo.BadLine: Kind(400, "bad-line", "The line cannot be drawn", "Correct its type."),
    geo.BadTopology: Kind(500, "bad-topology", "A base file is damaged", "Install again."),
    geo.BadGeoJSON: Kind(
        400, "bad-geojson", "The text is not GeoJSON", "Correct it at the line and column named."
    ),
    geo.BadScene: Kind(400, "bad-picture", "The picture cannot be drawn", "Ask for less."),
    geo.NotSimilar: Kind(
        500, "not-similar", "A grid does not fit its plane", "Take a projection of its family."
    ),
    layers.LayersError: Kind(*_BROKEN, "Run `marchland check`."),
    layers.BadLayer: Kind(*_BROKEN, "Run `marchland check` on the layer folder."),
    layers.NotBuilt: Kind(
        503, "not-built", "The layer is not built yet", "Run `marchland build` on the server."
    ),
    layers.BadPack: Kind(
        500, "bad-pack", "A tile pack cannot be used", "Run `marchland pack` again."
    ),
    layers.NoSuchLayer: Kind(
        404, "no-such-collection", "There is no such collection", "See /collections for the list."
    ),
    layers.NoSuchFeature: Kind(
        404, "no-such-feature", "There is no such feature",
        "See the items of the collection for the ids that exist.",
    ),
    layers.NoSuchPlane: Kind(
        500, "no-such-plane", "There is no such plane", "Look into the server's log."
    ),
    layers.NoSuchMap: Kind(404, "no-such-map", "There is no such map", "See /maps for the list."),
    ServerError: Kind(500, "server", "The server cannot follow", "Look into the server's log."),
    BadRequest: Kind(400, "bad-request", "The request cannot be read", "Correct it."),
    BadParameter: Kind(
        400, "bad-parameter", "A query parameter cannot be read",
        "Correct the value; /api lists what each parameter takes.",
    ),
    UnknownParameter: Kind(
        400, "unknown-parameter", "This address has no such query parameter",
        "Leave it out or correct its name; /api lists the parameters of each address.",
    ),
    UnknownFormat: Kind(
        400, "unknown-format", "There is no such format", "Write f=json or f=html, or leave f out."
    ),
    NoSuchGrid: Kind(
        404, "no-such-grid", "There is no such tile matrix set",
        "See the tile sets of a collection for those that exist.",
    ),
    NoSuchTile: Kind(
        404, "no-such-tile", "The grid has no such tile",
        "Zoom z has the rows and columns 0 to 2^z - 1; row stands before column.",
    ),
    NoSuchPage: Kind(404, "no-such-page", "There is no such page", "See / for what there is."),
    BadSetting: Kind(500, "bad-setting", "A setting is wrong", "Correct the environment."),
    PortTaken: Kind(500, "port-taken", "The port is in use", "Choose another with --port."),
}  # fmt: skip


def kind_of(error: Exception) -> Kind:
    """The row of the table for ``error``: its own class, or the nearest class above it."""
    for above in type(error).__mro__:
        if above in KINDS:
            return KINDS[above]
    return Kind(500, "internal", "The server failed", "Tell the operator; the log has the cause.")
