"""What holds for every layer that marchland brings, whichever it is."""

from pathlib import Path

import pytest
import shapely

from geo.formats import collection_bytes
from layers.build import build_bytes
from layers.catalogue import Catalogue
from layers.folder import Folder, our_folders
from layers.seal import broken_seal

OURS = our_folders()
FOLDERS = [pytest.param(one, id=one.id) for one in OURS]
COMMITTED = [pytest.param(one, id=one.id) for one in OURS if not one.spec.generated]
REBUILT = [
    pytest.param(one, id=one.id) for one in OURS if not (one.spec.generated or one.spec.sealed)
]
LARGE = {  # bytes
    "arctic_zones": 8_000_000,
    "arctic_limits": 5_000_000,  # with the coast, which is an edge of every zone
    "lakes": 3_000_000,
    "rivers": 4_000_000,
}
SEALED = [pytest.param(one, id=one.id) for one in OURS if one.spec.sealed]
OVERLAYS = [pytest.param(one, id=one.id) for one in OURS if one.spec.role == "overlay"]


def test_the_five_sourced_layers_and_the_base_are_there() -> None:
    names = {folder.id for folder in our_folders()}
    base = {"land", "countries", "country_groups", "labels"}
    sourced = {"airbases", "corridor", "bering_transits", "bering_events", "arctic_boundaries"}
    assert base | sourced <= names


@pytest.mark.parametrize("folder", REBUILT)
def test_the_committed_file_is_what_the_facts_give_and_gives_again(folder: Folder) -> None:
    committed = (folder.path / f"{folder.id}.geojson").read_bytes()
    assert build_bytes(folder) == committed == build_bytes(folder)


@pytest.mark.parametrize("folder", SEALED)
def test_a_sealed_layer_was_built_of_what_is_there_now(folder: Folder) -> None:
    data = (folder.path / f"{folder.id}.geojson").read_bytes()
    assert broken_seal(folder, data) == []


@pytest.mark.parametrize("folder", COMMITTED)
def test_a_layer_keeps_its_bytes_through_a_round_trip(folder: Folder, catalogue: Catalogue) -> None:
    committed = (folder.path / f"{folder.id}.geojson").read_bytes()
    assert collection_bytes(catalogue[folder.id].features) == committed


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_geometry_is_valid_and_within_the_globe(folder: Folder, catalogue: Catalogue) -> None:
    for feature in catalogue[folder.id].features:
        if feature.geometry is None:
            continue
        assert shapely.is_valid(feature.geometry), feature.id
        west, south, east, north = feature.geometry.bounds
        assert -180 <= west <= east <= 180, feature.id
        assert -90 <= south <= north <= 90, feature.id


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_edge_runs_round_the_globe(folder: Folder, catalogue: Catalogue) -> None:
    for feature in catalogue[folder.id].features:
        for part in shapely.get_parts(feature.geometry or shapely.Point()):
            rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
            for ring in rings:
                points = shapely.get_coordinates(ring)
                at_pole = abs(abs(points[:-1, 1]) - 90) < 1e-9
                steps = abs(points[1:, 0] - points[:-1, 0])
                assert not (steps[~at_pole] > 180).any(), feature.id


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_shell_is_counter_clockwise_and_every_hole_clockwise(
    folder: Folder, catalogue: Catalogue
) -> None:
    for feature in catalogue[folder.id].features:
        for part in shapely.get_parts(feature.geometry or shapely.Point()):
            if part.geom_type == "Polygon":
                assert part.exterior.is_ccw, feature.id
                assert not any(hole.is_ccw for hole in part.interiors), feature.id


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_source_can_be_found_again(folder: Folder, catalogue: Catalogue) -> None:
    for feature in catalogue[folder.id].features:
        for source in feature.properties.sources:
            assert source.url or source.publisher, (feature.id, source.id)
            assert source.date or source.accessed, (feature.id, source.id)


@pytest.mark.parametrize("folder", OVERLAYS)
def test_every_feature_finds_a_rule_of_its_style(folder: Folder, catalogue: Catalogue) -> None:
    for feature in catalogue[folder.id].features:
        says = {**feature.properties.model_dump(mode="json"), **feature.properties.tags}
        fits = [
            rule
            for rule in folder.spec.style.rules
            if all(says.get(key) == value for key, value in rule.where.items())
        ]
        assert fits, feature.id


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_layer_says_what_it_is_under_which_licence_and_what_is_missing(folder: Folder) -> None:
    spec = folder.spec
    assert spec.title and spec.description and spec.attribution and spec.licence
    assert (folder.path / "README.md").is_file()
    assert spec.missing, "no layer is complete: say what a reader will not find"


@pytest.mark.parametrize("folder", COMMITTED)
def test_a_sourced_layer_is_small_enough_for_the_repository(folder: Folder) -> None:
    limit = LARGE.get(folder.id, 2_000_000)
    assert Path(folder.path / f"{folder.id}.geojson").stat().st_size < limit
