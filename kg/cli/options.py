"""Options that several commands take, spelled once.

Rule: an option means the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from kg.model import Document, Failure

Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs, PMID:1234, or - for stdin.")]
GraphFolder = Annotated[Path, typer.Argument(metavar="GRAPH", help="Folder that kg build made.")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=256, help="Processes to extract with.")]
BatchSize = Annotated[int, typer.Option("--batch-size", min=1, max=10_000, help="Documents per unit of work.")]
Profile = Annotated[str, typer.Option("--profile", metavar="NAME", help="accurate (with the learned recognizer), or fast (without it).")]
Model = Annotated[str, typer.Option("--model", metavar="NAME", help="An installed spaCy model whose entities join ours.")]
Vocabulary = Annotated[str, typer.Option("--lexicon", metavar="DIR", help="A vocabulary made by kg vocab build, instead of the shipped one.")]
KeepUngrounded = Annotated[bool, typer.Option("--keep-ungrounded", help="Let names without identifier take part in statements.")]
MaxChars = Annotated[int, typer.Option("--max-document-chars", min=1, help="A longer document is a failure.")]
MaxSeconds = Annotated[float, typer.Option("--max-document-seconds", min=0.1, help="A document that takes longer is a failure.")]
Dask = Annotated[str, typer.Option("--dask", metavar="ADDRESS", help="Extract on the workers of this Dask scheduler, tcp://10.0.0.1:8786.")]
Shards = Annotated[
    str, typer.Option("--shards", metavar="URL", help="With --dask: workers keep their work here, s3://bucket/run or a shared folder.")
]
Cache = Annotated[Path | None, typer.Option("--pubmed-cache", metavar="DIR", help="Keep records fetched by PMID here, and look here first.")]
ApiKey = Annotated[str, typer.Option("--api-key", metavar="KEY", envvar="NCBI_API_KEY", show_envvar=False, help="NCBI key; else $NCBI_API_KEY.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; failures are still named.")]


def read_inputs(inputs: list[str], cache: Path | None, api_key: str) -> Iterator[Document | Failure]:
    """Return the documents and failures of the inputs; what is named by PMID is fetched."""
    from kg.readers import read_documents
    from kg.readers.fetch import Fetcher

    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
    return read_documents(inputs, fetcher=Fetcher(api_key=api_key, cache=cache))
