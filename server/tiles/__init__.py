"""Tiles: raster and vector, in Web Mercator and around the pole."""
