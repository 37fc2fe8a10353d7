"""The reference of the named queries, as `docs/queries.md` holds it; a test keeps the two equal.

Rule: everything comes from the headers of the ``.rq`` files.
"""

from __future__ import annotations

from kg.graph.query import named_queries

_HEAD = """# Named queries

`kg query GRAPH NAME --param k=v`; in Python `graph.query(NAME, {"k": "v"})`. Entities are given by name, synonym or CURIE, in any case.
Each query is a file in `kg/graph/queries/` that also runs as it stands in any SPARQL 1.1 tool that knows our prefixes. Made from those
files: `python -m kg.graph.reference > docs/queries.md`.

Where a part of a query stands in a sub-select with `LIMIT 999999`, that is for Oxigraph, which then begins with this part instead of going
through all statements. For the same reason a predicate behind it is a variable, which has its value from a `VALUES` in the sub-select (then
only that list is read) or from a `FILTER`, what is optional is nested (`OPTIONAL { ?s :p ?o OPTIONAL { ?o :q ?x } }`), and a `BIND` comes
after all patterns that are joined. Write your own queries like this where the graph is large.

A line that ends in `# if disease` is needed only where the optional parameter `disease` is given: we leave it out otherwise, so that what was
not asked is not looked up; `# unless disease` is the reverse. To other tools these are comments: read whole, with the values it stands
with, each file gives the same answer, later.

Most queries give the 200 rows that stand first by belief and evidence (documents: the newest; entities: those with most statements) and
say when there are more; `--limit 1000` (in Python `limit=1000`) gives as many, `--param limit=all` all. What concerns thousands of
statements is not looked up in each of them: `?place kg:place_of ?entity` has the ranks of the entity's statements, one list for each end of
each predicate (`kg:object_of_treats`), and `?statement kg:rank ?rank` leads from the best ranks to the statements ([graph
`index`](schema.md)).

Free SPARQL (`--sparql`, `--file`) sees the named graphs of `docs/schema.md` and, by default, their union. `SERVICE` and updates are refused;
`--timeout` stops a query for certain, in a process of its own.
"""


def queries_markdown() -> str:
    """Return the reference as Markdown."""
    parts = [_HEAD]
    for query in named_queries().values():
        example = " ".join(f'--param {p.name}="{p.example}"' for p in query.parameters if p.kind != "limit")
        parts.append(f"## {query.name}\n\n{query.description}\n")
        if query.parameters:
            rows = (f"| `{p.name}` | {p.kind} | {p.about} | {p.example} | {'yes' if p.required else 'no'} |" for p in query.parameters)
            parts.append("| parameter | kind | meaning | example | required |\n|---|---|---|---|---|\n" + "\n".join(rows) + "\n")
        parts.append(f"```sh\nkg query GRAPH {query.name}{' ' + example if example else ''}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    print(queries_markdown(), end="")
