"""Geometry and formats: the lowest floor.

Nothing in here opens a file or a socket, remembers anything between calls, or
knows HTTP. Axis order is longitude, latitude everywhere; angles are degrees on
WGS 84; a name that ends in ``_m`` or ``_km2`` says its unit.
"""
