// Reads GraphML with graphology, the library under Gephi Lite and Sigma.js, and prints what it found as JSON: node read_graphml.js FILE
// NODE_PATH is a folder with graphology, graphology-graphml and @xmldom/xmldom.
const { MultiDirectedGraph } = require("graphology");
const graphml = require("graphology-graphml");

const text = require("fs").readFileSync(process.argv[2], "utf-8");
console.log(JSON.stringify(graphml.parse(MultiDirectedGraph, text).export()));
