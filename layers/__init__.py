"""The data, its catalogue and its stores: the only floor that reads the disk or a database."""
