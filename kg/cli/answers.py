"""`kg therapies` and `kg resistance`: the two questions that the graph is for, as tables a curator can read.

Rule: what is computed is in `kg.graph.answers`; here it is laid out: a table, then the best sentence of each of its rows by number.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.console import console, print_table, printable
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph import Graph, Table

FORMATS = ("table", "csv", "json")
#: rows that a table shows unless told otherwise.
SHOWN = 25
#: diseases named in a cell of a table.
_DISEASES = 3

_Graph = Annotated[Path, typer.Option("--graph", "-g", metavar="GRAPH", help="Folder that kg build made.")]
_Disease = Annotated[str, typer.Option("--disease", "-d", metavar="DISEASE", help="Only in this disease or a kind of it.")]
_Format = Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv or json.")]
_Limit = Annotated[int | None, typer.Option("--limit", min=1, help="At most this many rows; a table has 25 unless told otherwise.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("therapies", epilog='Example: kg therapies "ALK G1202R" --disease NSCLC --graph graph')(therapies)
    app.command("resistance", epilog="Example: kg resistance crizotinib --graph graph")(resistance)


def therapies(
    lesion: Annotated[str, typer.Argument(metavar="LESION", help="A variant, fusion, amplification or gene: name, synonym or CURIE.")],
    graph: _Graph = Path("graph"),
    disease: _Disease = "",
    format: _Format = "table",
    limit: _Limit = None,
) -> None:
    """Tell which therapies work for carriers of a lesion, and which do not.

    Rows on the lesion itself come first, then rows on more specific and on more general ones, marked. Numbers are documents.

    Levels are CIViC's as far as a sentence tells: B groups of patients, C single patients, D preclinical, E in silico.
    """
    opened = _open(graph, format)
    from kg.graph.answers import find_disease, find_lesion

    key, name, exact = find_lesion(opened, lesion)
    where = f" in {find_disease(opened, disease).name}" if disease else ""
    if not exact:
        typer.echo(f"kg: {graph} says nothing of '{lesion}'; this is what it says of {name}, which is more general", err=True)
    answer = opened.therapies(lesion, disease)
    columns = {"therapy": "therapy", "effect": "effect", "about": "of", "n_for": "for", "n_against": "against", "belief": "belief"}
    _print(answer, format, limit, f"Therapies for {name} ({key}){where}", {**columns, **_SHARED})
    if not answer.rows:
        _hint(graph, key, f"kg therapies {name.split()[0].split('::')[-1]} --graph {graph}", bool(disease))


def resistance(
    drug: Annotated[str, typer.Argument(metavar="DRUG", help="A drug or class of drugs: name, brand, code or CURIE.")],
    graph: _Graph = Path("graph"),
    disease: _Disease = "",
    format: _Format = "table",
    limit: _Limit = None,
) -> None:
    """Tell what makes a drug fail, by which mechanism, and what still works then.

    Rows on the drug itself come first, then rows on its class or its members, marked. Numbers are documents.

    Levels are CIViC's as far as a sentence tells: B groups of patients, C single patients, D preclinical, E in silico.
    """
    opened = _open(graph, format)
    from kg.graph.answers import find_disease, find_therapy

    key, name, _ = find_therapy(opened, drug)
    where = f" in {find_disease(opened, disease).name}" if disease else ""
    answer = opened.resistance(key, disease)
    columns = {"lesion": "lesion", "mechanism": "mechanism", "about": "to", "n_for": "for", "n_against": "against", "belief": "belief"}
    _print(answer, format, limit, f"Resistance to {name} ({key}){where}", {**columns, **_SHARED, "still_active": "still active"})
    if not answer.rows:
        _hint(graph, key, f"kg query {graph} summary", bool(disease))


#: columns of both tables and their headings; the statements behind a row are in csv and json.
_SHARED = {"level": "level", "setting": "shown in", "diseases": "diseases", "note": "note"}


def _open(graph: Path, format: str) -> Graph:
    import kg

    if format not in FORMATS:
        raise UsageError(f"unknown format '{format}'; known are {', '.join(FORMATS)}")
    return kg.open(graph)


def _print(answer: Table, format: str, limit: int | None, title: str, columns: dict[str, str]) -> None:
    from dataclasses import replace

    from kg.cli.query import print_answer

    most = limit or (SHOWN if format == "table" else len(answer.rows))
    cut = replace(answer, rows=answer.rows[:most])
    if format != "table":
        print_answer(cut, format)
        return
    rows = cut.dicts()
    header = ("", *columns.values())
    print_table(title, header, [(number, *(_cell(row, name) for name in columns)) for number, row in enumerate(rows, 1)])
    _print_sentences(rows)
    if len(answer.rows) > most:
        typer.echo(f"{most} of {len(answer.rows)} rows; --limit shows more")


def _cell(row: dict[str, Any], name: str) -> Any:
    if name == "about":
        return row["about"] if row["scope"].startswith("this ") else f"{row['about']} ({row['scope']})"
    if name == "effect" and row["direction"] != "Supports":
        return f"not {row['effect']}"
    if name == "lesion" and row["direction"] != "Supports":
        return f"not {row['lesion']}"
    if name == "diseases":
        named = row["diseases"].split(", ")
        return ", ".join(named[:_DISEASES]) + (", ..." if len(named) > _DISEASES else "")
    if name == "belief":  # nothing that was read is certain
        return f"{row['belief']:.2f}" if row["belief"] < 0.995 else ">0.99"
    return row[name]


def _print_sentences(rows: list[dict[str, Any]]) -> None:
    from rich.text import Text

    screen = console()
    if rows:
        screen.print()
    width = len(str(len(rows)))
    for number, row in enumerate(rows, 1):
        year = f" ({row['year']})" if row["year"] else ""
        head = f"{number:>{width}}  {printable(row['document'])}{year}  {row['statements'].split()[0]}"
        screen.print(Text(head, "bold"), Text(f"{' ' * width}  {printable(row['sentence'])}"), sep="\n", soft_wrap=not screen.is_terminal)


def _hint(graph: Path, key: str, wider: str, narrowed: bool) -> None:
    less = "leave --disease out; " if narrowed else ""
    everything = f'kg query {graph} statements-of-entity --param "entity={key}"'
    typer.echo(f"Nothing was read about that in {graph}. To see more: {less}{wider}; all that it says: {everything}", err=True)
