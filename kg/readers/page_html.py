"""PubMed pages saved as HTML, old layout and new: the parts are found by their class, else by their visible text.

Rule: scripts, styles and hidden parts are never text; nothing is fetched; what the page's markup does not name goes through
`kg.readers.page` as if it had been copied from the browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from kg.model import Document, Failure
from kg.readers.citation import Citation, parse_citation, parse_reference
from kg.readers.documents import bare_doi, bare_pmid, collapse, failure, unbracket, unique
from kg.readers.page import MAX_PAGE, Page, page_documents, parse_names, parse_page
from kg.readers.source import Source

_BLOCK = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "table",
        "section",
        "article",
        "header",
        "footer",
        "br",
        "main",
        "nav",
        "aside",
        "title",
        "button",
        "option",
        "form",
        "figure",
        "figcaption",
    ]
)
_HIDDEN = frozenset(["script", "style", "noscript", "template", "svg", "head"])


def read_html_page(source: Source) -> Iterator[Document | Failure]:
    """Yield the document of a saved page and one for each listed reference."""
    text = source.text(MAX_PAGE).lstrip("\ufeff")
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        yield failure(source.name, f"the HTML cannot be read ({error.msg})", "save the page again")
        return
    if root is None:
        yield failure(source.name, "the HTML is empty", "save the page again")
        return
    yield from page_documents(parse_html(root), source)


def parse_html(root: Any) -> Page:
    """Return what the tree of a saved page says."""
    if _find(root, "abstract-content") is not None or _find(root, "heading-title") is not None or _meta(root, "citation_pmid"):
        return _new_layout(root)
    if _find(root, "rprt") is not None:
        return _old_layout(root)
    return parse_page(_visible(root).split("\n"))


def _find(node: Any, name: str) -> Any:
    found = node.xpath(f"(.//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ') or @id='{name}'])[1]")
    return found[0] if found else None


def _all(node: Any, name: str) -> list[Any]:
    return list(node.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"))


def _flat(node: Any) -> str:
    """The text of a node on one line; superscripts join what they follow."""
    return collapse("".join(node.itertext())) if node is not None else ""


def _meta(root: Any, name: str) -> str:
    found = root.xpath(f"(//meta[@name='{name}']/@content)[1]")
    return collapse(str(found[0])) if found else ""


def _new_layout(root: Any) -> Page:
    page = Page()
    full = _find(root, "full-view-heading")
    head = full if full is not None else root
    journal = _flat(_find(head, "journal-actions-trigger")) or _meta(root, "citation_publisher") or _meta(root, "citation_journal_title")
    cited = parse_citation(_flat(_find(head, "cit")))
    doi = bare_doi(_flat(_find(head, "citation-doi"))) or bare_doi(_meta(root, "citation_doi"))
    page.cited = replace(cited, journal=journal, citation=f"{journal}. {cited.citation}" if journal and cited.citation else cited.citation, doi=doi)
    if not page.cited.date and (date := _meta(root, "citation_date")):
        page.cited = replace(page.cited, date=parse_citation(date).date)
    page.title = unbracket(_flat(_find(head, "heading-title")) or _meta(root, "citation_title"))
    page.authors = unique(_flat(a) for a in _all(head, "full-name")) or unique(a.strip() for a in _meta(root, "citation_authors").split(";"))
    page.pmid = bare_pmid(_flat(_find(head, "current-id"))) or bare_pmid(_meta(root, "citation_pmid"))
    page.pmcid = _match(r"PMC\d+", _flat(_find(head, "identifier pmc")) or " ".join(_flat(i) for i in _all(head, "identifier")))
    page.types = unique(_flat(t) for t in _all(head, "publication-type"))
    page.retracted = bool(_all(root, "retraction-in")) or "retracted" in _flat(_find(root, "retraction-label")).lower()
    content = _find(root, "eng-abstract")
    content = content if content is not None else _find(root, "abstract-content")
    if content is not None:
        page.abstract = [part for p in content.iter("p") if (part := _part(p))[1]]
    for title in _all(root, "sub-title"):
        if _flat(title).rstrip(":").lower() == "keywords":
            page.keywords = unique(k.strip() for k in _flat(title.getparent())[len(_flat(title)) :].strip(" .").split(";"))
    page.references = [r for li in root.xpath("//*[@id='references' or contains(@class,'references-list')]//li") if (r := _listed(li)).title]
    return page


def _part(paragraph: Any) -> tuple[str, str]:
    label = _find(paragraph, "sub-title")
    text = _flat(paragraph)
    if label is None:
        return "", text
    name = _flat(label)
    return name.rstrip(": "), text[len(name) :].strip() if text.startswith(name) else text


def _listed(item: Any) -> Citation:
    """A reference with the PMID that its own link to PubMed carries."""
    links = [str(h) for h in item.xpath(".//a/@href")]
    pmid = next(
        (
            m[1]
            for h in links
            if (m := re.search(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|/pubmed)/(\d{1,9})/?(?:$|[?#])", h) or re.match(r"/(\d{1,9})/?$", h))
        ),
        "",
    )
    for link in item.xpath(".//a"):
        if _flat(link) in {"DOI", "PMC", "PubMed"}:
            link.text = ""
    parsed = parse_reference(re.sub(r"(?:\s[-–])+\s*$", "", _flat(item)))
    return replace(parsed, pmid=parsed.pmid or pmid)


def _old_layout(root: Any) -> Page:
    page = Page()
    report = _find(root, "rprt")
    page.cited = parse_citation(_flat(_find(report, "cit")))
    page.title = unbracket(_flat(report.find(".//h1")))
    authors = _find(report, "auths")
    if authors is not None:
        page.authors = unique(_flat(a) for a in authors.iter("a")) or parse_names(_flat(authors))
    abstract = _find(report, "abstr")
    label = ""
    for node in abstract.iter("h4", "p") if abstract is not None else ():
        text = _flat(node)
        if node.tag == "h4":
            label = text.rstrip(": ")
        elif text and "copyright" not in (node.getparent().get("class") or "") and not re.match(r"(?:Copyright|©)", text):
            page.abstract.append((label, text))
            label = ""
    if (keywords := _find(report, "keywords")) is not None:
        page.keywords = unique(k.strip() for p in keywords.iter("p") for k in _flat(p).strip(" .").split(";"))
    numbers = {_flat(dt).rstrip(":"): _flat(dt.getnext()) for dt in report.iter("dt") if dt.getnext() is not None}
    page.pmid = bare_pmid(_match(r"\d{1,9}", numbers.get("PMID", "")))
    page.pmcid = _match(r"PMC\d+", numbers.get("PMCID", ""))
    page.cited = replace(page.cited, doi=page.cited.doi or bare_doi(numbers.get("DOI", "")))
    return page


def _match(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match[0] if match else ""


def _visible(root: Any) -> str:
    """The text a browser would show, blocks on lines of their own."""
    parts: list[str] = []
    hidden = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        name = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            hidden += name in _HIDDEN
            parts.append("\n" if name in _BLOCK else "")
            parts.append(re.sub(r"\s+", " ", node.text or "") if not hidden else "")
        else:
            hidden -= name in _HIDDEN
            parts.append("\n" if name in _BLOCK else "")
            parts.append(re.sub(r"\s+", " ", node.tail or "") if not hidden else "")
    return "".join(parts)
