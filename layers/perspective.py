"""Perspective: what a disputed feature is in the stated position of one party.

Neutral is the default: every feature as the layer has it. With a party, features keep their
geometry, their properties and their place in the answer; nothing is taken away, and filters ask
the neutral data. Only features whose status is ``claimed`` or ``disputed`` and in which that party
is concerned get a remark, one of three:

``own_claim``       the party itself makes this claim
``not_recognised``  another party makes it, and this one does not accept it: that is what the
                    status ``claimed`` says
``party``           the party is concerned, and the data do not say in one word what it holds:
                    the note and the sources of the feature do; or it claims a part of the same,
                    which is no word on the rest
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from geo.feature import Feature
from geo.model import Stance
from geo.vocabulary import Status
from layers.catalogue import Catalogue

CONTESTED = (Status.CLAIMED, Status.DISPUTED)
As = Literal["own_claim", "not_recognised", "party"]


@dataclass(frozen=True, slots=True)
class Remark:
    """How ``party`` sees a feature, in one word and in a sentence."""

    party: str
    presented_as: As
    text: str
    stance: Stance | None = None  # what the party says, with its sources, where the layer has it


def remark(feature: Feature, party: str) -> Remark | None:
    """What the view of ``party`` adds to a feature; None where it changes nothing."""
    if feature.properties.status not in CONTESTED or party not in concerned(feature):
        return None
    word, text = _seen(feature, party, sorted(concerned(feature) - {party}))
    return Remark(party, word, text + _late(feature), _stance(feature, party))


def _seen(feature: Feature, party: str, others: list[str]) -> tuple[As, str]:
    claimants = claimants_of(feature)
    if party in claimants:
        return "own_claim", f"{party} claims this{_against(feature, others)}."
    if party in overlapping(feature):
        return "party", f"Claimed by {', '.join(claimants)}; {party} claims a part of the same."
    if claimants and feature.properties.status is Status.CLAIMED:
        text = f"Claimed by {', '.join(claimants)}; {party} does not accept it."
        return "not_recognised", text
    beside = f" with {', '.join(others)}" if others else ""
    where = "; the note says what is held" if is_in_note(feature, party) else ""
    return "party", f"{party} is a party to this dispute{beside}{where}."


def is_in_note(feature: Feature, party: str) -> bool:
    """Whether the note alone says what the party holds: its stance is not there to be quoted."""
    return bool(feature.properties.note) and not _stance(feature, party)


def _stance(feature: Feature, party: str) -> Stance | None:
    return next((one for one in feature.properties.positions if one.party == party), None)


def claimants_of(feature: Feature) -> list[str]:
    """Who makes the claim: the tag ``claimant`` or ``claimants``, else the one party of a claim."""
    tags = feature.properties.tags
    named = tags.get("claimants", tags.get("claimant"))
    if named is not None:
        return str(named).replace(",", " ").split()
    alone = feature.properties.status is Status.CLAIMED and len(feature.properties.parties) == 1
    return list(feature.properties.parties) if alone else []


def overlapping(feature: Feature) -> list[str]:
    """Who claims a part of what the feature claims: the tag ``overlapping``."""
    return _codes(feature, "overlapping")


def concerned(feature: Feature) -> set[str]:
    """The feature's parties and claimants, those ``opposite`` or ``overlapping``, and those whose
    stance it has.
    """
    stances = (one.party for one in feature.properties.positions)
    others = (*_codes(feature, "opposite"), *overlapping(feature))
    return {*feature.properties.parties, *claimants_of(feature), *others, *stances}


def _codes(feature: Feature, tag: str) -> list[str]:
    return str(feature.properties.tags.get(tag, "")).replace(",", " ").split()


def parties_in_dispute(catalogue: Catalogue) -> tuple[str, ...]:
    """The parties from whose side the catalogue can be seen, sorted."""
    return parties_of(one for each in catalogue.collections.values() for one in each.features)


def parties_of(features: Iterable[Feature]) -> tuple[str, ...]:
    """The parties whose view adds something to one of ``features``, sorted."""
    contested = (one for one in features if one.properties.status in CONTESTED)
    return tuple(sorted({party for one in contested for party in concerned(one)}))


def _against(feature: Feature, others: list[str]) -> str:
    if rivals := [one for one in claimants_of(feature) if one in others]:
        return f"; so {'do' if len(rivals) > 1 else 'does'} {', '.join(rivals)}"
    if partly := overlapping(feature):
        verb = "claim" if len(partly) > 1 else "claims"
        return f"; {', '.join(partly)} {verb} a part of the same"
    how = "not accepted by" if feature.properties.status is Status.CLAIMED else "disputed with"
    return f"; it is {how} {', '.join(others)}" if others else ""


def _late(feature: Feature) -> str:
    if not feature.properties.tags.get("settled_in_substance"):
        return ""
    return " A later signature has overtaken it; see the note."
