"""The rules on a GeoJSON text that a file must keep to be read: all of severity ERROR.

RFC 7946 is GeoJSON, RFC 8259 JSON, RFC 7493 I-JSON.
"""

from geo.finding import Severity
from geo.rule import table

TEXT = table(
    Severity.ERROR,
    (
        "empty-file",
        "A file holds a JSON document.",
        "write the document, or leave the file out",
    ),
    (
        "encoding",
        "The text is UTF-8 (RFC 8259, 8.1).",
        "save the file as UTF-8",
    ),
    (
        "json-syntax",
        "The text is JSON (RFC 8259).",
        "correct the text at this place; write it with a JSON library rather than by hand",
    ),
    (
        "json-trailing-comma",
        "No comma stands before a closing bracket.",
        "delete the comma",
    ),
    (
        "json-comment",
        "JSON has no comments.",
        "delete the comment, or move it into a member of its own",
    ),
    (
        "json-truncated",
        "The text goes on to the last closing bracket.",
        "fetch or write the whole file again",
    ),
    (
        "json-extra",
        "Nothing follows the document.",
        "put the features into one FeatureCollection; lines of GeoJSON are another format",
    ),
    (
        "json-constant",
        "NaN and Infinity are not JSON numbers.",
        "leave the member out, or write null where null is allowed",
    ),
    (
        "json-number",
        "Numbers fit into a double (RFC 7493, 2.2).",
        "write a number that fits, or a string",
    ),
    (
        "json-duplicate-key",
        "No object has two members of one name (RFC 7493, 2.3).",
        "delete one of the two: programs differ in which they read",
    ),
    (
        "json-depth",
        "Brackets nest no deeper than 64 levels.",
        "flatten the value; readers refuse or crash on it",
    ),
    (
        "text-surrogate",
        "Strings hold whole Unicode characters (RFC 8259, 8.2).",
        "write the character itself or both halves of the \\u pair",
    ),
)

SHAPE = table(
    Severity.ERROR,
    (
        "document-type",
        "The document is a FeatureCollection, a Feature or a geometry.",
        "make it a FeatureCollection (RFC 7946, section 3)",
    ),
    (
        "type-unknown",
        "Each type is one of the nine of RFC 7946.",
        "use one of the nine; there are no circles, curves or boxes",
    ),
    (
        "type-case",
        "Types are spelled with capitals as in RFC 7946.",
        "correct upper and lower case",
    ),
    (
        "features-missing",
        "A FeatureCollection has an array of features.",
        "add `features`, an array",
    ),
    (
        "feature-object",
        "Each member of features is a Feature.",
        "wrap it in a Feature with type, properties and geometry",
    ),
    (
        "properties-missing",
        "A Feature has properties, an object or null.",
        "add `properties`; write {} or null where there are none",
    ),
    (
        "properties-type",
        "Properties are an object or null.",
        "make it an object",
    ),
    (
        "geometry-missing",
        "A Feature has a geometry, an object or null.",
        "add `geometry`; write null where there is none",
    ),
    (
        "geometry-type",
        "A geometry is an object or null.",
        "write a GeoJSON geometry; WKT and encoded polylines are other formats",
    ),
    (
        "member-misplaced",
        "No object has the defining members of another type (RFC 7946, 7.1).",
        "move the member to where it belongs, or rename it",
    ),
    (
        "crs-foreign",
        "Coordinates are WGS 84 longitude and latitude (RFC 7946, 4).",
        "reproject to WGS 84 (EPSG:4326, longitude first) and delete `crs`",
    ),
    (
        "id-type",
        "An id is a string or a number.",
        "write the id as a string",
    ),
    (
        "id-duplicate",
        "No two features have one id.",
        "give each feature an id of its own",
    ),
    (
        "bbox-shape",
        "A bbox is four or six numbers: west, south, east, north.",
        "correct it, or leave it out",
    ),
    (
        "bbox-range",
        "A bbox lies on the globe and its south below its north.",
        "correct it, or leave it out",
    ),
    (
        "bbox-disagrees",
        "A bbox holds every position of its object.",
        "compute it again, or leave it out",
    ),
    (
        "coordinates-missing",
        "A geometry has an array of coordinates.",
        "add `coordinates`, an array",
    ),
    (
        "geometries-missing",
        "A GeometryCollection has an array of geometries.",
        "add `geometries`, an array",
    ),
    (
        "coordinates-depth",
        "Coordinates nest as deep as their type asks.",
        "add or remove a level of brackets, or correct the type",
    ),
    (
        "coordinates-number",
        "Positions hold numbers only.",
        "write numbers, without quotes; leave out positions that are not known",
    ),
    (
        "position-short",
        "A position has a longitude and a latitude.",
        "add the missing number",
    ),
)

PLACE = table(
    Severity.ERROR,
    (
        "latitude-range",
        "Latitudes lie between -90 and 90.",
        "correct the position",
    ),
    (
        "longitude-range",
        "Longitudes lie between -180 and 180.",
        "cut the geometry at 180° and take 360 from what lies beyond (RFC 7946, 3.1.9)",
    ),
    (
        "axes-swapped",
        "Longitude comes first.",
        "swap the two numbers of every position",
    ),
    (
        "projected",
        "Coordinates are degrees.",
        "reproject to WGS 84 longitude and latitude, for example with ogr2ogr -t_srs EPSG:4326",
    ),
    (
        "line-short",
        "A LineString has two or more positions.",
        "add the other end, or make it a Point",
    ),
    (
        "ring-short",
        "A ring has four or more positions, the last one equal to the first.",
        "add the missing positions",
    ),
    (
        "ring-open",
        "The last position of a ring equals its first.",
        "repeat the first position at the end",
    ),
    (
        "ring-flat",
        "A ring surrounds an area.",
        "correct the positions, or make it a LineString",
    ),
    (
        "self-intersection",
        "The boundary of a polygon does not cross or touch itself along a line.",
        "move or reorder the vertices near this place; shapely.make_valid shows one way",
    ),
    (
        "hole-outside",
        "Holes lie inside their shell.",
        "make the ring a polygon of its own, or correct its positions",
    ),
    (
        "holes-nested",
        "Holes do not lie inside one another.",
        "make the inner ring a polygon of its own",
    ),
    (
        "interior-split",
        "Holes do not cut the inside of a polygon into pieces.",
        "split the polygon where holes meet",
    ),
    (
        "polygons-overlap",
        "The polygons of a MultiPolygon do not overlap or share an edge.",
        "unite them, or make features of their own of them",
    ),
)
