"""Who differs with whom: every side heard with its source, and every reference leads somewhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from geo.finding import Finding, Severity
from layers.build import load_module
from layers.catalogue import Catalogue, load_catalogue, load_collection
from layers.collection import Collection
from layers.folder import HOME, open_folder
from layers.world import World

FOLDER = open_folder(HOME / "arctic_disputes", trusted=True)
LAYERS = ("arctic_disputes", "arctic_boundaries", "arctic_shelf", "arctic_zones")


@pytest.fixture(scope="module")
def disputes() -> Collection:
    return load_collection(FOLDER, Path("unused"))


@pytest.fixture(scope="module")
def committed() -> Catalogue:
    folders = [open_folder(HOME / name, trusted=True) for name in LAYERS]
    return load_catalogue(folders, Path("unused"))


def truth(collection: Collection, world: World) -> list[Finding]:
    module = load_module(FOLDER.path / "truth.py", "layers.arctic_disputes.truth")
    found: Iterator[Finding] = module.truth(collection, world)
    return list(found)


def changed(collection: Collection, name: str, **properties: object) -> Collection:
    own = collection.by_id[name]
    other = replace(own, properties=own.properties.model_copy(update=properties))
    return replace(
        collection, features=tuple(other if f.id == name else f for f in collection.features)
    )


def test_every_reference_leads_to_a_feature_of_the_same_parties(
    disputes: Collection, committed: Catalogue
) -> None:
    found = truth(disputes, World(committed))
    assert [f for f in found if f.severity is Severity.ERROR] == []


def test_every_overlap_of_claims_stands_in_a_record(
    disputes: Collection, committed: Catalogue
) -> None:
    named = " ".join(str(f.properties.tags.get("features", "")) for f in disputes.features).split()
    shelf = committed["arctic_shelf"]
    overlaps = {f.id for f in shelf.features if f.properties.kind == "shelf_overlap"}
    assert {f"arctic_shelf/{name}" for name in overlaps} <= set(named)


def test_every_contested_boundary_stands_in_a_record(
    disputes: Collection, committed: Catalogue
) -> None:
    named = " ".join(str(f.properties.tags.get("features", "")) for f in disputes.features).split()
    contested = {
        f"arctic_boundaries/{f.id}"
        for f in committed["arctic_boundaries"].features
        if f.properties.status in ("claimed", "provisional", "disputed", "planned")
    }
    assert contested <= set(named)


def test_in_every_open_dispute_at_least_two_sides_are_heard_with_sources(
    disputes: Collection,
) -> None:
    for record in disputes.features:
        if record.properties.tags["open"]:
            assert len({one.party for one in record.properties.positions}) >= 2, record.id
            assert all(one.sources for one in record.properties.positions)


def test_an_open_dispute_is_never_called_agreed_and_a_settled_one_never_disputed(
    disputes: Collection,
) -> None:
    for record in disputes.features:
        own = record.properties
        assert own.kind == ("dispute" if own.tags["open"] else "settled_dispute")
        allowed = ("disputed", "provisional") if own.tags["open"] else ("agreed", "planned")
        assert own.status in allowed, record.id


def test_what_is_signed_and_not_verified_to_be_in_force_says_so(disputes: Collection) -> None:
    for record in disputes.features:
        if record.properties.status == "planned":
            assert "not verified" in str(record.properties.missing), record.id


def test_a_record_holds_no_outline_of_its_own(disputes: Collection) -> None:
    assert all(record.geometry is None for record in disputes.features)


def test_the_beaufort_sea_has_both_lines_and_both_positions(disputes: Collection) -> None:
    own = disputes.by_id["beaufort"].properties
    assert {one.party for one in own.positions} == {"CA", "US"}
    features = str(own.tags["features"])
    assert "ca_us_beaufort_canada" in features and "ca_us_beaufort_us" in features


def test_nothing_rests_on_memory(disputes: Collection) -> None:
    for record in disputes.features:
        for source in record.properties.sources:
            assert source.url and source.id != "recall", (record.id, source.id)


def test_a_reference_to_nothing_is_found(disputes: Collection, committed: Catalogue) -> None:
    tags = {**disputes.by_id["beaufort"].properties.tags, "features": "arctic_shelf/atlantis"}
    found = truth(changed(disputes, "beaufort", tags=tags), World(committed))
    assert [(f.rule, f.feature) for f in found] == [("truth-reference", "beaufort")]


def test_a_reference_to_somebody_elses_line_is_found(
    disputes: Collection, committed: Catalogue
) -> None:
    tags = {
        **disputes.by_id["beaufort"].properties.tags,
        "features": "arctic_boundaries/gl_is_1997",
    }
    found = truth(changed(disputes, "beaufort", tags=tags), World(committed))
    assert [f.rule for f in found] == ["truth-parties"]


def test_a_dispute_in_which_one_side_alone_is_heard_is_found(
    disputes: Collection, committed: Catalogue
) -> None:
    first = disputes.by_id["beaufort"].properties.positions[:1]
    found = truth(changed(disputes, "beaufort", positions=first), World(committed))
    assert [f.rule for f in found] == ["truth-positions"]


def test_without_the_other_layers_references_are_noted_as_unchecked(disputes: Collection) -> None:
    found = truth(disputes, World(Catalogue({})))
    assert found and {f.rule for f in found} == {"truth-unchecked"}
    assert {f.severity for f in found} == {Severity.NOTE}
