"""What the codes of the data read as: statuses, evidence, kinds; each a text to be translated."""

from collections.abc import Mapping
from types import MappingProxyType

from geo.vocabulary import Evidence, Status
from server.speech import msg, pmsg, speech

STATUS: Mapping[str, str] = MappingProxyType(
    {
        Status.AGREED: msg("all parties concerned have accepted it in a treaty in force"),
        Status.PROVISIONAL: msg("applied by agreement, although not or not yet in force"),
        Status.CLAIMED: msg("the position of one party, which the other does not accept"),
        Status.DISPUTED: msg("parties hold opposing positions about it"),
        Status.PLANNED: msg("announced or agreed, does not exist yet"),
        Status.IN_FORCE: msg("a law or an international measure that applies"),
        Status.OPERATING: msg("exists and is in use"),
        Status.FORMER: msg("existed, has ended"),
        Status.SUPERSEDED: msg("replaced by a later instrument"),
        Status.REPORTED: msg("an event as the named source reports it"),
        Status.CONTEXT: msg("shown for orientation; no claim is made"),
    }
)
EVIDENCE: Mapping[str, str] = MappingProxyType(
    {
        Evidence.OFFICIAL: msg("the instrument's own text"),
        Evidence.OFFICIAL_2SRC: msg("two official texts or data sets that agree"),
        Evidence.OFFICIAL_1SRC: msg("one official text, not confirmed by a second"),
        Evidence.OFFICIAL_DATASET: msg("a data set of the competent agency"),
        Evidence.TREATY_REPRINT: msg("the treaty's list as a third party reprinted it"),
        Evidence.EPSG_2SIDED: msg("the EPSG registry, for both neighbours, within 0.2 m"),
        Evidence.EPSG_1SIDED: msg("the EPSG registry, for one neighbour"),
        Evidence.DERIVED_EXACT: msg("computed back from other official points, to the millimetre"),
        Evidence.SECONDARY: msg("read off a third party's data set"),
        Evidence.INTERPOLATED: msg("computed between known points"),
        Evidence.COMPUTED: msg("computed by the construction that the note describes"),
        Evidence.INDICATIVE: msg("drawn from a description: shows where, not exactly where"),
        Evidence.DATASET: msg("a general open data set"),
        Evidence.PRESS: msg("a news report or a press release"),
        Evidence.ENCYCLOPEDIA: msg("an encyclopedia or a copy of one"),
    }
)
# What `plain` makes of the codes of our own layers, so that catalogues know them. A code of
# somebody's own layer needs no row: it reads as it is written.
_KNOWN = (
    pmsg("code", "agreed"), pmsg("code", "provisional"), pmsg("code", "claimed"),
    pmsg("code", "disputed"), pmsg("code", "planned"), pmsg("code", "in force"),
    pmsg("code", "operating"), pmsg("code", "former"), pmsg("code", "superseded"),
    pmsg("code", "reported"), pmsg("code", "context"),
    pmsg("code", "air base"), pmsg("code", "airport"), pmsg("code", "airfield"),
    pmsg("code", "runway"), pmsg("code", "base points"), pmsg("code", "equidistance line"),
    pmsg("code", "maritime boundary"), pmsg("code", "former limit"),
    pmsg("code", "unilateral line"), pmsg("code", "dispute"), pmsg("code", "settled dispute"),
    pmsg("code", "high seas"), pmsg("code", "study limit"), pmsg("code", "limit 200m"),
    pmsg("code", "continuation"), pmsg("code", "coast"), pmsg("code", "shelf claim"),
    pmsg("code", "shelf overlap"), pmsg("code", "shelf limit"),
    pmsg("code", "exclusive economic zone"), pmsg("code", "fishery protection zone"),
    pmsg("code", "fishery zone"), pmsg("code", "special area"), pmsg("code", "overlap"),
    pmsg("code", "other states"), pmsg("code", "transit event"), pmsg("code", "two way route"),
    pmsg("code", "precautionary area"), pmsg("code", "area to be avoided"),
    pmsg("code", "legal limit"), pmsg("code", "strait"), pmsg("code", "sea route"),
    pmsg("code", "railway route"), pmsg("code", "state boundary"), pmsg("code", "tripoint"),
    pmsg("code", "railway"), pmsg("code", "transport route"), pmsg("code", "station"),
    pmsg("code", "settlement"), pmsg("code", "region"), pmsg("code", "forum"),
    pmsg("code", "chairmanship"), pmsg("code", "state label"), pmsg("code", "town label"),
    pmsg("code", "sea label"), pmsg("code", "lake"), pmsg("code", "river"),
    pmsg("code", "contested area"), pmsg("code", "country"), pmsg("code", "territory"),
    pmsg("code", "military base"), pmsg("code", "treaty area"), pmsg("code", "buffer zone"),
    pmsg("code", "observer state"),
    pmsg("code", "published"), pmsg("code", "computed"),
    pmsg("code", "geodesic"), pmsg("code", "rhumb"), pmsg("code", "meridian"),
    pmsg("code", "parallel"), pmsg("code", "arc"), pmsg("code", "end"),
)  # fmt: skip


def plain(code: str, lang: str = "en") -> str:
    """``in_force`` → ``in force``, or what a language says for it."""
    english = code.replace("_", " ")
    return speech(lang).pgettext("code", english) if english else ""


def meaning(code: str, lang: str = "en") -> str:
    """What a status or an evidence code stands for; empty for any other word."""
    found = STATUS.get(code) or EVIDENCE.get(code, "")
    return speech(lang).gettext(found) if found else ""
