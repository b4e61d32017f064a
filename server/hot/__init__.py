"""The hot path: a kept tile is answered inside the HTTP protocol, before FastAPI."""
