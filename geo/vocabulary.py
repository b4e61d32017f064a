"""The closed vocabularies: one word for how settled a thing is, one for how well it is known."""

from enum import StrEnum


class Status(StrEnum):
    """How settled the thing is that a feature shows. One word, for legends and filters."""

    AGREED = "agreed"  # all parties concerned have accepted it in a treaty in force
    PROVISIONAL = "provisional"  # applied by agreement although not (yet) in force
    CLAIMED = "claimed"  # one party's position, not accepted by the other
    DISPUTED = "disputed"  # parties hold opposing positions about this very thing
    PLANNED = "planned"  # announced or agreed, does not exist yet
    IN_FORCE = "in_force"  # a law or an international measure that applies
    OPERATING = "operating"  # exists and is in use
    FORMER = "former"  # existed, ended
    SUPERSEDED = "superseded"  # replaced by a later instrument
    REPORTED = "reported"  # an event as reported by the named source
    CONTEXT = "context"  # shown so that the reader finds the way; no claim is made


class Evidence(StrEnum):
    """What the geometry of a feature, or one vertex of it, rests on."""

    OFFICIAL = "official"  # the instrument's own text
    OFFICIAL_2SRC = "official-2src"  # two official texts, or law and official data set, agree
    OFFICIAL_1SRC = "official-1src"  # one official text, not confirmed by a second
    OFFICIAL_DATASET = "official-dataset"  # published by the competent agency
    TREATY_REPRINT = "treaty-reprint"  # the treaty's list as reprinted by a third party
    EPSG_2SIDED = "EPSG-2sided"  # in the EPSG extents of both neighbours, within 0.2 m
    EPSG_1SIDED = "EPSG-1sided"  # in the EPSG extent of one neighbour
    DERIVED_EXACT = "derived-exact"  # recovered from other official points, residual < 1 mm
    SECONDARY = "secondary"  # read off a third party's data set
    INTERPOLATED = "INTERPOLATED"  # computed between known points
    COMPUTED = "computed"  # computed by the construction that the note describes
    INDICATIVE = "indicative"  # drawn from a description; shows where, not exactly where
    DATASET = "dataset"  # a general open data set
    PRESS = "press"  # a news report or press release
    ENCYCLOPEDIA = "encyclopedia"  # an encyclopedia or a copy of one

    @property
    def exact(self) -> bool:
        """Whether a line resting on this may be drawn as exact; all else is drawn softer."""
        return self in _EXACT


_EXACT = frozenset(
    {
        Evidence.OFFICIAL,
        Evidence.OFFICIAL_2SRC,
        Evidence.OFFICIAL_DATASET,
        Evidence.EPSG_2SIDED,
        Evidence.DERIVED_EXACT,
    }
)
