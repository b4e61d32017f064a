"""The rules on layer folders, beside those of `geo.ruletable` on GeoJSON; together `ALL_RULES`."""

from geo.finding import Finding, Place, Severity
from geo.rule import Rule, table
from geo.ruletable import RULES

_MUST = table(
    Severity.ERROR,
    (
        "file-unreadable",
        "A file can be read: it is a regular file, and we may open it.",
        "put the GeoJSON file there, or correct its rights",
    ),
    (
        "file-large",
        "A file has no more than 256 MiB.",
        "split it, or simplify its geometry",
    ),
    (
        "layer-name",
        "A layer folder is named by a slug: a-z, 0-9 and single underscores between.",
        "rename the folder; its name is the collection id in every address",
    ),
    (
        "layer-toml",
        "A layer folder describes itself in layer.toml.",
        "correct the entry; layers/README.md lists what may stand in it",
    ),
    (
        "id-taken",
        "No two layers have one id.",
        "rename the folder",
    ),
    (
        "not-built",
        "The built file of a layer is there.",
        "run `marchland build` with the id of the layer",
    ),
    (
        "stale",
        "The built file is what the facts give today.",
        "run `marchland build` with the id of the layer, and commit the file",
    ),
    (
        "build",
        "The layer's build.py runs through.",
        "correct the facts or the build.py of the layer",
    ),
    (
        "input-missing",
        "Every file that a layer is made of is there and can be read.",
        "install marchland again from its wheel or with `pip install .`, which fetches it",
    ),
    (
        "id-address",
        "A feature's id has an address: it is not empty, holds no control character and no line "
        "break, and no part of it between slashes is `.` or `..`.",
        "rename the feature; a slug of a-z, 0-9 and single underscores is best",
    ),
    (
        "id-unique",
        "No two features of a layer have one id.",
        "give each feature of a layer an id of its own",
    ),
    (
        "schema",
        "Each feature says what the schema asks: source, status, licence and the rest.",
        "correct the fact; `marchland get /schemas/feature.json` prints the schema",
    ),
    (
        "truth-failed",
        "The layer's truth.py runs through.",
        "correct the truth.py of the layer",
    ),
    (
        "truth-inside",
        "A feature lies in the country that it names.",
        "correct the coordinates or the country that the feature names",
    ),
    (
        "truth-land",
        "A sea route touches no land.",
        "move the way points into the water, or say why the line may cross land",
    ),
    (
        "truth-reach",
        "A line ends where it is said to end.",
        "carry the line on to where it is said to end",
    ),
    (
        "truth-length",
        "A computed length agrees with the cited one.",
        "correct the geometry, or explain the difference in the feature",
    ),
    (
        "truth-area",
        "A computed area agrees with the cited one.",
        "correct the geometry, or explain the difference in the feature",
    ),
    (
        "truth-arc",
        "Each vertex of an arc lies at the radius from its centre.",
        "take the vertex from the instrument again, or correct the centre",
    ),
    (
        "truth-shared-point",
        "A point that several files share is the same in each.",
        "use the one published value of the shared point in every file",
    ),
)

_SHOULD = table(
    Severity.WARNING,
    (
        "id-slug",
        "A feature's id is a slug: a-z, 0-9 and single underscores between.",
        "rename it; other ids are served, but look odd in addresses",
    ),
    (
        "licence-attribution",
        "A feature under another licence than its layer says whom to name.",
        "add `attribution` to the feature",
    ),
)

_NOTES = table(
    Severity.NOTE,
    (
        "code-not-run",
        "A foreign folder's build.py and truth.py run only when it is named.",
        "name the folder to have its code run, if you trust its author",
    ),
    (
        "truth-unchecked",
        "Every truth rule has its comparison data.",
        "build the missing layer and check again",
    ),
)

LAYER_RULES: dict[str, Rule] = {**_MUST, **_SHOULD, **_NOTES}
ALL_RULES: dict[str, Rule] = {**RULES, **LAYER_RULES}


def finding(
    rule: str, message: str, *, layer: str = "", feature: str = "", place: Place | None = None
) -> Finding:
    """A finding of one of the rules above; severity and advice are those of the table."""
    known = LAYER_RULES[rule]
    at = place or Place()
    return Finding(rule, message, known.advice, known.severity, layer, feature, at)
