"""From a map and a frame to the items of a scene: tiles and static pictures draw alike."""
