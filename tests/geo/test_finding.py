"""Findings: how they are placed, filled in, cleaned and weighed."""

from hypothesis import given
from hypothesis import strategies as st

from geo.finding import Finding, Place, Severity, clean_text, worst


def test_a_place_reads_from_the_text_to_the_globe() -> None:
    place = Place(line=3, column=7, pointer="/features/0", lon=74.5, lat=43.0)
    assert str(place) == "line 3, column 7 · /features/0 · lon 74.500000, lat 43.000000"
    assert str(Place()) == ""


def test_layer_feature_and_file_are_filled_in_where_empty_and_kept_where_not() -> None:
    bare = Finding("rule", "message", "advice")
    filled = bare.at(layer="airbases", feature="manas", file="airbases.geojson")
    assert (filled.layer, filled.feature, filled.place.file) == (
        "airbases",
        "manas",
        "airbases.geojson",
    )
    again = filled.at(layer="x", feature="y", file="z")
    assert again == filled


def test_the_worst_of_findings_is_the_gravest_and_none_of_none() -> None:
    note = Finding("a", "m", "d", Severity.NOTE)
    warning = Finding("b", "m", "d", Severity.WARNING)
    assert worst([note, warning]) is Severity.WARNING
    assert worst([note, Finding("c", "m", "d"), warning]) is Severity.ERROR
    assert worst([]) is None


def test_names_in_any_script_stay_as_they_are() -> None:
    for name in ("Սյունիք", "ზანგეზური", "Zəngəzur dəhlizi", "Манас — «Транзит»"):
        assert clean_text(name) == name


@given(st.text(max_size=600, alphabet=st.characters(exclude_categories=())))
def test_no_text_of_a_finding_can_harm_a_terminal_or_an_encoder(text: str) -> None:
    finding = Finding("rule", text, "advice", feature=text, place=Place(pointer=text)).clean
    for part in (finding.message, finding.feature, finding.place.pointer or ""):
        assert part.isprintable()
        part.encode("utf-8")
