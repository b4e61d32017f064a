"""From pointers to lines and columns, against the parser's own reading of the text."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.pointer import Lines, escape, join, offsets

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=25,
)


def pointers_of(value: Any, here: str = "") -> list[tuple[str, Any]]:
    found = [(here, value)]
    if isinstance(value, dict):
        for key, part in value.items():
            found += pointers_of(part, join(here, key))
    elif isinstance(value, list):
        for n, part in enumerate(value):
            found += pointers_of(part, join(here, n))
    return found


@given(VALUES, st.sampled_from([None, 0, 3]), st.booleans())
def test_the_text_at_each_offset_is_the_value_of_its_pointer(
    value: Any, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    known = pointers_of(value)
    where = offsets(text, [pointer for pointer, _ in known])
    for pointer, part in known:
        assert json.JSONDecoder().raw_decode(text, where[pointer])[0] == part


def test_slashes_and_tildes_in_names_are_escaped_as_rfc_6901_says() -> None:
    assert (escape("a/b"), escape("m~n"), escape("~1")) == ("a~1b", "m~0n", "~01")
    text = '{"a/b": 1, "m~n": 2, "": 3}'
    assert offsets(text, ["/a~1b", "/m~0n", "/"]) == {"/a~1b": 8, "/m~0n": 18, "/": 25}


def test_what_is_not_there_gets_the_place_of_its_nearest_ancestor() -> None:
    text = '{"a": {"b": [1, 2]}}'
    assert offsets(text, ["/a/b/7/x", "/a/c", "/z"]) == {"/a/b/7/x": 12, "/a/c": 6, "/z": 0}


def test_of_two_members_with_one_name_the_last_counts() -> None:
    text = '{"a": 1,\n "a": 2}'
    assert offsets(text, ["/a"])["/a"] == text.index("2")


@pytest.mark.parametrize("number", ["9" * 5000, "1e999", "-0.0e-5"])
def test_numbers_that_python_dislikes_are_skipped(number: str) -> None:
    text = f'[{number}, "here"]'
    assert text[offsets(text, ["/1"])["/1"] :].startswith('"here"')


def test_lines_and_columns_count_from_one() -> None:
    lines = Lines("ab\r\n\ncd")
    assert [lines.place(n) for n in (0, 1, 4, 5, 6)] == [(1, 1), (1, 2), (2, 1), (3, 1), (3, 2)]
