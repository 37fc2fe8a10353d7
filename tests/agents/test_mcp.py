"""`kg mcp` asked by the official SDK's own client, over the pipes of a real process."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hostile_world import SCRIPT

mcp = pytest.importorskip("mcp", reason="needs the MCP SDK (pip install 'pubmed-kg[mcp]')")
T = TypeVar("T")
ROOT = Path(__file__).parents[2]
G1202R, CRIZOTINIB = "KGV:ALK_G1202R", "DRUGBANK:DB08865"
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

#: tool, arguments, what the answer's text must hold
ANSWERS: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("search", {"text": "xalkori"}, (CRIZOTINIB, "most_believed")),
    ("therapies", {"lesion": "ALK p.Gly1202Arg"}, ("lorlatinib", "sensitive", "PMID:103")),
    ("therapies", {"lesion": "ALK G1202R", "disease": "NSCLC"}, ("crizotinib", "resistant")),
    ("resistance", {"drug": "crizotinib"}, ("ALK G1202R", "on target", "lorlatinib")),
    ("neighbours", {"entity": "ALK G1202R", "predicate": "confers_resistance_to"}, ("[ALK G1202R](subject)", "PMID:101")),
    ("neighbours", {"entity": G1202R, "known": True}, ("variant_of", "not read")),
    ("named_query", {"name": "next-line-after-drug", "parameters": {"drug": "crizotinib"}}, ("lorlatinib", "PMID:105")),
    ("named_query", {"name": "summary"}, ("confers_resistance_to",)),
    ("sparql", {"query": f"SELECT ?s WHERE {{ ?s rdf:subject {G1202R} ; rdf:object {CRIZOTINIB} }}"}, ("KGS:", "best_sentence", "PMID:101")),
    ("sparql", {"query": "ASK { ?drug kg:targets HGNC:427 }"}, ("true",)),
]
#: tool, arguments, what the refusal says
REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "read-only"),
    ("sparql", {"query": "INSERT DATA { GRAPH kg:notes { kg:a kg:b kg:c } }"}, "read-only"),
    ("sparql", {"query": "SELECT * WHERE { SERVICE <http://localhost/> { ?s ?p ?o } }"}, "SERVICE is refused"),
    ("sparql", {"query": "LOAD <file:///etc/passwd>"}, "refused"),
    ("sparql", {"query": "SELECT ?x"}, "not a valid SPARQL query"),
    ("sparql", {"query": "x" * 200_001}, "200000"),
    ("sparql", {"query": RUNAWAY}, "stopped after"),
    ("neighbours", {"entity": "ALK G9999Q"}, "the tool search finds names"),
    ("neighbours", {"entity": "ALK", "predicate": "cures"}, "known are confers_resistance_to"),
    ("evidence", {"statement": "../../etc/passwd"}, "is no statement"),
    ("therapies", {"lesion": "no such thing"}, "no lesion"),
    ("named_query", {"name": "nonsense"}, "known are adverse-events"),
    ("named_query", {"name": "compare-drugs"}, "needs parameter drug"),
    ("search", {"text": "ALK", "limit": 100_000}, "less than or equal to 100"),
]


def asked(folder: Path, questions: Callable[[Any], Awaitable[T]], *options: str) -> T:
    """Start `kg mcp` on a graph, let some questions be asked, and end it."""

    async def session() -> T:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = mcp.StdioServerParameters(command=sys.executable, args=["-m", "kg", "mcp", str(folder), *options], env=environment)
        async with mcp.Client(process) as client:
            return await questions(client)

    return asyncio.run(asyncio.wait_for(session(), 240))


def test_tools_answer_with_citations_and_refuse_what_is_not_theirs(folder: Path) -> None:
    async def questions(client: Any) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert list(tools) == ["therapies", "resistance", "search", "neighbours", "evidence", "named_query", "sparql"]
        assert all(tool.annotations.read_only_hint and tool.description for tool in tools.values())
        assert "compare-drugs (drug=alectinib)" in tools["named_query"].description
        for name, arguments, holds in ANSWERS:
            result = await client.call_tool(name, arguments)
            text = result.content[0].text
            assert not result.is_error and all(word in text for word in holds), (name, arguments, text)
            answer = json.loads(text)
            assert answer == result.structured_content
            named = {word for word in text.replace('"', " ").split() if word.startswith("PMID:")}
            assert named == {one["document"] for one in answer["citations"] if one["document"].startswith("PMID:")}, (name, arguments)
            assert not [key for key in ("rows", "statements") if key in answer and name not in ("sparql", "named_query") and not answer[key]]
        for name, arguments, says in REFUSALS:
            result = await client.call_tool(name, arguments)
            assert result.is_error and says in result.content[0].text, (name, arguments, result.content[0].text)
            assert str(folder) not in result.content[0].text

    asked(folder, questions, "--timeout", "8")


@pytest.mark.slow
def test_evidence_shows_both_sides_and_what_contradicts(folder: Path) -> None:
    async def questions(client: Any) -> None:
        found = (await client.call_tool("neighbours", {"entity": "ALK G1202R", "predicate": "confers_resistance_to"})).structured_content
        statements = {row["object"]["name"]: row["statement"] for row in found["statements"]}
        answer = (await client.call_tool("evidence", {"statement": statements["crizotinib"][:14]})).structured_content
        assert {row["speaks"] for row in answer["evidence"]} == {"for", "against"}
        assert all("](subject" in row["sentence"] and row["document"] for row in answer["evidence"])
        other = (await client.call_tool("evidence", {"statement": statements["lorlatinib"]})).structured_content
        assert {row["predicate"] for row in other["contradicted_by"]} == {"confers_sensitivity_to"}
        hostile = (await client.call_tool("search", {"text": SCRIPT})).structured_content
        assert SCRIPT in {row["name"] for row in hostile["entities"]}

    asked(folder, questions)


@pytest.mark.slow
def test_a_graph_built_again_is_answered_from(folder: Path, tmp_path: Path) -> None:
    from invented_world import invented_parts

    from kg.graph import write_graph

    copy = shutil.copytree(folder, tmp_path / "g")
    ask = {"query": "SELECT (COUNT(?s) AS ?n) WHERE { GRAPH kg:statements { ?s a kg:Statement } }"}

    async def questions(client: Any) -> tuple[int, int]:
        before = (await client.call_tool("sparql", ask)).structured_content["rows"][0][0]
        await asyncio.to_thread(write_graph, copy, **invented_parts())
        after = (await client.call_tool("sparql", ask)).structured_content["rows"][0][0]
        assert not (await client.call_tool("search", {"text": SCRIPT})).structured_content["entities"]
        return before, after

    before, after = asked(copy, questions)
    assert before > after > 0


@pytest.mark.slow
def test_what_is_no_graph_is_told_on_stderr(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "mcp", str(tmp_path / "nowhere")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 1 and done.stdout == "" and "kg build" in done.stderr and len(done.stderr.splitlines()) == 1


def test_without_the_sdk_the_remedy_is_told(folder: Path) -> None:
    code = f"import sys; sys.modules['mcp'] = None; sys.argv = ['kg', 'mcp', {str(folder)!r}]; from kg.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 2 and done.stderr.strip() == "kg: kg mcp needs the MCP SDK: pip install 'pubmed-kg[mcp]'"
