"""What a client would rather have: HTML or JSON, and which content coding."""

from collections.abc import Iterable, Mapping

from starlette.requests import Request

from server.errors import UnknownFormat

JSON = "application/json"
GEOJSON = "application/geo+json"
HTML = "text/html"
SCHEMA = "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
FORMATS = {"json": JSON, "geojson": GEOJSON, "html": HTML}
_CODINGS = ("br", "gzip", "identity")  # in the order in which we would rather send them


def wants_html(request: Request) -> bool:
    """Whether to answer with a page: ``f=html``, or ``text/html`` really outranks JSON.

    ``Accept: */*`` and no ``Accept`` mean JSON. Raises `UnknownFormat` for another ``f``.
    """
    if (asked := request.query_params.get("f")) is not None:
        return named_format(asked) == HTML
    ranks = accepted(request, "accept")
    page = max(_rank(ranks, HTML), _rank(ranks, "application/xhtml+xml"))
    return page > max(_rank(ranks, JSON), _rank(ranks, GEOJSON))


def named_format(name: str) -> str:
    """The media type that ``f=name`` stands for. Raises `UnknownFormat`."""
    try:
        return FORMATS[name]
    except KeyError:
        raise UnknownFormat(f"f is {name[:40]!r}; write f=json or f=html") from None


def accepted(request: Request, header: str) -> dict[str, float]:
    """Each value of an ``Accept…`` header in lower case with its quality, 0 to 1."""
    return qualities(",".join(request.headers.getlist(header)))


def qualities(text: str) -> dict[str, float]:
    """What `accepted` gives, from the text of the header."""
    ranks: dict[str, float] = {}
    for part in text.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            ranks[name] = _quality(parameters)
    return ranks


def best_coding(ranks: Mapping[str, float], offered: Iterable[str]) -> str:
    """The offered content coding that ranks highest; plain bytes when nothing else is wanted."""
    plain = ranks.get("identity", 1e-4 if ranks.get("*") != 0 else 0)  # least wanted, yet allowed
    wanted = {name: ranks.get(name, ranks.get("*", 0.0)) for name in _CODINGS} | {"identity": plain}
    known = set(offered)
    best = max((name for name in _CODINGS if name in known), key=lambda name: wanted[name])
    return best if wanted[best] > 0 else "identity"


def _rank(ranks: Mapping[str, float], media_type: str) -> float:
    family = media_type.partition("/")[0] + "/*"
    return next((ranks[name] for name in (media_type, family, "*/*") if name in ranks), 0.0)


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))  # in this order NaN becomes 0
            except ValueError:
                return 0.0
    return 1.0
