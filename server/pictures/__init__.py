"""Whole maps as pictures: with title, key, scale, graticule and sources, for pages and print."""
