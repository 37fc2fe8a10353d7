"""Sentence boundaries of biomedical abstracts, as offsets and as the spaCy component ``kg_sentences``.

Rule: a full stop ends a sentence unless something speaks against it (an abbreviation, an initial, a number to come, an open bracket,
a small letter that begins an ordinary word); doubt is settled for not splitting before a name and for splitting before a word that
usually opens a sentence. Boundaries depend on the text alone, not on the tokens: where the tokenizer glued two sentences together
("0.05).The"), the component splits the token.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never the end of a sentence.
_ABBREVIATIONS = _words(
    """vs v.s viz cf i.e e.g ie eg e.g., fig figs figure eq eqs eqn ref refs resp approx ca dr drs prof mr mrs ms st var subsp ssp cv dept
    univ incl vol pp ed eds no nos tab suppl ser sect ch art gen nov bp wt mol chem biol med int natl acad assoc clin exp j proc res am br
    eur jpn inst ex min max avg esp ext aff sci dis phys immunol microbiol"""
)
# The end of a sentence only before a word that opens sentences.
_DOUBTFUL = _words(
    """al sp spp i.v i.p s.c p.o i.m i.c.v b.i.d t.i.d q.i.d b.w a.m p.m u.s u.s.a u.k e.u inc co corp ltd llc gmbh etc ph.d m.d b.v s.d s.e
    s.e.m n.s d.c h.p.f p.i p.c i.d i.n i.t a.u jr sr vit p.f.u c.f.u r.p.m sq"""
)
_OPENERS = _words(
    """the this these those that there their they then thus therefore to a an and although among after at all additionally also as any in it
    its if is by because both but before beyond between conversely consequently compared clinical current currently despite during data due
    each either even every finally first firstly for from further furthermore given here herein hence how however i importantly indeed
    interestingly instead into like less moreover most more many mutations mean median multiple nevertheless nonetheless no not neither
    none notably now of on one only once other our over overall patients per previous prior recent recently results remarkably several
    since some second secondly similarly so subsequently such surprisingly studies taken three two third through together treatment under
    unlike until upon using unexpectedly we what when where whereas whether which while with within without yet you analysis background
    conclusion conclusions methods objective objectives purpose aim aims introduction findings discussion materials design setting
    interpretation"""
)
_UNITS = _words("h hr hrs min mins s sec secs cm mm kg mg g ml l mo mos yr yrs wk wks bp kb wt ms am pm")
_AFTER_NUMBER = re.compile(r"\d[\d.,]* ?(?:[µμumkn]?[a-z]/)?[a-zA-Z]+$")
_LABEL_WORDS = _words(
    """ABSTRACT AIM AIMS AND ANALYSIS APPROACH AREAS BACKGROUND BASIC CASE CASES CENTRAL CLINICAL COMPARATOR CONCLUSION CONCLUSIONS CONTEXT
    CONTRIBUTION COVERED DATA DESIGN DISCUSSION ELIGIBILITY EVIDENCE EXPERIMENTAL EXPERT EXPOSURE EXPOSURES EXTRACTION FINDING FINDINGS
    FUNDING FUTURE HYPOTHESIS IMPLICATIONS IMPORTANCE INTERPRETATION INTERVENTION INTERVENTIONS INTRODUCTION KEY LEARNING LIMITATIONS MAIN
    MATERIAL MATERIALS MEASURE MEASUREMENT MEASUREMENTS MEASURES METHOD METHODOLOGY METHODS MESSAGE NOVELTY OBJECTIVE OBJECTIVES
    OBSERVATIONS OF OPINION OR OUTCOME OUTCOMES PARTICIPANTS PATIENT PATIENTS POPULATION PRACTICE PRIMARY PROCEDURE PROCEDURES PURPOSE
    QUESTION RATIONALE RECENT REGISTRATION RELEVANCE REPORT RESEARCH RESULT RESULTS REVIEW SAMPLE SEARCH SECONDARY SELECTION SETTING
    SETTINGS SIGNIFICANCE SOURCE SOURCES STATE STATEMENT STRATEGY STRENGTHS STUDY SUBJECTS SUMMARY SYNTHESIS THE TO TRANSLATIONAL TRIAL
    UNLABELLED VALUE"""
)
_LABEL_WORD = "(?:" + "|".join(sorted(_LABEL_WORDS, key=len, reverse=True)) + ")"
_LABEL = re.compile(rf"(?<![^\s.)\]]){_LABEL_WORD}(?:(?: ?[/&,]? | ?/ ?){_LABEL_WORD}){{0,5}}(?:\(S\))? ?:(?=\s|[A-Z0-9])")
_LABEL_JOINERS = _words("AND OF OR TO THE IN &")
_LABEL_COLON = re.compile(r":(?=[\sA-Z0-9])(?:(?<=[A-Z)]:)|(?<=[A-Z)] :))")
_CANDIDATE = re.compile(r"[.!?…\n](?:(?:(?<=[.!?])[.!?]*|(?<=…))[\"'”’»)\]]*|(?<=\n)[^\S\n]*\n\s*)")
_CITATION = re.compile(r"(?:\d{1,3}(?:[,–-]\d{1,3})*|\s?\[\d{1,3}(?:[,–-] ?\d{1,3})*\]|\(\d{1,3}(?:[,–-] ?\d{1,3})*\))(?=\s+[A-Z\"“(\[])")
_WORD_BEFORE = re.compile(r"[^\s(\[{\"“‘,;:/]+$")
_NEXT_WORD = re.compile(r"[\"'“‘(\[]*([^\W_][^\s,;:.()\[\]/]*)")
_TAKES_LETTER = _words(
    """hepatitis vitamin type types kinase group groups arm protein proteins class classes stage domain cohort subtype subtypes influenza
    factor grade patient phase panel antigen cyclin toxin site region chain allele genotype phenotype variant model part case
    apolipoprotein phospholipase immunoglobulin caspase pattern step alpha beta gamma delta kappa lambda sigma theta nf-kappa table figure
    appendix cathepsin compound regimen schedule scheme arms cohorts category score plan strategy treatment nf-k child-pugh lymphocyte cell
    cells formula method"""
)
_SMALL_NAME = re.compile(r"[A-Z0-9]|^[a-z]-|^(?:alpha|beta|gamma|delta|kappa)\b")
TEXT = "kg_text"
"""Key of ``doc.user_data`` under which the text may stand that the document was made from; spaCy puts ``doc.text`` together anew each time."""
_BRACKET_REACH = 200  # a bracket not closed within so many characters is taken for a misprint
_LOOK_BACK = 40


def find_boundaries(text: str) -> list[int]:
    """Return the offsets at which a new sentence begins, in order, without the first one.

    An offset is that of the sentence's first character, white space before it belonging to neither.
    """
    starts: set[int] = set()
    last = 0
    for found in _CANDIDATE.finditer(text):
        start = _boundary_at(text, found, last)
        if start is not None and last < start < len(text):
            starts.add(start)
            last = start
    starts.update(_label_starts(text))
    return sorted(starts)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a text as half-open spans without white space at either end."""
    edges = [0, *find_boundaries(text), len(text)]
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(edges):
        body = text[start:end]
        left = start + len(body) - len(body.lstrip())
        right = start + len(body.rstrip())
        if left < right:
            spans.append((left, right))
    return spans


