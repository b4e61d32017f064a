"""Named arrays in a file that is mapped into memory."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from layers.errors import LayersError
from layers.shelved import ALIGNED, shelve, unshelved

ARRAYS: dict[str, npt.NDArray[np.generic]] = {
    "whole": np.arange(7, dtype=np.int32),
    "none": np.zeros((0, 4), dtype=np.int32),
    "table": np.arange(12, dtype=np.float64).reshape(4, 3),
}


def test_what_was_shelved_comes_back_with_what_was_said_of_it(tmp_path: Path) -> None:
    path = tmp_path / "below" / "a.shelf"
    shelve(path, {"said": [1.5, "x"]}, ARRAYS)
    head, arrays = unshelved(path)
    assert head == {"said": [1.5, "x"]}
    assert set(arrays) == set(ARRAYS)
    for name, array in ARRAYS.items():
        assert arrays[name].dtype == array.dtype
        assert arrays[name].shape == array.shape
        assert (arrays[name] == array).all()
    assert not list(path.parent.glob("*.part"))


def test_the_arrays_are_aligned_and_cannot_be_written_to(tmp_path: Path) -> None:
    shelve(tmp_path / "a.shelf", {}, ARRAYS)
    _, arrays = unshelved(tmp_path / "a.shelf")
    for array in arrays.values():
        assert array.ctypes.data % ALIGNED == 0
        assert not array.flags.writeable


def test_a_file_that_is_replaced_stays_readable_for_who_has_it_open(tmp_path: Path) -> None:
    path = tmp_path / "a.shelf"
    shelve(path, {}, ARRAYS)
    _, arrays = unshelved(path)
    shelve(path, {}, {"whole": np.zeros(7, dtype=np.int32)})
    assert (arrays["whole"] == ARRAYS["whole"]).all()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.8])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    path = tmp_path / "a.shelf"
    shelve(path, {}, ARRAYS)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(LayersError, match=r"a\.shelf is damaged"):
        unshelved(path)


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.shelf").write_bytes(b"<html>\n" * 90)
    with pytest.raises(LayersError):
        unshelved(tmp_path / "a.shelf")
