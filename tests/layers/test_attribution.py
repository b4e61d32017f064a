"""Whom to name: everybody, and nobody twice."""

from types import SimpleNamespace
from typing import Any

import pytest

from layers.attribution import attributions
from layers.catalogue import Catalogue
from layers.maps import maps_of


def said(*each: str) -> list[str]:
    held: Any = [SimpleNamespace(spec=SimpleNamespace(attribution=one)) for one in each]
    return attributions(held)


@pytest.mark.parametrize(
    ("each", "wanted"),
    [
        (("a", "a"), ["a"]),
        (("Made with b", "Made with b; names c"), ["Made with b", "names c"]),
        (("Laws; © K; G", "base points: G, © K"), ["Laws", "base points: G, © K"]),
        (("© K", "base points: © K"), ["base points: © K"]),
        (("a; b", "b; c", "a; c"), ["a; b", "c"]),
        (("one.", "one"), ["one"]),
    ],
)
def test_what_is_said_once_is_not_said_again(each: tuple[str, ...], wanted: list[str]) -> None:
    assert said(*each) == wanted


def test_every_map_names_each_of_its_sources_and_natural_earth_once(catalogue: Catalogue) -> None:
    for one in maps_of(catalogue).values():
        shown = one.shown(catalogue)
        text = " · ".join(attributions(shown))
        assert text.count("Made with Natural Earth") == 1
        for collection in shown:
            assert all(part in text for part in collection.spec.attribution.split("; "))