@Language.factory("kg_sentences")
def make_sentences(nlp: Language, name: str) -> SentenceMarker:
    """Make the component; put it first in the pipeline, behind the tokenizer."""
    return SentenceMarker()


class SentenceMarker:
    """Sets ``token.is_sent_start`` for every token; splits a token that two sentences share."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the sentences of one document."""
        text = doc.user_data.get(TEXT)
        boundaries = find_boundaries(doc.text if text is None else text)
        offsets = doc.to_array("IDX").tolist()
        if _split_shared_tokens(doc, boundaries, offsets):
            offsets = doc.to_array("IDX").tolist()
        marks: Any = np.full(len(offsets), np.uint64(2**64 - 1))  # -1 as spaCy stores it: no start
        for boundary in (0, *boundaries):
            at = bisect_left(offsets, boundary)
            if at < len(offsets):
                marks[at] = 1
        if offsets:
            doc.from_array(["SENT_START"], marks)  # setting tokens one by one costs ten times as much
        return doc


def _split_shared_tokens(doc: Doc, boundaries: list[int], offsets: list[int]) -> bool:
    """Split tokens that hold a boundary inside, so that every sentence begins with a token; tell whether there were any."""
    shared: dict[int, list[int]] = {}
    for boundary in boundaries:
        at = bisect_left(offsets, boundary)
        if at < len(offsets) and offsets[at] == boundary:
            continue
        token = doc[at - 1]
        if token.idx < boundary < token.idx + len(token) and not token.is_space:
            shared.setdefault(token.i, []).append(boundary - token.idx)
    if not shared:
        return False
    with doc.retokenize() as retokenizer:
        for index, cuts in shared.items():
            token = doc[index]
            edges = [0, *cuts, len(token)]
            parts = [token.text[a:b] for a, b in pairwise(edges)]
            heads: list[tuple[Token, int] | Token] = [(token, i) for i in range(len(parts))]
            retokenizer.split(token, parts, heads=heads)
    return True


def _boundary_at(text: str, found: re.Match[str], last: int) -> int | None:
    """Return where the next sentence begins if the mark ends one, else None."""
    mark = found[0]
    if mark.isspace():
        return found.end()
    end = found.end()
    if end >= len(text):
        return None
    stops = mark.rstrip("\"'”’»)]")
    at = found.start() + len(stops)
    if text.startswith("; ", end):  # sections that a reader of MEDLINE joined ("bone loss.; A randomized study.")
        end += 1
    before = text[max(last, found.start() - _LOOK_BACK) : found.start()]
    if not text[end].isspace():
        citation = _CITATION.match(text, end) if re.search(r"[^\W\d_]{3}$|\)$", before) else None
        if citation is None:
            return _glued(text, before, mark, end)
        end = citation.end()
    start = end + len(text[end : end + 64]) - len(text[end : end + 64].lstrip())
    if start >= len(text) or (len(mark) == len(stops) and _in_bracket(text, last, at)):
        return None
    return start if _ends(text, before, mark, start, last) else None


