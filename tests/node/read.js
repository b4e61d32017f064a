// Reads one vector tile from standard input with the reader that MapLibre uses, and prints its
// layers as JSON: the ids, types, tags and geometry of all features.
const fs = require("fs");
const path = require("path");
const from = (name) => import(path.join(process.argv[2], "node_modules", name));
(async () => {
  const { VectorTile } = await from("@mapbox/vector-tile/index.js");
  const { default: Pbf } = await from("pbf/index.js");
  const tile = new VectorTile(new Pbf(fs.readFileSync(0)));
  const layers = {};
  for (const [name, layer] of Object.entries(tile.layers)) {
    layers[name] = [];
    for (let n = 0; n < layer.length; n++) {
      const { id, type, properties, ...rest } = layer.feature(n);
      const shape = layer.feature(n).loadGeometry().map((ring) => ring.map((p) => [p.x, p.y]));
      layers[name].push({ id, type, properties, shape });
    }
  }
  console.log(JSON.stringify(layers));
})();
