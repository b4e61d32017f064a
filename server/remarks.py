"""What a party's view says of a feature as a sentence of a page, in each language.

The API says it in English and with codes (`layers.perspective`); a page names the parties.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from geo.feature import Feature
from geo.vocabulary import Status
from layers.perspective import claimants_of, concerned, is_in_note, overlapping
from server.speech import ENGLISH, msg, speech

NEUTRAL = "neutral"
_NEUTRAL_TEXT = msg("The data as they are, from no party's side.")
_PARTY_TEXT = msg(
    "A feature that is claimed or disputed and concerns this party ({party}) also says what the "
    "party holds. Nothing is left out, and all other features are as in the neutral view."
)
_BY_CODE: Mapping[str, str] = MappingProxyType({})
Named = Callable[[Iterable[str]], str]


def remark_text(feature: Feature, party: str, names: Mapping[str, str], lang: str) -> str:
    """The sentence for a feature that is claimed or disputed and concerns ``party``."""

    def named(codes: Iterable[str]) -> str:
        return ", ".join(names.get(code, code) for code in codes)

    text = _seen(feature, party, named, lang)
    if feature.properties.tags.get("settled_in_substance"):
        text += " " + speech(lang).gettext("A later signature has overtaken it; see the note.")
    return text


def _seen(feature: Feature, party: str, named: Named, lang: str) -> str:
    say, claimants = speech(lang).gettext, claimants_of(feature)
    own, by = named([party]), named(claimants)
    others = sorted(concerned(feature) - {party})
    if party in claimants:
        return _own(feature, own, others, named, lang)
    if party in overlapping(feature):
        said = say("Claimed by {claimants}; {party} claims a part of the same.")
        return said.format(claimants=by, party=own)
    if claimants and feature.properties.status is Status.CLAIMED:
        said = say("Claimed by {claimants}; {party} does not accept it.")
        return said.format(claimants=by, party=own)
    if others:
        said = say("{party} is a party to this dispute with {others}.")
    else:
        said = say("{party} is a party to this dispute.")
    text = said.format(party=own, others=named(others))
    if is_in_note(feature, party):
        text += " " + say("The note says what is held.")
    return text


def _own(feature: Feature, party: str, others: list[str], named: Named, lang: str) -> str:
    """A claim of the party itself, and who else claims the same, or a part, or opposes it."""
    say, nsay = speech(lang).gettext, speech(lang).ngettext
    rivals = [one for one in claimants_of(feature) if one in others]
    partly = overlapping(feature)
    if rivals:
        said = nsay(
            "{party} claims this; so does {others}.",
            "{party} claims this; so do {others}.",
            len(rivals),
        )
        return said.format(party=party, others=named(rivals))
    if partly:
        said = nsay(
            "{party} claims this; {others} claims a part of the same.",
            "{party} claims this; {others} claim a part of the same.",
            len(partly),
        )
        return said.format(party=party, others=named(partly))
    if not others:
        return say("{party} claims this.").format(party=party)
    if feature.properties.status is Status.CLAIMED:
        said = say("{party} claims this; it is not accepted by {others}.")
    else:
        said = say("{party} claims this; it is disputed with {others}.")
    return said.format(party=party, others=named(others))


def view_sentence(
    view: Mapping[str, Any], called: Mapping[str, str] = _BY_CODE, lang: str = ENGLISH
) -> str:
    """What the member ``view`` of a whole answer stands for; parties as they are ``called``."""
    text = _NEUTRAL_TEXT if view["of"] == NEUTRAL else _PARTY_TEXT
    return speech(lang).gettext(text).format(party=called.get(view["of"], view["of"]))
