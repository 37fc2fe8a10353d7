"""PMIDs given on the command line: fetched from NCBI E-utilities, from Europe PMC where NCBI has no answer, kept in a cache folder.

Rule: polite (3 requests a second, 10 with a key; ``Retry-After`` and back-off are kept; batches), and clear: each PMID gives a document or
a failure that names it. Only the standard library's urllib is used; nothing is read from the environment, the caller passes key, mail and cache.
Reference: https://www.ncbi.nlm.nih.gov/books/NBK25497/ and https://europepmc.org/RestfulWebService
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from lxml import etree

from kg.errors import ReadError
from kg.model import Document, Failure
from kg.readers.documents import bare_pmid, failure
from kg.readers.europepmc import europepmc_document
from kg.readers.pubmed_xml import read_pubmed_xml
from kg.readers.source import open_source

EUTILS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi"
EUROPE_PMC = "https://www.ebi.ac.uk/europepmc/webservices/rest/search"
BATCH = 200
MAX_ANSWER = 64 * 1024 * 1024
MAX_WAIT = 60.0
_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
OFFLINE = "check the network, or fetch the records elsewhere (efetch, rettype=xml) and give the file"


@dataclass(slots=True)
class Fetcher:
    """Fetches PubMed records by PMID.

    ``cache`` is a folder for one XML file a PMID (none: nothing is kept); ``attempts`` bounds the tries of one request; ``sleep`` and
    ``clock`` are there for tests.
    """

    api_key: str = ""
    email: str = ""
    tool: str = "pubmed-kg"
    cache: Path | None = None
    efetch_url: str = EUTILS
    europepmc_url: str = EUROPE_PMC
    attempts: int = 5
    timeout: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _last: float = field(default=float("-inf"), init=False)

    def read(self, pmids: Iterable[str]) -> Iterator[Document | Failure]:
        """Yield one document or failure for each PMID, in order, each once."""
        wanted = list(dict.fromkeys(p for p in map(bare_pmid, pmids) if p))
        for start in range(0, len(wanted), BATCH):
            yield from self._batch(wanted[start : start + BATCH])

    def _batch(self, pmids: list[str]) -> Iterator[Document | Failure]:
        found = {p: document for p in pmids if (document := self._cached(p)) is not None}
        missing = [p for p in pmids if p not in found]
        problem = ""
        if missing:
            try:
                found |= self._ncbi(missing)
            except ReadError as error:
                problem = error.problem
        for pmid in pmids:
            if pmid in found:
                yield found[pmid]
                continue
            try:
                document = self._europepmc(pmid)
            except ReadError as error:
                reason = f"could not be fetched from NCBI ({problem}) or Europe PMC ({error.problem})" if problem else "is not at NCBI"
                yield failure(f"PMID:{pmid}", reason, OFFLINE if problem else "check the number", f"PMID:{pmid}")
                continue
            yield document or failure(f"PMID:{pmid}", "no such record at NCBI or Europe PMC", "check the number", f"PMID:{pmid}")

    def _cached(self, pmid: str) -> Document | Failure | None:
        if self.cache is None or not (path := self.cache / f"{pmid}.xml").is_file():
            return None
        try:
            return _by_pmid(path.read_bytes()).get(pmid)
        except (ReadError, OSError):
            return None  # a damaged cache file is fetched again

    def _ncbi(self, pmids: list[str]) -> dict[str, Document | Failure]:
        values = {"db": "pubmed", "retmode": "xml", "id": ",".join(pmids), "tool": self.tool, "email": self.email, "api_key": self.api_key}
        answer = self._get(self.efetch_url, {k: v for k, v in values.items() if v}, post=len(pmids) > 100)
        found = {p: d for p, d in _by_pmid(answer).items() if p in set(pmids)}
        if self.cache is not None:
            self._keep(answer, set(found))
        return found

    def _keep(self, answer: bytes, pmids: set[str]) -> None:
        assert self.cache is not None
        self.cache.mkdir(parents=True, exist_ok=True)
        for record in etree.fromstring(answer, _parser()):
            pmid = bare_pmid(record.findtext(".//PMID") or "")
            if pmid in pmids:
                part = self.cache / f"{pmid}.xml.part"
                part.write_bytes(b"<PubmedArticleSet>" + etree.tostring(record, encoding="utf-8", with_tail=False) + b"</PubmedArticleSet>")
                part.replace(self.cache / f"{pmid}.xml")

    def _europepmc(self, pmid: str) -> Document | Failure | None:
        values = {"query": f"EXT_ID:{pmid} AND SRC:MED", "format": "json", "resultType": "core", "pageSize": "1"}
        answer = self._get(self.europepmc_url, values)
        try:
            results = json.loads(answer)["resultList"]["result"]
            row = next((r for r in results if str(r.get("pmid", "")) == pmid), None)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ReadError(self.europepmc_url, f"the answer is not what Europe PMC documents ({error})", OFFLINE) from error
        return europepmc_document(row, f"PMID:{pmid}", 1) if row is not None else None

    def _get(self, url: str, values: dict[str, str], post: bool = False) -> bytes:
        """Return the body of an answer; waits between requests and tries again where the server asks for it."""
        query = urlencode(values)
        agent = f"{self.tool} ({self.email})" if self.email else self.tool
        request = Request(url if post else f"{url}?{query}", data=query.encode() if post else None, headers={"User-Agent": agent})
        problem = ""
        for attempt in range(self.attempts):
            self._pause()
            wait = min(MAX_WAIT, 2.0**attempt)
            try:
                with urlopen(request, timeout=self.timeout) as answer:
                    body: bytes = answer.read(MAX_ANSWER + 1)
                if len(body) > MAX_ANSWER:
                    raise ReadError(url, "the answer is too large", OFFLINE)
                return body
            except HTTPError as error:
                problem = f"HTTP {error.code} {error.reason}"
                after = error.headers.get("Retry-After", "") if error.headers else ""
                if error.code not in _RETRIED:
                    break
                wait = min(MAX_WAIT, float(after)) if after.isdigit() else wait
            except (URLError, HTTPException, OSError) as error:
                problem = f"no connection: {getattr(error, 'reason', error)}"
                wait = min(wait, 2.0)
                if attempt >= 1:
                    break  # no network: do not keep a user waiting
            if attempt + 1 < self.attempts:
                self.sleep(wait)
        raise ReadError(url, problem, OFFLINE)

    def _pause(self) -> None:
        """Keep the rate that NCBI asks for: 3 requests a second, 10 with a key."""
        left = self._last + (0.1 if self.api_key else 0.34) - self.clock()
        if left > 0:
            self.sleep(left)
        self._last = self.clock()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _by_pmid(answer: bytes) -> dict[str, Document | Failure]:
    """Return the documents of an efetch answer by PMID; `ReadError` if the answer is no PubMed XML."""
    if b"<Pubmed" not in answer[:4096]:
        raise ReadError("NCBI", "the answer is not PubMed XML", OFFLINE)
    found: dict[str, Document | Failure] = {}
    for record in read_pubmed_xml(open_source("NCBI efetch", "efetch", io.BytesIO(answer))):
        found[record.pmid if isinstance(record, Document) else record.document] = record
    return found
