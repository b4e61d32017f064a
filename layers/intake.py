"""The bytes of a layer's GeoJSON taken in: read safely, checked, turned into features."""

import mmap
import stat
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from geo.errors import BadGeoJSON
from geo.feature import Feature
from geo.finding import Finding, Place, Severity, worst
from geo.formats import load_text, parse_feature, written_features
from geo.pointer import Lines, join, offsets
from geo.rules import check_geojson
from geo.spot import label_of
from layers.errors import BadLayer, NotBuilt
from layers.heap import loose
from layers.ruletable import finding

MAX_BYTES = 256 * 1024 * 1024
_BREAKS = ("Cc", "Cs", "Zl", "Zp")  # Unicode: controls, half characters, line separators


def read_built(path: Path, layer: str) -> bytes:
    """The bytes of a layer's file. Raises `NotBuilt` where there is none, `BadLayer` where the
    name belongs to something that is not a file to read: a folder, a pipe, a loop of links.
    """
    with _opened(path, layer) as file:
        return file.read()


def map_built(path: Path, layer: str) -> bytes | mmap.mmap:
    """As `read_built`, mapped: in memory is only what is looked at, and the system may take it.

    For a file that is never written to where it stands, only replaced.
    """
    with _opened(path, layer) as file:
        if not path.stat().st_size:
            return b""
        return loose(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


@contextmanager
def _opened(path: Path, layer: str) -> Iterator[BinaryIO]:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise BadLayer(layer, [_unreadable(path, "it is not a regular file", layer)])
        if about.st_size > MAX_BYTES:
            size = f"{path.name} has {about.st_size / 2**20:,.0f} MiB"
            raise BadLayer(layer, [finding("file-large", size, layer=layer)])
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        advice = f"run `marchland build {layer}`"
        raise NotBuilt(f"layer {layer}: {path.name} is not there; {advice}") from error
    except OSError as error:
        raise BadLayer(layer, [_unreadable(path, error.strerror or str(error), layer)]) from error


def take_in(
    data: bytes, layer: str, *, geometry: bool = True
) -> tuple[tuple[Feature, ...], list[Finding]]:
    """The features of a layer's file, and what is wrong with it; no features where an ERROR is.

    ``geometry=False`` leaves out the rules on text and geometry, for files that passed them when
    they were made: our own. The schema is always asked. Never raises.
    """
    found = check_geojson(data) if geometry else []
    if worst(found) is Severity.ERROR:
        return (), _of(layer, found)
    if not geometry and (quick := _written(data)):
        return quick, []
    features, more = _features(data.removeprefix(BOM_UTF8), layer)
    return features, _of(layer, [*found, *more])


def placed(data: bytes, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with a line and column wherever a pointer into ``data`` (valid JSON) is."""
    findings = list(findings)
    wanted = [f.place.pointer for f in findings if f.place.line is None and f.place.pointer]
    if not wanted:
        return findings
    text = data.decode("utf-8-sig")
    where, lines = offsets(text, wanted), Lines(text)
    return [_with_line(one, where, lines) for one in findings]


def _written(data: bytes) -> tuple[Feature, ...] | None:
    """What we wrote ourselves, read quickly; None where it takes a closer look."""
    try:
        features = written_features(data)
    except (BadGeoJSON, ValueError, KeyError, TypeError):
        return None
    sound = features and not any(fault for one in features for fault in _address(one.id, Place()))
    return features if sound else None


def _features(data: bytes, layer: str) -> tuple[tuple[Feature, ...], list[Finding]]:
    try:
        document = load_text(data)
    except BadGeoJSON as error:
        place = Place(line=error.line, column=error.column)
        return (), [finding("schema", str(error), layer=layer, place=place)]
    members = document.get("features") if isinstance(document, dict) else None
    if not isinstance(members, list):
        place = Place(line=1, column=1)
        message = "a layer is a FeatureCollection"
        return (), [finding("schema", message, layer=layer, place=place)]
    made: list[Feature] = []
    found: list[Finding] = []
    for n, member in enumerate(members):
        feature, faults = _feature(member, n)
        made += [feature] if feature else []
        found += faults
    return (() if found else tuple(made)), placed(data, found)


def _feature(member: Any, n: int) -> tuple[Feature | None, list[Finding]]:
    here, label = join("", "features", n), label_of(member, n)
    place = Place(pointer=here)
    try:
        if isinstance(member, dict) and not isinstance(member.get("id"), str):
            message = "a feature of a layer has an id, a string"
            return None, [finding("schema", message, feature=label, place=place)]
        feature = parse_feature(member)
        return feature, list(_address(feature.id, replace(place, pointer=f"{here}/id")))
    except BadGeoJSON as error:
        return None, [finding("schema", str(error), feature=label, place=place)]
    except ValidationError as error:
        return None, [
            finding(
                "schema",
                f"{'.'.join(map(str, part['loc'])) or 'properties'}: {part['msg']}",
                feature=label,
                place=Place(pointer=join(here, "properties", *part["loc"])),
            )
            for part in error.errors()
        ]


def _address(id: str, place: Place) -> Iterator[Finding]:
    """Clients resolve dots before they ask, and a line break ends what a server is asked."""
    dots = {".", ".."} & set(id.split("/"))
    if not id or dots or any(unicodedata.category(sign) in _BREAKS for sign in id):
        yield finding("id-address", f"the id {id!r} has no address", feature=id, place=place)


def _with_line(one: Finding, where: dict[str, int], lines: Lines) -> Finding:
    if one.place.pointer not in where:
        return one
    line, column = lines.place(where[one.place.pointer])
    return replace(one, place=replace(one.place, line=line, column=column))


def _of(layer: str, findings: Iterable[Finding]) -> list[Finding]:
    return [one.at(layer=layer).clean for one in findings]


def _unreadable(path: Path, why: str, layer: str) -> Finding:
    return finding("file-unreadable", f"{path.name}: {why}", layer=layer)
