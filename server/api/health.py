"""Whether every layer is served, and what is wrong with those and with files that are not."""

from dataclasses import asdict

import orjson
from starlette.requests import Request
from starlette.responses import Response

from geo.finding import Finding
from server.ask import asked
from server.framework import Router
from server.negotiate import JSON
from server.state import Site
from server.writer import Document

router = Router()
CONFORMANCE: tuple[str, ...] = ()


@router.get("/healthz")
async def health(request: Request) -> Response:
    """``ok``, or ``degraded`` with the findings of each layer, and the files, that are left out.

    The status is 200 in both cases: the layers that are good are served.
    """
    document = health_document(asked(request).site)
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(document), headers=headers, media_type=JSON)


def health_document(site: Site) -> Document:
    """The state of the catalogue, and what of the cache is damaged."""
    broken, files = site.catalogue.broken, [*site.vectors.packs.faults, *site.drawing.faults]
    return {
        "status": "degraded" if broken or files else "ok",
        "collections": len(site.catalogue.collections),
        "broken": [
            {"layer": one.layer, "findings": [_finding(each) for each in one.findings]}
            for one in broken
        ],
        "files": [one._asdict() for one in files],
    }


def _finding(finding: Finding) -> Document:
    plain = asdict(finding)
    return {**plain, "place": {k: v for k, v in plain["place"].items() if v is not None}}
