"""Maps for somebody else's frame."""
