"""Numbers as Protocol Buffers write them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.varint import delimited, lengths, read_varints, varint, varints, zigzag


@pytest.mark.parametrize(("value", "written"), [(0, "00"), (1, "01"), (127, "7f"), (300, "ac02")])
def test_a_number_is_written_as_the_format_says(value: int, written: str) -> None:
    assert varint(value).hex() == written
    assert varints(np.array([value], dtype=np.uint32)).hex() == written


@given(st.lists(st.integers(0, 2**32 - 1), max_size=60))
def test_many_numbers_are_the_single_ones_joined(values: list[int]) -> None:
    array = np.array(values, dtype=np.uint32)
    assert varints(array) == b"".join(map(varint, values))
    assert lengths(array).tolist() == [len(varint(one)) for one in values]


@given(st.lists(st.integers(0, 2**62), max_size=60))
def test_what_was_written_is_read(values: list[int]) -> None:
    assert read_varints(b"".join(map(varint, values))).tolist() == values


def test_small_numbers_of_either_sign_stay_small() -> None:
    signed = np.array([0, -1, 1, -2, 2**31 - 1, -(2**31)])
    assert zigzag(signed).tolist() == [0, 1, 2, 3, 2**32 - 2, 2**32 - 1]


def test_bytes_carry_their_field_and_length() -> None:
    assert delimited(3, b"ab") == b"\x1a\x02ab"
    assert delimited(1, bytes(200))[:3] == b"\x0a\xc8\x01"
