// Reads tiles from standard input, each after its length (32 bits, little-endian), and prints as
// JSON what vtvalidate says of each: an empty text for one that is valid.
const fs = require("fs");
const { isValid } = require(process.argv[2]);
const data = fs.readFileSync(0);
const tiles = [];
for (let at = 0; at < data.length; ) {
  const size = data.readUInt32LE(at);
  tiles.push(Buffer.from(data.subarray(at + 4, at + 4 + size)));
  at += 4 + size;
}
const asked = tiles.map(
  (tile) => new Promise((done) => isValid(tile, (error, said) => done(error ? String(error) : said)))
);
Promise.all(asked).then((said) => console.log(JSON.stringify(said)));
