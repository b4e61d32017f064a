"""What the address of a map page asks of time and of perspective, and what it can not have."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from geo.errors import BadMoment
from geo.feature import Feature
from geo.moment import Interval
from layers.perspective import parties_of
from server.maps.lexicon import party_names
from server.maps.plan import Plan
from server.remarks import remark_text
from server.speech import ENGLISH, msg, speech
from server.view import NEUTRAL, view_of

_DAY = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_PARTY = re.compile(r"[A-Za-z]{2}", re.ASCII)
_KEPT = ("view", "datetime", "theme", "lang")
UNREAD = {
    "datetime": msg(
        "The address asks for a time that cannot be read; write datetime=2014, 2014-06 "
        "or 2014-06-03. The map shows all times."
    ),
    "view": msg(
        "The address asks for the view of a party that is in no dispute on this map. "
        "The map shows the neutral view."
    ),
}


def read_datetime(request: Request) -> dict[str, str]:
    """``datetime`` where it is a date, as a member; ``unread`` where it is anything else."""
    asked = request.query_params.getlist("datetime")
    if not asked or not asked[0]:
        return {}
    try:
        Interval.parse(asked[0] if _DAY.fullmatch(asked[0]) else "?")
    except BadMoment:
        return {"unread_datetime": "1"}
    return {"datetime": asked[0]}


def read_party(request: Request) -> dict[str, str]:
    """``view`` where it can be a party's code, in capitals; nothing for the neutral view."""
    asked = request.query_params.getlist("view")
    if not asked or asked[0].lower() in ("", NEUTRAL):
        return {}
    return {"view": asked[0].upper()} if _PARTY.fullmatch(asked[0]) else {"unread_view": "1"}


def kept(values: Mapping[str, str]) -> dict[str, str]:
    """What links to the same map in another projection or view say on."""
    return {name: values[name] for name in _KEPT if name in values}


@dataclass(frozen=True)
class Perspective:
    """From whose side a page is told: ``view`` is ``neutral`` or a party of ``names``."""

    view: str
    names: dict[str, str]
    lang: str = ENGLISH

    @property
    def label(self) -> str:
        """What stands on the map."""
        if self.view == NEUTRAL:
            return speech(self.lang).gettext("Neutral view")
        said = speech(self.lang).gettext("As stated by {party} – disputed features only")
        return said.format(party=self.names[self.view])

    def remark(self, feature: Feature) -> dict[str, Any] | None:
        """What the party's view adds to a feature, its codes read as names."""
        found = view_of(feature, self.view)
        if found is None:
            return None
        return {**found, "text": remark_text(feature, self.view, self.names, self.lang)}


def perspective_of(plan: Plan, features: list[Feature], asked: str | None) -> Perspective:
    """The view that is asked for where one of ``features`` is in dispute for that party."""
    parties = list(parties_of(features))
    names = {code: code for code in parties} | party_names(plan.site, parties, plan.lang)
    return Perspective(asked if asked in parties else NEUTRAL, names, plan.lang)
