"""Arrays that are made once, lie in the cache, and are in no process's own memory."""

import mmap
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from shapely import LineString

from layers import mapped as module
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.indices import Indices
from layers.mapped import mapped
from layers.where import Where

RECIPE = [Path(module.__file__)]
Make = Callable[[], dict[str, npt.NDArray[np.generic]]]


@pytest.fixture
def large(made_collection: Callable[..., Collection]) -> list[Collection]:
    line = LineString([(n / module.LARGE, 60.0) for n in range(module.LARGE)])
    return [made_collection("many", {"a": line})]


@pytest.fixture
def made() -> list[int]:
    return []


@pytest.fixture
def make(made: list[int]) -> Make:
    def once_more() -> dict[str, npt.NDArray[np.generic]]:
        made.append(1)
        return {"of.one": np.arange(5.0), "of.other": np.zeros((0, 2))}

    return once_more


def lies_in_a_file(array: npt.NDArray[np.generic]) -> bool:
    base: object = array
    while isinstance(base, np.ndarray):
        base = base.base
    return isinstance(base, memoryview) and isinstance(base.obj, mmap.mmap)


def test_they_are_made_once_and_mapped_ever_after(
    large: list[Collection], make: Make, made: list[int], tmp_path: Path
) -> None:
    for _ in range(2):
        arrays = mapped("told", RECIPE, large, make, tmp_path)
        assert arrays["of.one"].tolist() == [0, 1, 2, 3, 4]
        assert all(lies_in_a_file(one) for one in arrays.values() if one.size)
    assert made == [1]


def test_a_file_of_other_data_goes_and_a_damaged_one_is_made_anew(
    large: list[Collection], make: Make, made: list[int], tmp_path: Path
) -> None:
    (tmp_path / "told-0123456789abcdef.shelf").write_bytes(b"{}")
    mapped("told", RECIPE, large, make, tmp_path)
    (file,) = tmp_path.glob("told-*.shelf")
    file.write_bytes(b"damaged")
    assert "of.one" in mapped("told", RECIPE, large, make, tmp_path)
    assert made == [1, 1]
    mapped("told", RECIPE, large, make, tmp_path)
    assert made == [1, 1]


def test_what_is_small_and_what_has_no_cache_is_made_in_memory(
    large: list[Collection], make: Make, tmp_path: Path, made_collection: Callable[..., Collection]
) -> None:
    small = [made_collection("few", {"a": LineString([(0, 0), (1, 1)])})]
    assert not lies_in_a_file(mapped("told", RECIPE, small, make, tmp_path)["of.one"])
    assert not list(tmp_path.iterdir())
    nowhere = tmp_path / "file"
    nowhere.touch()
    assert not lies_in_a_file(mapped("told", RECIPE, large, make, nowhere)["of.one"])


def test_the_indices_of_positions_are_in_no_memory_of_our_own_and_say_the_same(
    catalogue: Catalogue, cache: Path
) -> None:
    few = ("arctic_zones", "arctic_limits", "bering_transits")
    some = Catalogue({one: catalogue[one] for one in few})
    held, own = Indices(some, cache / "apart"), Indices(some)
    assert all(lies_in_a_file(one) for one in held.arrays.values() if one.nbytes > 100_000)
    assert sum(one.nbytes for one in held.arrays.values()) > 10_000_000
    opened, made = Where(some, cache / "apart"), Where(some)
    for at in ((-168.97, 65.78), (180.0, 71.0), (0.0, 90.0), (14.5, 74.2), (-50.0, 20.0)):
        assert opened.ask(at) == made.ask(at)
    assert own.arrays.keys() == held.arrays.keys()
