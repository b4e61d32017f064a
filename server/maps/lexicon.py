"""What the scripts of a map say for the codes of its data: statuses, evidence, kinds, parties."""

from collections.abc import Iterable

from geo.vocabulary import Status
from layers.collection import Collection
from server.codes import EVIDENCE, STATUS, meaning, plain
from server.draw.wording import name_in
from server.speech import ENGLISH, speech
from server.state import Site

Words = dict[str, dict[str, str]]


def lexicon(site: Site, collections: Iterable[Collection], lang: str) -> Words:
    """The tables of `static/words.js`. In English a code reads as it is written."""
    shown = list(collections)
    codes = {code for c in shown for f in c.features for code in f.properties.parties}
    kinds = {one.properties.kind for c in shown for one in c.features}
    said = {code: plain(code, lang) for code in sorted({*kinds, *map(str, Status)})}
    return {
        "status": {code: meaning(code, lang) for code in STATUS},
        "evidence": {code: meaning(code, lang) for code in EVIDENCE},
        "codes": {} if lang == ENGLISH else said,
        "parties": party_names(site, sorted(codes), lang),
        "places": _places(site, shown, lang),
    }


def _places(site: Site, shown: Iterable[Collection], lang: str) -> dict[str, str]:
    """The names of states on the map by their English ones: a label may lack its own in a language.

    Those of the base need none.
    """
    named = [one for one in shown if one.spec.role != "base"] if lang != ENGLISH else []
    codes = sorted({code for c in named for f in c.features for code in f.properties.parties})
    english, own = (party_names(site, codes, one) for one in (ENGLISH, lang))
    return {english[code]: own[code] for code in english if english[code] != own[code]}


def party_names(site: Site, codes: Iterable[str], lang: str = ENGLISH) -> dict[str, str]:
    """The names of countries as our own layer has them; a code without one is left out."""
    held, every = site.catalogue.collections.get("countries"), list(codes)
    known = held.by_id if held else {}
    named = {code: name_in(known[code.lower()], lang) for code in every if code.lower() in known}
    union = {"EU": speech(lang).gettext("European Union")} if "EU" in every else {}
    return {**named, **union}
