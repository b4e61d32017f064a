"""The OGC API: one module for each route group, each with its own conformance classes."""
