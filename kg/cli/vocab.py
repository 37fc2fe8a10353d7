"""`kg vocab`: making the vocabulary that mentions are linked to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import print_table
from kg.errors import UsageError

app = typer.Typer(help="Make the vocabulary that mentions are linked to.", no_args_is_help=True, rich_markup_mode=None, add_completion=False)


@app.callback()
def vocab() -> None:
    """Make the vocabulary that mentions are linked to."""


@app.command("build", epilog="Example: kg vocab build --source vocabularies --out lexicon")
def build(
    source: Annotated[Path, typer.Option("--source", metavar="DIR", help="Folder with the raw vocabularies, as docs/vocabulary.md lists them.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder of the compiled vocabulary.")],
) -> None:
    """Compile raw vocabularies into the index that the other commands open with --lexicon."""
    from kg.lexicon import Lexicon
    from kg.lexicon.compile import compile_lexicon

    if not source.is_dir():
        raise UsageError(f"{source}: no such folder; --source takes the folder of the raw vocabularies")
    compile_lexicon(source, out)
    with Lexicon.open(out) as lexicon:
        print_table(f"{out}, version {lexicon.version}", ("what", "count"), lexicon.counts.items())
