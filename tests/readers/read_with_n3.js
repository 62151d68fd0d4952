// Read linked data from standard input with N3.js; print each statement as a line of JSON.
// The format is the one argument: text/turtle, application/trig, application/n-quads …
const { Parser } = require("n3");

function plain(term) {
  if (term.termType === "Literal") return ["literal", term.value, term.datatype.value, term.language];
  if (term.termType === "Quad") return ["triple", plain(term.subject), plain(term.predicate), plain(term.object)];
  return [term.termType, term.value];
}

const text = require("fs").readFileSync(0, "utf8");
const quads = new Parser({ format: process.argv[2] }).parse(text);
for (const quad of quads) {
  console.log(JSON.stringify([quad.subject, quad.predicate, quad.object, quad.graph].map(plain)));
}
