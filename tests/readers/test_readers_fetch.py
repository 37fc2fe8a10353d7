"""The PMID client against a local server that answers as the real ones do, well and badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from kg.model import Document, Failure
from kg.readers import read_documents
from kg.readers.fetch import Fetcher

ARTICLE = (
    "<PubmedArticle><MedlineCitation><PMID>{0}</PMID><Article><ArticleTitle>Title {0}</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
)


class Server:
    """Answers efetch with the queued (status, headers, body), or with the asked-for records but those in ``missing``."""

    def __init__(self) -> None:
        self.queue: list[tuple[int, dict[str, str], bytes]] = []
        self.missing: set[str] = set()
        self.europepmc: dict[str, object] = {}
        self.asked: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                query = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
                outer.asked.append(query)
                status, headers, body = outer.answer(self.path, query)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=lambda: self.http.serve_forever(0.02), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"

    def answer(self, path: str, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if path.startswith("/europepmc"):
            pmid = query["query"].split(":")[1].split()[0]
            rows = [self.europepmc[pmid]] if pmid in self.europepmc else []
            return 200, {}, json.dumps({"resultList": {"result": rows}}).encode()
        if self.queue:
            return self.queue.pop(0)
        found = "".join(ARTICLE.format(p) for p in query["id"].split(",") if p not in self.missing)
        return 200, {}, f"<?xml version='1.0'?><PubmedArticleSet>{found}</PubmedArticleSet>".encode()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


def _fetcher(server: Server, waits: list[float], **more: object) -> Fetcher:
    return Fetcher(efetch_url=f"{server.url}/efetch", europepmc_url=f"{server.url}/europepmc", sleep=waits.append, **more)  # type: ignore[arg-type]


def _ids(found: list[Document | Failure]) -> list[str]:
    return [d.id if isinstance(d, Document) else f"failed {d.document}" for d in found]


def test_pmids_come_in_order_in_one_request_with_tool_mail_and_key(server: Server) -> None:
    fetcher = _fetcher(server, [], api_key="k", email="a@b.org")
    assert _ids(list(read_documents(["PMID:3", "1", "PMID:2", "3"], fetcher=fetcher))) == ["3", "1", "2"]
    assert server.asked == [{"db": "pubmed", "retmode": "xml", "id": "3,1,2", "tool": "pubmed-kg", "email": "a@b.org", "api_key": "k"}]


def test_the_cache_answers_the_second_time(server: Server, tmp_path: Path) -> None:
    fetcher = _fetcher(server, [], cache=tmp_path / "cache")
    first = list(fetcher.read(["1", "2"]))
    assert sorted(p.name for p in (tmp_path / "cache").iterdir()) == ["1.xml", "2.xml"]
    assert [d.sections for d in fetcher.read(["2", "1"])] == [d.sections for d in reversed(first)]  # type: ignore[union-attr]
    assert len(server.asked) == 1
    (tmp_path / "cache" / "1.xml").write_bytes(b"damaged")
    assert _ids(list(fetcher.read(["1"]))) == ["1"]
    assert len(server.asked) == 2


def test_429_waits_as_told_and_500_backs_off(server: Server) -> None:
    server.queue = [(429, {"Retry-After": "7"}, b""), (500, {}, b""), (503, {}, b"")]
    waits: list[float] = []
    assert _ids(list(_fetcher(server, waits, clock=lambda: 0.0).read(["1"]))) == ["1"]
    assert [w for w in waits if w >= 1] == [7.0, 2.0, 4.0]


@pytest.mark.parametrize(("key", "gap"), [("", 0.34), ("k", 0.1)])
def test_the_rate_is_kept(server: Server, key: str, gap: float) -> None:
    waits: list[float] = []
    fetcher = _fetcher(server, waits, api_key=key, clock=lambda: 100.0)
    list(fetcher.read(["1"]))
    list(fetcher.read(["2"]))
    assert waits == [pytest.approx(gap)]


def test_a_missing_pmid_is_asked_of_europe_pmc_and_then_fails_by_name(server: Server) -> None:
    server.missing = {"2", "3"}
    server.europepmc = {"2": {"id": "2", "source": "MED", "pmid": "2", "title": "From Europe", "abstractText": "A."}}
    found = list(_fetcher(server, []).read(["1", "2", "3"]))
    assert _ids(found) == ["1", "2", "failed PMID:3"]
    assert isinstance(found[2], Failure)
    assert found[2].error == "no such record at NCBI or Europe PMC; check the number"


@pytest.mark.parametrize("body", [b"<html>Sorry</html>", b"<PubmedArticleSet><PubmedArticle>", b"{}", b""])
def test_a_malformed_answer_falls_back(server: Server, body: bytes) -> None:
    server.queue = [(200, {}, body)]
    server.europepmc = {"1": {"id": "1", "source": "MED", "pmid": "1", "title": "From Europe", "abstractText": "A."}}
    assert [d.sections[0].text for d in _fetcher(server, []).read(["1"])] == ["From Europe"]  # type: ignore[union-attr]


def test_offline_says_what_to_do() -> None:
    fetcher = Fetcher(efetch_url="http://127.0.0.1:9/efetch", europepmc_url="http://127.0.0.1:9/europepmc", sleep=lambda _: None)
    (found,) = fetcher.read(["1"])
    assert isinstance(found, Failure)
    assert found.document == "PMID:1"
    assert "could not be fetched from NCBI (no connection" in found.error
    assert found.error.endswith("check the network, or fetch the records elsewhere (efetch, rettype=xml) and give the file")


def test_a_file_of_pmids_is_fetched(server: Server, tmp_path: Path) -> None:
    (tmp_path / "pmids.txt").write_text("11\nPMID:12\n\n13\n", encoding="utf-8")
    assert _ids(list(read_documents([tmp_path / "pmids.txt"], fetcher=_fetcher(server, [])))) == ["11", "12", "13"]