def _ends(text: str, before: str, mark: str, start: int, last: int) -> bool:
    """Whether a mark with white space behind it ends the sentence that runs up to ``start``."""
    head = text[start]
    found = _NEXT_WORD.match(text, start)
    following = found[1] if found else ""
    opener = following.lower() in _OPENERS and following[:1].isupper()
    found = _WORD_BEFORE.search(before)
    word = found[0].rstrip(".") if found else ""
    if not word and mark == "." and _ends_in_number(text, last, start):
        return False
    if mark.startswith(("..", "…")):
        return opener
    if head in ",;:)]}%=<>≥≤+*/|" or (head in "-–—" and not text[start + 1 : start + 2].isalnum()):
        return False
    if not _may_open(following, head, word):
        return False
    if mark[0] != ".":
        return True
    if len(mark) > 1 and mark[1] in ")]\"”’'":
        return not (following[:1].islower() and mark[-1] in ")]")
    lower = word.lower()
    if lower in _UNITS and _AFTER_NUMBER.search(before):
        return True
    if lower in _ABBREVIATIONS:
        return _abbreviation_ends(lower, word, following, opener)
    if lower in _DOUBTFUL:
        return opener
    if len(word) == 1 and word.isalpha():
        return opener or _letter_ends(before, word)
    if word.isdigit() and _ends_in_number(text, last, start):
        return False
    if re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", word):
        return opener
    return True


def _ends_in_number(text: str, last: int, start: int) -> bool:
    """Whether nothing but a number stands before the full stop, as in the enumeration "1. Methods"."""
    return start - last < _LOOK_BACK and text[last:start].strip(" .\n\t").isdigit()


def _abbreviation_ends(lower: str, word: str, following: str, opener: bool) -> bool:
    """The abbreviations that are also words: "no." before a number, "ms." and the like before an opener."""
    if lower in {"no", "nos"}:
        return not following[:1].isdigit() and opener
    if lower in {"max", "min", "med", "bp", "wt", "st", "ms", "am", "var", "ex", "ca", "ed", "art", "mol", "exp", "ref", "refs", "res", "dis", "int"}:
        return opener
    return lower in {"figure", "fig", "vol"} and opener and following.lower() in {"the", "these", "we", "however"}


def _may_open(following: str, head: str, word: str) -> bool:
    """Whether the next word can open a sentence: a capital, a digit, or a name written small ("p53", "mRNA", "c-Myc")."""
    if not following:
        return head in "\"“'‘([α≥" or not head.isascii()
    if not following[0].islower():
        return True
    if not word or not (word[-1].isalnum() or word[-1] in ")]%+") or len(word) == 1:
        return False
    return bool(_SMALL_NAME.search(following)) or not following[0].isascii()


def _letter_ends(before: str, letter: str) -> bool:
    """A single letter is an initial ("J. Smith", "E. coli") unless it names a kind ("hepatitis C. Patients")."""
    words = before.split()
    previous = words[-2] if len(words) > 1 else ""
    return previous.lower().rstrip("s") in _TAKES_LETTER or previous.lower() in _TAKES_LETTER


def _glued(text: str, before: str, mark: str, end: int) -> int | None:
    """A boundary without white space: "resistance.However", "0.05).The", not "ClinicalTrials.Gov", "S.Typhimurium" or "J.Biol.Chem"."""
    found = re.compile(r"[A-Z][a-z]*(?=[\s,])").match(text, end)
    if found is None or mark[0] not in ".?!":
        return None
    following = found[0]
    if following.lower() in _OPENERS and re.search(r"[\w%)\]]$", before) and not re.search(r"(?:^|[\s.(])[A-Za-z]$", before):
        return end
    if len(following) > 1 and re.search(r"(?:^|[\s(-])[a-z]{4,}\)?$", before) and not re.search(r"(?:www|http|doi)\S*$", before):
        return end
    return None


def _in_bracket(text: str, last: int, at: int) -> bool:
    """Whether the mark stands inside a bracket that was opened in this sentence and closes soon."""
    opened = text.rfind("(", last, at)
    if opened < 0 or (text.find(")", opened, at) >= 0 and text.count("(", last, at) <= text.count(")", last, at)):
        return False
    closes = text.find(")", at, at + _BRACKET_REACH)
    if closes < 0:
        return False
    reopened = text.find("(", at, closes)
    return reopened < 0


def _label_starts(text: str) -> list[int]:
    """Offsets of section labels in capitals with a colon ("RESULTS:", "PATIENTS AND METHODS:")."""
    starts = []
    for found in _LABEL.finditer(text) if _LABEL_COLON.search(text) else ():
        words = found[0].replace("/", " ").replace(",", " ").rstrip(": ").split()
        if found.start() and not all(word in _LABEL_JOINERS for word in words):
            starts.append(found.start())
    return starts
