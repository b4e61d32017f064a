"""The number of a tile along a Hilbert curve, zoom after zoom, as PMTiles 3 counts tiles.

Source: PMTiles version 3 specification, "Tile ID".
"""


def tile_number(z: int, col: int, row: int) -> int:
    """0 for the tile of zoom 0, then 1 to 4, and so on. ``col`` and ``row`` are below 2^z."""
    number = ((1 << (z * 2)) - 1) // 3
    for bit in range(z - 1, -1, -1):
        side = 1 << bit
        right, low = col & side, row & side
        number += ((3 * right) ^ low) << bit
        if not low:  # the quadrants at the top are turned
            if right:
                col, row = ~col, ~row
            col, row = row, col
        col, row = col & (side - 1), row & (side - 1)
    return number
