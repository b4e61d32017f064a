"""The boundaries against the figures and points that others published of them."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shapely
from shapely import box

from geo.feature import Feature
from geo.finding import Finding
from geo.geodesic import METRES_PER_M, Point, azimuth, densify, distance_m, length_m
from geo.vocabulary import Evidence, Status
from layers.build import load_module
from layers.catalogue import Catalogue, load_collection
from layers.collection import Collection
from layers.facts import Facts
from layers.folder import HOME, open_folder
from layers.world import World

FOLDER = HOME / "arctic_boundaries"
TABLES = sorted((FOLDER / "points").glob("*.csv"))
R_200M = 200 * METRES_PER_M
ST_MATTHEW = (-(173 + 6 / 60 + 54 / 3600), 60 + 38 / 60 + 23 / 3600)  # of the arc 36–37
NAVARIN = (179 + 5 / 60 + 34 / 3600, 62 + 16 / 60 + 9 / 3600)  # of the arc 38–39
LANGANES_1980 = (-(14 + 31 / 60 + 42.6 / 3600), 66 + 22 / 60 + 42.6 / 3600)
TRIPOINT = (-(13 + 16 / 60), 69 + 35 / 60)
POINT_A = (-(6 + 38 / 60 + 18.95 / 3600), 67 + 36 / 60 + 40.54 / 3600)
POINT_C = (-(1 + 41 / 60 + 43.56 / 3600), 66 + 49 / 60 + 15.75 / 3600)
VARANGER_END = (32 + 4 / 60 + 23 / 3600, 70 + 16 / 60 + 28.95 / 3600)

Truth = Callable[[Collection, World], Iterator[Finding]]


@pytest.fixture(scope="module")
def boundaries(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    return load_collection(open_folder(FOLDER), tmp_path_factory.mktemp("none"))


@pytest.fixture(scope="module")
def truth() -> Truth:
    module = load_module(FOLDER / "truth.py", "layers.arctic_boundaries.truth")
    found: Truth = module.truth
    return found


def parts(boundaries: Collection, *lines: str) -> list[Feature]:
    return [f for f in boundaries.features if f.geometry is not None and f.id.startswith(lines)]


def miles(boundaries: Collection, *lines: str) -> float:
    found = parts(boundaries, *lines)
    return sum(length_m(f.geometry) for f in found if f.geometry) / METRES_PER_M


def vertices(features: list[Feature]) -> dict[str, Point]:
    listed = [vertex for feature in features for vertex in feature.properties.vertices]
    return {v.n: (v.lon, v.lat) for v in listed if v.lon is not None and v.lat is not None}


def drawn(feature: Feature) -> list[Point]:
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(feature.geometry)]


def drawn_between(feature: Feature, a: Point, b: Point) -> list[Point]:
    points = drawn(feature)
    near = [min(points, key=lambda p, end=end: distance_m(p, end)) for end in (a, b)]  # type: ignore[misc]
    return points[points.index(near[0]) + 1 : points.index(near[1])]


@pytest.mark.parametrize(
    ("a", "b", "centre"), [("36", "37", ST_MATTHEW), ("38", "39", NAVARIN)], ids=["36-37", "38-39"]
)
def test_the_arcs_of_1990_lie_200_miles_from_the_centres_that_the_annex_names(
    boundaries: Collection, a: str, b: str, centre: Point
) -> None:
    (part,) = parts(boundaries, "us_ru_1990_35_53")
    points = vertices([part])
    for end in (a, b):
        assert distance_m(points[end], centre) / METRES_PER_M == pytest.approx(200, abs=0.005)
    between = drawn_between(part, points[a], points[b])
    assert between, "an arc longer than one step has points of its own"
    assert [distance_m(p, centre) for p in between] == pytest.approx(
        [R_200M] * len(between), abs=0.05
    )


def test_the_centre_computed_for_the_arc_84_to_85_lies_at_medny_island(
    boundaries: Collection, catalogue: Catalogue
) -> None:
    (part,) = parts(boundaries, "us_ru_1990_82_87")
    (start,) = [v for v in part.properties.vertices if v.n == "84"]
    assert start.centre is not None
    points = vertices([part])
    for end in ("84", "85"):
        assert distance_m(points[end], start.centre) == pytest.approx(R_200M, abs=1)
    near = shapely.Point(start.centre)
    medny = [p for p in World(catalogue).land_near(near.buffer(0.1)) if p.bounds[2] < 169]
    assert min(p.distance(near) for p in medny) < 0.02


def test_the_loxodrome_of_1990_runs_between_the_two_points_that_the_annex_names(
    boundaries: Collection,
) -> None:
    named = densify(
        (-172.0, 64 + 5 / 60 + 8 / 3600), (170 + 18 / 60 + 31 / 3600, 53.7283333), "rhumb", 500
    )
    points = vertices(parts(boundaries, "us_ru_1990_35_53"))
    for end in ("37", "38"):
        assert min(distance_m(points[end], p) for p in named) < 250
    (part,) = parts(boundaries, "us_ru_1990_35_53")
    for spot in drawn_between(part, points["37"], points["38"]):
        assert min(distance_m(spot, p) for p in named) < 400


def test_the_line_of_1990_crosses_180_and_is_cut_there(boundaries: Collection) -> None:
    (part,) = parts(boundaries, "us_ru_1990_35_53")
    west, east = shapely.get_parts(part.geometry)
    assert west.coords[-1][0] == -180 and east.coords[0][0] == 180
    assert west.coords[-1][1] == east.coords[0][1]


def test_the_line_of_1990_has_87_points_and_a_meridian_through_the_bering_strait(
    boundaries: Collection,
) -> None:
    south = vertices([f for f in parts(boundaries, "us_ru_1990") if "meridian" not in f.id])
    assert list(south) == [str(n) for n in range(1, 88)]
    meridian = parts(boundaries, "us_ru_1990_meridian")
    assert {lon for f in meridian for lon, _ in drawn(f)} == {-168.9769444}


def test_the_line_of_1990_passes_between_the_diomede_islands(
    boundaries: Collection, catalogue: Catalogue
) -> None:
    strait = box(-169.2, 65.7, -168.8, 65.85)
    islands = sorted(p.bounds for p in World(catalogue).land_near(strait) if strait.covers(p))
    assert len(islands) == 2, "Ratmanov (Big Diomede) and Little Diomede"
    assert islands[0][2] < -168.9769444 < islands[1][0]


def test_what_russia_has_not_ratified_is_provisional_and_says_so(boundaries: Collection) -> None:
    for feature in parts(boundaries, "us_ru_1990"):
        assert feature.properties.status is Status.PROVISIONAL
        assert "not ratified" in (feature.properties.note or "")


def test_norway_and_russia_are_parted_by_1752_km_from_2007_and_2010(
    boundaries: Collection,
) -> None:
    whole = miles(boundaries, "no_ru_varangerfjord", "no_ru_barents") * METRES_PER_M
    assert whole / 1000 == pytest.approx(1752, abs=0.5)


@pytest.mark.parametrize(
    ("lines", "length"),
    [
        (("gl_no_svalbard_2006",), 429.4),
        (("gl_no_janmayen_1995", "gl_no_janmayen_1997"), 346.4),
        (("gl_is_1997",), 596.0),
        (("no_fo_1979",), 32.9),
    ],
    ids=["Greenland-Svalbard", "Greenland-Jan Mayen", "Greenland-Iceland", "Norway-Faroe"],
)
def test_a_boundary_is_as_long_as_the_reference_says(
    boundaries: Collection, lines: tuple[str, ...], length: float
) -> None:
    assert miles(boundaries, *lines) == pytest.approx(length, abs=0.06)


@pytest.mark.parametrize(
    ("point", "lines"),
    [
        (TRIPOINT, ("gl_no_janmayen_1997", "is_no_janmayen_1997", "gl_is_1997")),
        (POINT_A, ("banana_hole_is_no",)),
        (POINT_C, ("banana_hole_is_no", "banana_hole_fo_is", "banana_hole_fo_no")),
        (VARANGER_END, ("no_ru_varangerfjord", "no_ru_barents", "no_ru_former")),
    ],
    ids=["69°35'00\"N", "67°36'40.54\"N", "66°49'15.75\"N", "70°16'28.95\"N"],
)
def test_a_shared_point_is_the_same_in_every_line(
    boundaries: Collection, point: Point, lines: tuple[str, ...]
) -> None:
    for line in lines:
        (feature,) = parts(boundaries, line)
        assert min(distance_m(p, point) for p in drawn(feature)) < 0.01
    listed = {p for f in parts(boundaries, *lines) for p in vertices([f]).values()}
    assert len({p for p in listed if distance_m(p, point) < 1000}) == 1


def test_icelands_line_towards_jan_mayen_is_an_arc_around_langanes(boundaries: Collection) -> None:
    (line,) = parts(boundaries, "is_no_janmayen_1980")
    start, *inner, end = drawn(line)
    assert len(inner) > 20
    assert [distance_m(p, LANGANES_1980) for p in inner] == pytest.approx(
        [R_200M] * len(inner), abs=0.05
    )
    assert distance_m(end, LANGANES_1980) == pytest.approx(R_200M, abs=0.1)
    assert distance_m(start, LANGANES_1980) == pytest.approx(R_200M, abs=25)  # printed to 1"


def test_canadas_line_in_the_beaufort_sea_ends_200_miles_from_the_terminus(
    boundaries: Collection,
) -> None:
    (line,) = parts(boundaries, "ca_us_beaufort_canada")
    assert {lon for lon, _ in drawn(line)} == {-141.0}
    assert miles(boundaries, "ca_us_beaufort_canada") == pytest.approx(200, abs=0.02)


def test_both_lines_of_the_beaufort_sea_are_claims_of_one_party_each(
    boundaries: Collection,
) -> None:
    lines = {f.properties.tags["claimant"]: f for f in parts(boundaries, "ca_us_beaufort")}
    assert set(lines) == {"CA", "US"}
    for claimant, line in lines.items():
        assert line.properties.status is Status.CLAIMED
        assert line.properties.parties == [claimant]
        assert line.properties.tags["exact"] is False
    start = {claimant: drawn(line)[0] for claimant, line in lines.items()}
    assert distance_m(start["CA"], start["US"]) < 6_000
    assert azimuth(start["CA"], drawn(lines["US"])[-1]) == pytest.approx(18, abs=2)


def test_only_the_two_lines_that_begin_on_the_coast_touch_land(
    boundaries: Collection, catalogue: Catalogue
) -> None:
    world = World(catalogue)
    wet = [f for f in boundaries.features if f.geometry]
    dry = {
        f.id: sum(length_m(f.geometry.intersection(p)) for p in world.land_near(f.geometry))
        for f in wet
        if f.geometry and f.geometry.intersects(world.land)
    }
    assert set(dry) == {"no_ru_varangerfjord_2007", "ca_us_beaufort_canada"}
    assert max(dry.values()) < 1_500


def test_every_truth_rule_is_content_with_what_is_committed(
    boundaries: Collection, catalogue: Catalogue, truth: Truth
) -> None:
    assert list(truth(boundaries, World(catalogue))) == []


def test_the_truth_rules_find_a_moved_point(boundaries: Collection, truth: Truth) -> None:
    """The tripoint drawn 1 km off, and an arc around a centre that is 1 km off."""
    changed = []
    for feature in boundaries.features:
        shape, said = feature.geometry, feature.properties
        if feature.id == "gl_is_1997" and shape is not None:
            shape = shapely.transform(shape, lambda xy: xy - (0, -0.01))
        if feature.id == "is_no_janmayen_1980":
            first, last = said.vertices
            moved = first.model_copy(update={"centre": (LANGANES_1980[0], 66.389)})
            said = said.model_copy(update={"vertices": [moved, last]})
        changed.append(Feature(feature.id, shape, said))
    broken = Collection(boundaries.id, boundaries.spec, tuple(changed), "0" * 64)
    found = [f for f in truth(broken, World(Catalogue({}))) if f.rule != "truth-unchecked"]
    assert {f.feature for f in found if f.rule == "truth-shared-point"} == {"gl_is_1997"}
    assert {f.feature for f in found if f.rule == "truth-arc"} == {"is_no_janmayen_1980"}


def test_the_provisional_points_of_july_1997_are_not_drawn(boundaries: Collection) -> None:
    provisional = [(-(15 + 29 / 60), 69 + 3.5 / 60), (-(17 + 20 / 60), 68 + 44 / 60)]
    points = [p for f in boundaries.features if f.geometry for p in drawn(f)]
    for spot in provisional:
        assert min(distance_m(spot, p) for p in points) > 500


def test_the_agreement_of_2022_is_listed_with_its_facts_and_without_a_line(
    boundaries: Collection,
) -> None:
    agreement = boundaries.by_id["ca_gl_2022"]
    assert agreement.geometry is None
    assert "No coordinates were found" in (agreement.properties.missing or "")
    assert {figure.value for figure in agreement.properties.figures} >= {3962, 1.2}


def test_a_part_is_called_exact_only_if_all_its_points_are(boundaries: Collection) -> None:
    for feature in parts(boundaries, ""):
        if feature.properties.tags["exact"]:
            meridian = feature.properties.vertices[0].line == "meridian"
            judged = feature.properties.vertices[: 1 if meridian else None]
            assert all(vertex.evidence.exact for vertex in judged), feature.id


def test_points_in_an_old_datum_are_not_called_exact(boundaries: Collection) -> None:
    (north,) = parts(boundaries, "ca_gl_1973_south_111_124")
    assert north.properties.evidence is Evidence.OFFICIAL
    assert north.properties.tags["exact"] is False
    assert north.properties.accuracy_m == 400


def test_no_step_is_longer_than_ten_kilometres(boundaries: Collection) -> None:
    for feature in parts(boundaries, ""):
        for part in shapely.get_parts(feature.geometry):
            points = [(float(x), float(y)) for x, y in part.coords]
            assert max(map(distance_m, points, points[1:])) < 10_001, feature.id


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_the_decimals_of_a_point_are_what_its_source_prints(table: Path) -> None:
    """To 0.02 of an arc second: some data sets give more digits than they print."""
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for name in ("lat", "lon"):
                printed = degrees(row[f"{name}_text"])
                assert float(row[name]) == pytest.approx(printed, abs=0.02 / 3600), row


def degrees(text: str) -> float:
    *numbers, side = text.split()
    value = sum(float(number) / float(60**place) for place, number in enumerate(numbers))
    return -value if side in "SW" else value


def test_a_line_whose_entry_into_force_is_unverified_says_what_it_is_dated_from(
    boundaries: Collection,
) -> None:
    unverified = [f.properties for f in boundaries.features if says_unverified(f)]
    assert len(unverified) >= 7
    for said in unverified:
        assert not any("Entry into force" in event.text for event in said.events), said.name
        assert said.valid_from is None or "Dated from the signature" in (said.note or ""), said.name


def says_unverified(feature: Feature) -> bool:
    missing = (feature.properties.missing or "").lower()
    return "date of entry into force was not verified" in missing


def test_no_source_is_listed_in_vain(boundaries: Collection) -> None:
    cited = {source.id for f in boundaries.features for source in f.properties.sources}
    assert cited == set(Facts(open_folder(FOLDER)).sources)
