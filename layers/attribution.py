"""Whom to name beside several collections that are shown together."""

from collections.abc import Iterable

from layers.collection import Collection

BETWEEN = "; "  # what separates the statements of an attribution in `layer.toml`


def attributions(collections: Iterable[Collection]) -> list[str]:
    """The attributions in order; what two of them state, or one as part of another, stands once.

    A statement is what stands between semicolons. An attribution of which all is said elsewhere
    is left out.
    """
    each = dict.fromkeys(one.spec.attribution.rstrip(".") for one in collections)
    said: set[str] = set()
    kept = []
    for one in each:
        others = {part for other in each if other != one for part in other.split(BETWEEN)}
        own = [part for part in one.split(BETWEEN) if not _is_within(part, others - {part})]
        kept.append(BETWEEN.join(part for part in own if part not in said))
        said.update(own)
    return [one for one in kept if one]


def _is_within(part: str, others: Iterable[str]) -> bool:
    return any(part in other for other in others)
