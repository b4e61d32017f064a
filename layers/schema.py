"""From pydantic's errors to findings: one finding for each property that misses the schema."""

from pydantic import ValidationError

from geo.finding import Finding, Place


def schema_findings(error: ValidationError, layer: str, rule: str, advice: str) -> list[Finding]:
    """Each part of ``error`` as a finding whose place is the JSON pointer of the bad member."""
    return [
        Finding(
            rule,
            f"{'.'.join(map(str, part['loc'])) or 'properties'}: {part['msg']}",
            advice,
            layer=layer,
            place=Place(pointer="/" + "/".join(map(str, part["loc"]))),
        )
        for part in error.errors()
    ]
