"""The feature schema: what may not be left out, and what may not be made up."""

from typing import Any

import pytest
from pydantic import ValidationError

from geo.model import Properties
from geo.vocabulary import Evidence, Status

SOURCE = {"id": "crs", "title": "Status of the base", "publisher": "CRS", "date": "2009-07"}
LEAST: dict[str, Any] = {
    "name": "Manas",
    "kind": "air_base",
    "status": "former",
    "evidence": "press",
    "licence": "CC-BY-4.0",
    "sources": [SOURCE],
}


def test_the_least_that_a_feature_says_is_enough() -> None:
    assert Properties.model_validate(LEAST).status is Status.FORMER


@pytest.mark.parametrize("member", ["name", "kind", "status", "evidence", "licence", "sources"])
def test_a_feature_without_one_of_the_least_is_refused(member: str) -> None:
    with pytest.raises(ValidationError, match=member):
        Properties.model_validate({key: LEAST[key] for key in LEAST if key != member})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sources": []}, "at least 1"),
        ({"status": "settled"}, "status"),
        ({"statsu": "former"}, "statsu"),
        ({"parties": ["USA"]}, "parties"),
        ({"valid_from": "June 2014"}, "YYYY"),
        ({"valid_from": "2014", "valid_to": "2005"}, "before valid_from"),
        ({"accuracy_m": -1}, "accuracy_m"),
        ({"sources": [SOURCE, SOURCE]}, "same id"),
        ({"sources": [{**SOURCE, "url": "javascript:alert(1)"}]}, "url"),
        ({"events": [{"date": "2009", "text": "vote", "sources": ["gone"]}]}, "gone"),
        ({"events": [{"date": "2009", "text": "vote", "sources": []}]}, "at least 1"),
        (
            {"figures": [{"what": "length", "value": 43, "unit": "km", "origin": "published"}]},
            "names no source",
        ),
        ({"positions": [{"party": "RU", "text": "ours", "sources": ["gone"]}]}, "gone"),
        ({"positions": [{"party": "RU", "text": "ours", "sources": []}]}, "at least 1"),
        ({"positions": [{"party": "Russia", "text": "ours", "sources": ["crs"]}]}, "party"),
        ({"tags": {"Not A Slug": 1}}, "tags"),
        ({"kind": "Air Base"}, "kind"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Properties.model_validate({**LEAST, **change})


def test_a_checked_feature_cannot_be_changed() -> None:
    made = Properties.model_validate(LEAST)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(made, "name", "Ganci")  # noqa: B010  # mypy would refuse the plain assignment


def test_only_official_and_two_sided_evidence_is_drawn_as_exact() -> None:
    exact = {code.value for code in Evidence if code.exact}
    assert exact == {
        "official", "official-2src", "official-dataset", "EPSG-2sided", "derived-exact",
    }  # fmt: skip


def test_each_party_of_a_dispute_is_heard_with_its_own_source() -> None:
    stance = {"party": "CA", "text": "The boundary is the 141st meridian.", "sources": ["crs"]}
    made = Properties.model_validate({**LEAST, "positions": [stance]})
    assert [one.party for one in made.positions] == ["CA"]


def test_a_feature_without_positions_says_nothing_about_them() -> None:
    assert Properties.model_validate(LEAST).positions == []
