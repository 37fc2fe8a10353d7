"""The `kg` program: its commands in the order a user meets them, and what happens to errors.

Rule: the one place where an error becomes an exit code.
"""

from __future__ import annotations

import errno
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kg.errors import KgError, UsageError

INTERRUPTED = 130


class CommandGroup(TyperGroup):
    """A group of commands in the order of their registration, whose errors are one line each."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of registration."""
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; print a user's error as one line and end with its exit code."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            typer.echo(f"kg: {' '.join(str(error).split())}", err=True)
            raise typer.Exit(2 if isinstance(error, UsageError) else 1) from None
        except KeyboardInterrupt:
            typer.echo("kg: interrupted; what was finished is kept, the same command goes on from there", err=True)
            raise typer.Exit(INTERRUPTED) from None
        except OSError as error:
            if error.errno == errno.EPIPE:  # "kg ... | head": nobody reads any more
                raise
            typer.echo(f"kg: {error.filename or 'the output'}: {error.strerror or error}; free space, or choose another place", err=True)
            raise typer.Exit(1) from None
        except MemoryError:
            typer.echo("kg: out of memory; use fewer --workers or a smaller --batch-size", err=True)
            raise typer.Exit(1) from None


app = typer.Typer(
    name="kg",
    cls=CommandGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


def _version(asked: bool) -> None:
    if asked:
        from kg import __version__

        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def kg(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")] = False) -> None:
    """From PubMed abstracts to a knowledge graph of precision oncology in which every fact leads back to its sentence.

    Start with: kg build data/ --out graph
    """


def _register() -> None:
    from kg.cli import annotate, answers, build, diff, doctor, evaluate, explain, export, info, mcp, query, serve, upkeep, vocab

    for module in (build, annotate, answers, query, explain, serve, mcp, info, diff, export, evaluate, upkeep, doctor):
        module.register(app)
    app.add_typer(vocab.app, name="vocab")


_register()

if __name__ == "__main__":
    sys.exit(app())
