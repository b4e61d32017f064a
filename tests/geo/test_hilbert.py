"""Tiles are counted as PMTiles counts them."""

from hypothesis import given
from hypothesis import strategies as st
from pmtiles.tile import zxy_to_tileid

from geo.hilbert import tile_number


@given(st.integers(0, 24).flatmap(lambda z: st.tuples(st.just(z), *[st.integers(0, 2**z - 1)] * 2)))
def test_every_tile_has_the_number_that_the_reference_gives_it(tile: tuple[int, int, int]) -> None:
    assert tile_number(*tile) == zxy_to_tileid(*tile)


def test_the_tiles_of_a_zoom_are_counted_without_a_gap() -> None:
    first = sum(4**z for z in range(3))
    numbers = sorted(tile_number(3, col, row) for col in range(8) for row in range(8))
    assert numbers == list(range(first, first + 64))
