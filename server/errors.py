"""Everything that this floor can refuse, and the only table from error class to HTTP status."""

from dataclasses import dataclass

from geo import errors as geo
from layers import errors as layers
from server.speech import msg


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


_BROKEN = (500, "broken-layer", msg("A layer is broken"))
KINDS: dict[type[Exception], Kind] = {
    geo.GeoError: Kind(
        400, "bad-input", msg("The input has no meaning as geography"), msg("Correct it.")
    ),
    geo.BadBBox: Kind(
        400,
        "bad-bbox",
        msg("The bounding box cannot be read"),
        msg("Write bbox=west,south,east,north in degrees; west may exceed east across 180°."),
    ),
    geo.BadPosition: Kind(
        400,
        "bad-position",
        msg("The position cannot be read"),
        msg("Write lon=-168.97&lat=65.78 in degrees: east and north are positive."),
    ),
    geo.BadMoment: Kind(
        400,
        "bad-datetime",
        msg("The date or interval cannot be read"),
        msg("Write datetime=2014-06-03, 2014/2016, ../2014 or 2014/.."),
    ),
    geo.BadGeometry: Kind(
        400, "bad-geometry", msg("The geometry has no meaning"), msg("Correct it.")
    ),
    geo.BadLine: Kind(400, "bad-line", msg("The line cannot be drawn"), msg("Correct its type.")),
    geo.BadTopology: Kind(
        500, "bad-topology", msg("A base file is damaged"), msg("Install again.")
    ),
    geo.BadGeoJSON: Kind(
        400,
        "bad-geojson",
        msg("The text is not GeoJSON"),
        msg("Correct it at the line and column named."),
    ),
    geo.BadScene: Kind(
        400, "bad-picture", msg("The picture cannot be drawn"), msg("Ask for less.")
    ),
    geo.NotSimilar: Kind(
        500,
        "not-similar",
        msg("A grid does not fit its plane"),
        msg("Take a projection of its family."),
    ),
    layers.LayersError: Kind(*_BROKEN, msg("Run `marchland check`.")),
    layers.BadLayer: Kind(*_BROKEN, msg("Run `marchland check` on the layer folder.")),
    layers.NotBuilt: Kind(
        503,
        "not-built",
        msg("The layer is not built yet"),
        msg("Run `marchland build` on the server."),
    ),
    layers.BadPack: Kind(
        500, "bad-pack", msg("A tile pack cannot be used"), msg("Run `marchland pack` again.")
    ),
    layers.NoSuchLayer: Kind(
        404,
        "no-such-collection",
        msg("There is no such collection"),
        msg("See /collections for the list."),
    ),
    layers.NoSuchFeature: Kind(
        404,
        "no-such-feature",
        msg("There is no such feature"),
        msg("See the items of the collection for the ids that exist."),
    ),
    layers.NoSuchPlane: Kind(
        500, "no-such-plane", msg("There is no such plane"), msg("Look into the server's log.")
    ),
    layers.NoSuchMap: Kind(
        404, "no-such-map", msg("There is no such map"), msg("See /maps for the list.")
    ),
    ServerError: Kind(
        500, "server", msg("The server cannot follow"), msg("Look into the server's log.")
    ),
    BadRequest: Kind(400, "bad-request", msg("The request cannot be read"), msg("Correct it.")),
    BadParameter: Kind(
        400,
        "bad-parameter",
        msg("A query parameter cannot be read"),
        msg("Correct the value; /api lists what each parameter takes."),
    ),
    UnknownParameter: Kind(
        400,
        "unknown-parameter",
        msg("This address has no such query parameter"),
        msg("Leave it out or correct its name; /api lists the parameters of each address."),
    ),
    UnknownFormat: Kind(
        400,
        "unknown-format",
        msg("There is no such format"),
        msg("Write f=json or f=html, or leave f out."),
    ),
    NoSuchGrid: Kind(
        404,
        "no-such-grid",
        msg("There is no such tile matrix set"),
        msg("See the tile sets of a collection for those that exist."),
    ),
    NoSuchTile: Kind(
        404,
        "no-such-tile",
        msg("The grid has no such tile"),
        msg("Zoom z has the rows and columns 0 to 2^z - 1; row stands before column."),
    ),
    NoSuchPage: Kind(
        404, "no-such-page", msg("There is no such page"), msg("See / for what there is.")
    ),
    BadSetting: Kind(
        500, "bad-setting", msg("A setting is wrong"), msg("Correct the environment.")
    ),
    PortTaken: Kind(
        500, "port-taken", msg("The port is in use"), msg("Choose another with --port.")
    ),
}


def kind_of(error: Exception) -> Kind:
    """The row of the table for ``error``: its own class, or the nearest class above it."""
    for above in type(error).__mro__:
        if above in KINDS:
            return KINDS[above]
    return Kind(
        500, "internal", msg("The server failed"), msg("Tell the operator; the log has the cause.")
    )
