"""The parameter ``view``: from whose side disputed features are told.

``neutral``, the default, gives the data as they are. A party's code (ISO 3166-1 alpha-2) leaves
every feature where it is and as it is, and adds a member ``view`` to those that are claimed or
disputed and concern that party (`layers.perspective` says which words it may hold). Filters ask
the neutral data. Every answer says its view, as a member and in the header ``Marchland-View``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import orjson

from geo.feature import Feature
from geo.formats import feature_in_words
from layers.perspective import concerned, parties_of, remark
from server.ask import Ask
from server.draw.wording import name_in
from server.errors import BadParameter
from server.maps.lexicon import party_names
from server.prepared import Prepared
from server.remarks import NEUTRAL as _NEUTRAL
from server.remarks import remark_text, view_sentence
from server.speech import ENGLISH

NEUTRAL = _NEUTRAL
HEADER = "Marchland-View"


def read_view(ask: Ask) -> str:
    """``neutral`` or the code of a party. Raises `BadParameter` for one that is in no dispute."""
    return known_view(ask.values.get("view", NEUTRAL), ask.site.parties)


def known_view(asked: str, parties: Sequence[str]) -> str:
    """``neutral`` or one of ``parties``. Raises `BadParameter`, which lists them."""
    if asked.lower() == NEUTRAL:
        return NEUTRAL
    if asked.upper() not in parties:
        known = ", ".join((NEUTRAL, *parties))
        raise BadParameter(f"view is {asked[:40]!r}; no dispute here concerns it: {known}")
    return asked.upper()


def view_headers(view: str) -> dict[str, str]:
    """What the answer's headers say about its view."""
    return {HEADER: view}


def headed(made: Prepared, view: str) -> Prepared:
    """The answer with the view among its headers."""
    return replace(made, headers=MappingProxyType({**made.headers, **view_headers(view)}))


def view_hrefs(ask: Ask, features: Iterable[Feature], href: Callable[..., str]) -> dict[str, str]:
    """The page asked for in each view that adds something to ``features``, neutral first."""
    values = {**ask.values, "f": "html"}
    return {of: href(**{**values, "view": of}) for of in (NEUTRAL, *parties_of(features))}


def view_object(view: str, changed: int = 0) -> dict[str, Any]:
    """The member ``view`` of a whole answer; ``changed`` features of it carry one of their own."""
    text = view_sentence({"of": view})
    return {"of": view, "text": text, "changed": 0 if view == NEUTRAL else changed}


def view_of(feature: Feature, view: str) -> dict[str, Any] | None:
    """The member ``view`` of one feature; None where the view changes nothing."""
    found = None if view == NEUTRAL else remark(feature, view)
    if found is None:
        return None
    told: dict[str, Any] = {"of": view, "presented_as": found.presented_as, "text": found.text}
    if found.stance:
        told |= {"states": found.stance.text, "sources": found.stance.sources}
    return told


def in_words(ask: Ask, collection: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """A feature of an answer as a page tells it: its name, and what its view says, in the language.

    ``name_lang`` is the language of the name; parties are called by their names.
    """
    feature = ask.site.catalogue[collection].by_id[told["id"]]
    name = name_in(feature, ask.lang)
    own = {"name": name, "name_lang": ask.lang if name != feature.properties.name else ENGLISH}
    if "view" not in told:
        return {**told, **own}
    names = party_names(ask.site, sorted(concerned(feature)), ask.lang)
    text = remark_text(feature, told["view"]["of"], names, ask.lang)
    return {**told, **own, "view": {**told["view"], "text": text}}


def seen(
    bodies: Iterable[bytes], features: Mapping[str, Feature], view: str
) -> tuple[list[bytes], int]:
    """The features' bytes with what the view adds, and how many it changed."""
    if view == NEUTRAL:
        return list(bodies), 0
    made, changed = [], 0
    for body in bodies:
        told = view_of(features[feature_in_words(body)["id"]], view)
        changed += told is not None
        made.append(body if told is None else with_view(body, told))
    return made, changed


def with_view(body: bytes, told: Mapping[str, Any]) -> bytes:
    """A feature's bytes, which end with its brace, with the member added."""
    return body.rstrip()[:-1] + b',"view":' + orjson.dumps(dict(told)) + b"}"
