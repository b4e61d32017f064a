"""Every rule on a GeoJSON text: what it says, what to do, and how grave it is.

The sentences are shown by `check --help`, in SARIF and in the documentation. A test holds the
table complete: each rule fires somewhere in the corpus of broken files, and no other can.
"""

from geo.finding import Severity
from geo.rule import Rule, table
from geo.ruletable_must import PLACE, SHAPE, TEXT

_CARE = table(
    Severity.WARNING,
    (
        "byte-order-mark",
        "The text does not begin with a byte order mark (RFC 8259, 8.1).",
        "save the file without a BOM",
    ),
    (
        "text-control",
        "Strings hold no control characters.",
        "delete them; they break terminals, databases and XML",
    ),
    (
        "crs-member",
        "There is no `crs` member (removed in RFC 7946).",
        "delete it: GeoJSON is always WGS 84 longitude and latitude",
    ),
    (
        "id-mixed",
        "Ids are all strings or all numbers.",
        "write every id as a string",
    ),
    (
        "id-empty",
        "An id is not an empty string.",
        "name the feature, or leave the id out",
    ),
    (
        "coordinates-empty",
        "A geometry holds positions.",
        "write null as the geometry of a feature whose place is not known",
    ),
    (
        "collection-nested",
        "A GeometryCollection holds no other (RFC 7946, 3.1.8).",
        "move the inner geometries up",
    ),
    (
        "position-long",
        "A position has no more than three numbers (RFC 7946, 3.1.1).",
        "move measures and times into properties",
    ),
    (
        "position-mixed",
        "All positions of a geometry have as many numbers.",
        "give all of them a height, or none",
    ),
    (
        "null-island",
        "No position is exactly 0, 0.",
        "check whether a value was missing here",
    ),
    (
        "ring-winding",
        "Shells run counter-clockwise and holes clockwise (RFC 7946, 3.1.6).",
        "reverse the ring; shapely.orient_polygons does it",
    ),
    (
        "line-flat",
        "A line leads somewhere.",
        "make it a Point",
    ),
    (
        "vertex-duplicate",
        "No vertex is the same as the one before.",
        "delete one of the two",
    ),
    (
        "spike",
        "A line does not turn back on itself.",
        "delete the vertex at the tip",
    ),
    (
        "crosses-180",
        "No edge is longer than 180° of longitude (RFC 7946, 3.1.9).",
        "cut the geometry at 180°, for example with the antimeridian package",
    ),
    (
        "pole-open",
        "A ring that runs round a pole is closed over it.",
        "carry the ring along 180° to the pole and back along -180°",
    ),
    (
        "pole-vertex",
        "A line comes to a pole and leaves it along a meridian.",
        "give the pole two vertices, one at the longitude of either neighbour",
    ),
)

_NOTES = table(
    Severity.NOTE,
    (
        "features-empty",
        "A FeatureCollection has features.",
        "nothing, if it is meant to be empty",
    ),
    (
        "geometry-null",
        "A feature has a place.",
        "nothing, if the place is not known",
    ),
    (
        "id-missing",
        "Each feature has an id.",
        "add ids, so that others can refer to a feature",
    ),
    (
        "precision",
        "Coordinates have at most 7 decimals, which is 11 mm (RFC 7946, 11.2).",
        "round them; digits beyond suggest an exactness that is not there",
    ),
    (
        "ring-wide",
        "A ring spans no more than 180° of longitude.",
        "nothing, if it is as wide as that; else cut it at 180°",
    ),
)

RULES: dict[str, Rule] = {**TEXT, **SHAPE, **PLACE, **_CARE, **_NOTES}
