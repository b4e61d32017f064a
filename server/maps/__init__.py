"""Maps for people: pages, their scripts and the data that they fetch."""
