"""Text from data, made fit to draw."""

import tracemalloc

from geo.plaintext import LIMIT, plain_text


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert plain_text("a\x00b\x08c\ud800d\udfffe\ufffef\x7fg") == "abcdefg"


def test_white_space_becomes_single_spaces() -> None:
    assert plain_text("  one\r\n\ttwo\u00a0three  ") == "one two three"


def test_marks_that_turn_the_direction_of_writing_are_left_out() -> None:
    assert plain_text("abc\u202edef\u2066ghi") == "abcdefghi"


def test_letters_and_marks_are_composed() -> None:
    assert plain_text("A\u030angstro\u0308m") == "Ångström"


def test_a_long_text_is_cut_and_says_so() -> None:
    cut = plain_text("x" * (LIMIT + 1))
    assert len(cut) == LIMIT
    assert cut.endswith("…")
    assert plain_text("x" * LIMIT) == "x" * LIMIT


def test_a_megabyte_costs_no_more_than_a_line() -> None:
    words, spaces = "word " * 200_000, " " * 1_000_000 + "x"
    tracemalloc.start()
    assert len(plain_text(words)) <= LIMIT
    assert plain_text(spaces) == "…"  # what follows a megabyte was not read
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000  # no copy was made of it
