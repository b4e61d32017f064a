"""What a picture says of itself at its foot: who is to be named, how fresh, in which projection."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

from layers.attribution import attributions
from layers.collection import Collection
from layers.maps import MapSpec
from server.pictures.order import Order
from server.pictures.projection import Projection
from server.pictures.words import word
from server.words import date_text


def licences(collections: Iterable[Collection]) -> str:
    """The licences of the layers, by their SPDX identifiers."""
    every = {one.spec.licence.removeprefix("LicenseRef-") for one in collections}
    return ", ".join(sorted(one if "." in one else one.replace("-", " ") for one in every))


def as_of(collections: Iterable[Collection]) -> date | None:
    """The last day on which a source of any of the layers was read."""
    return max((day for one in collections if (day := one.as_of)), default=None)


def version(collections: Iterable[Collection]) -> str:
    """Eight hexadecimal digits that stand for the data of all the layers."""
    digests = "".join(f"{one.id}{one.digest}" for one in collections)
    return hashlib.sha256(digests.encode()).hexdigest()[:8]


def elsewhere(map: MapSpec, lang: str) -> str:
    """What a picture says that has no room for its sources."""
    return word("elsewhere", lang, address=f"/maps/{map.id}")


def credit_lines(
    collections: Sequence[Collection], projection: Projection, order: Order
) -> tuple[str, str]:
    """The two paragraphs at the foot: sources and licences; projection, dates and version."""
    lang = order.choice.lang
    sources = " · ".join(attributions(collections))
    first = (
        f"{word('sources', lang)}: {sources}. {word('licences', lang)}: {licences(collections)}."
    )
    day = as_of(collections)
    parts = [projection.titled(lang)]
    if at := order.choice.at:
        ends = [one.isoformat() if one else ".." for one in (at.start, at.end)]
        span = ends[0] if ends[0] == ends[1] else " / ".join(ends)
        parts.append(word("at", lang, date=span))
    if order.choice.view:
        parts.append(word("view", lang, party=order.choice.view))
    if day:
        parts.append(word("as_of", lang, date=date_text(day.isoformat(), lang)))
    parts += [word("version", lang, version=version(collections)), "marchland"]
    return first, " · ".join(parts)
