"""TileJSON 3.0.0."""

from geo.tilejson import Tileset, VectorLayer

LAYER = VectorLayer("a", "A layer", {"name": "The name."}, 0, 9)


def told(**said: object) -> dict[str, object]:
    plain = {"name": "A", "description": "b", "attribution": "c", "tiles": "http://x/{z}/{y}/{x}"}
    return Tileset(**{**plain, "min_zoom": 0, "max_zoom": 9, **said}).document()  # type: ignore[arg-type]


def test_what_the_format_requires_is_there() -> None:
    made = told(layers=[LAYER])
    assert made["tilejson"] == "3.0.0"
    assert made["tiles"] == ["http://x/{z}/{y}/{x}"]
    assert made["vector_layers"] == [
        {
            **{"id": "a", "description": "A layer", "minzoom": 0, "maxzoom": 9},
            "fields": {"name": "The name."},
        }
    ]


def test_bounds_across_180_are_all_around() -> None:
    assert told(bounds=(170.0, 50.0, -170.0, 60.0))["bounds"] == [-180, 50, 180, 60]


def test_the_centre_lies_in_the_bounds_at_the_first_zoom() -> None:
    assert told(bounds=(10.0, 20.0, 30.0, 40.0))["center"] == [20, 30, 0]


def test_pictures_have_no_vector_layers() -> None:
    assert "vector_layers" not in told()


def test_members_of_our_own_stand_beside() -> None:
    assert told(more={"tileMatrixSet": "X"})["tileMatrixSet"] == "X"
