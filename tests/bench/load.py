"""The load: `wrk` on a hot address, one request after the other on cold ones."""

import http.client
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rooms import Child, Unavailable, need, run

Headers = Mapping[str, str]


@dataclass(frozen=True)
class Hot:
    """What `wrk` saw, and what it cost the server."""

    per_s: float
    cpu_us: float  # processor time of the server per request


def hot(child: Child, port: int, path: str, headers: Headers, core: int, seconds: float) -> Hot:
    """``seconds`` of load on one address. Raises `Unavailable` when answers are not good."""
    lines = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    before = child.cpu_s()
    said = run(
        [
            "taskset", "-c", str(core), need("wrk", "wrk (apt)"), "-t1", "-c16",
            f"-d{seconds:g}s", *lines, f"http://127.0.0.1:{port}{path}",
        ]
    )  # fmt: skip
    spent = child.cpu_s() - before
    count = re.search(r"(\d+) requests in", said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if not count or not rate or "Non-2xx" in said or "Socket errors" in said:
        raise Unavailable(f"bad answers to {path}: {said}")
    return Hot(float(rate[1]), spent / max(1, int(count[1])) * 1e6)


@dataclass(frozen=True)
class Answer:
    """One answer to one request."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    ms: float


def fetch(port: int, paths: Iterable[str], headers: Headers) -> list[Answer]:
    """Each address once, on one connection, with the time from request to last byte."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    answers = []
    for path in paths:
        begin = time.perf_counter()
        connection.request("GET", path, headers=dict(headers))
        reply = connection.getresponse()
        body = reply.read()
        ms = (time.perf_counter() - begin) * 1e3
        named = {name.lower(): value for name, value in reply.getheaders()}
        answers.append(Answer(reply.status, named, body, ms))
    connection.close()
    return answers
