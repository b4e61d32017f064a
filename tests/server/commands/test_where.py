"""`marchland where`: the answer of `/where` without a server."""

import json
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

Run = Callable[..., tuple[int, str, str]]


def test_it_says_what_the_server_says(marchland: Run, app: FastAPI) -> None:
    code, out, _ = marchland("where", "-140.2", "70.5", "--view", "ca", "--json")
    sent = TestClient(app).get("/where?lon=-140.2&lat=70.5&view=CA").json()
    told = json.loads(out)
    assert code == 0
    assert told["view"] == sent["view"]
    for part in ("zones", "disputes", "boundaries"):
        assert [one["id"] for one in told[part]] == [one["id"] for one in sent[part]]
        assert [one.get("view") for one in told[part]] == [one.get("view") for one in sent[part]]


def test_the_view_of_a_party_stands_below_what_it_is_about(marchland: Run) -> None:
    _, out, _ = marchland("where", "140.2W", "70.5N", "--view", "CA")
    assert "\n    CA: Claimed by US; CA does not accept it.\n" in out
    assert "CA:" not in marchland("where", "140.2W", "70.5N")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("540", "0"), "longitude is 540"),
        (("0", "90.0001"), "latitude"),
        (("nan", "0"), "longitude is 'nan'"),
        (("0", "0", "--view", "zz"), "view is 'zz'"),
        (("0", "0", "--accuracy-m", "-1"), "accuracy_m is '-1'"),
    ],
)
def test_what_cannot_be_read_is_a_fault_of_the_command_line(
    marchland: Run, arguments: tuple[str, ...], said: str
) -> None:
    code, _, err = marchland("where", *arguments)
    assert code == 2
    assert said in err
