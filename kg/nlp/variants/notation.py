"""Names of single changes: HGVS and its many spellings in, one canonical form out.

Rule: one change has one form. Protein: one-letter residues, no ``p.`` (``G1202R``, ``E746_A750del``, ``L747_P753delinsS``,
``R213*``, ``E104Kfs*12``); DNA: ``c.3604G>A`` (also ``g.``, ``m.``), promoter and intron positions with their sign; rs ids in lower
case. `normalise` is idempotent. Source: HGVS nomenclature 21.0, https://hgvs-nomenclature.org.

``X`` as new residue is old notation for a stop, but resistance papers write C797X for "any change of C797". With ``p.`` or in
three letters, and on residues that mostly change to a stop (R, Q, W, E, Y, K), it becomes ``*``; otherwise it stays ``X``.
"""

# ruff: noqa: E501 -- a row of a table of patterns stays on one line
from __future__ import annotations

import re
from dataclasses import dataclass

AA3 = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G", "His": "H", "Ile": "I",
    "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S", "Thr": "T", "Trp": "W", "Tyr": "Y", "Val": "V",
    "Ter": "*", "Stop": "*", "Sec": "U",
}  # fmt: skip
AA_WORDS = {
    "alanine": "A", "arginine": "R", "asparagine": "N", "aspartate": "D", "aspartic acid": "D", "cysteine": "C", "glutamine": "Q",
    "glutamate": "E", "glutamic acid": "E", "glycine": "G", "histidine": "H", "isoleucine": "I", "leucine": "L", "lysine": "K",
    "methionine": "M", "phenylalanine": "F", "proline": "P", "serine": "S", "threonine": "T", "tryptophan": "W", "tyrosine": "Y",
    "valine": "V", "aspartic": "D", "glutamic": "E", "stop codon": "*", "a stop codon": "*", "a stop": "*", "stop": "*", "termination": "*",
}  # fmt: skip
NUCLEOTIDES = {"adenine": "A", "adenosine": "A", "cytosine": "C", "cytidine": "C", "guanine": "G", "guanosine": "G", "thymine": "T", "thymidine": "T"}
_STOPPED = frozenset("RQWEYK")

_ONE = "[ACDEFGHIKLMNPQRSTVWY]"
_THREE = "(?:" + "|".join(k for k in AA3 if k not in ("Ter", "Stop")) + ")"
_RES = f"(?:{_THREE}|{_ONE})"
_NEW = rf"(?:{_THREE}(?![a-z])|Ter\b|[Ss]top\b|{_ONE}(?![A-Za-z0-9])|[X*](?![A-Za-z0-9])|=)"
_POS = r"[1-9]\d{0,4}"
_SEQ = rf"(?:(?:{_THREE}){{1,12}}|{_ONE}{{1,20}}|\d{{1,3}})(?![a-z])"
_REF = r"(?:N[MP]_\d+(?:\.\d+)?(?:\s?\([A-Za-z0-9-]+\))?\s?:\s?)?"
_P = rf"{_REF}(?P<p>[pP]\.\s?)?(?P<open>\(|\[)?"
_CLOSE = r"(?(open)[)\]])"
_OP = r"(?i:delins|indel|del/ins|del|ins|dup)"
_LONG_OP = r"(?:deletion[\s/-]insertion|deletion|insertion|duplication)s?"
_ARROW = r"\s?(?:-{0,3}>|→|=>)\s?"

PROTEIN = re.compile(
    rf"{_P}(?:"
    rf"(?P<fa>{_RES})(?P<fp>{_POS})(?P<fn>{_RES}|\*)?\s?(?:fs|FS)(?P<ft>(?:\s?(?:\*|X|Ter)(?:\s?\d{{1,4}})?|\d{{1,4}})?)(?![A-Za-z0-9])"
    rf"|(?P<ra>{_RES})(?P<rp>{_POS})(?:\s?[_–-]\s?(?P<rb>{_RES})?(?P<rq>{_POS}))?\s?(?P<rop>{_OP})(?![a-z]*[b-z]{{4}})(?P<rs>{_SEQ})?(?![a-z0-9])"
    rf"|(?P<la>{_RES})(?P<lp>{_POS})\s?[_–-]\s?(?P<lb>{_RES})?(?P<lq>{_POS})\s(?P<lop>{_LONG_OP})\b"
    rf"|(?P<ga>{_RES})(?P<gp>{_POS})\s?[_–-]\s?(?P<gb>{_RES})(?P<gq>{_POS})\s?>\s?(?P<gs>{_SEQ})(?![a-z0-9])"
    rf"|(?P<sa>{_RES})(?P<sp>{_POS})(?P<sb>{_NEW})"
    rf"){_CLOSE}"
)
# words in front: "delE746-A750", "del E746_A750", "ΔE746-A750"; spelled residues: "Cys 23 Ser", "Ile(146)-->Leu", "Glu 272 to stop"
PREFIXED = re.compile(
    rf"(?:(?P<op>del|ins|dup)[\s-]?|Δ|[dD]elta[\s-])\(?(?P<a>{_RES})(?P<p>{_POS})\s?[_–-]\s?(?P<b>{_RES})(?P<q>{_POS})\)?(?![A-Za-z0-9])"
)
_NAME3 = r"(?:" + "|".join(k for k in AA3 if k not in ("Ter", "Stop")) + r")"
_WORD = r"(?:" + "|".join(sorted(AA_WORDS, key=len, reverse=True)) + r")"
_WORDRES = r"(?:" + "|".join(sorted((w for w in AA_WORDS if "stop" not in w and w != "termination"), key=len, reverse=True)) + r")"
SPACED = re.compile(
    rf"(?P<a>{_NAME3})(?:\s|-|\s?\(|\s?\[)(?P<p>{_POS})(?:\)|\])?(?:\s?-{{0,2}}>\s?|\sto\s|-to-|\s|-)?(?P<b>{_NAME3}|Ter|[Ss]top|stop)(?![a-z])"
    rf"|(?P<c>{_NAME3})(?P<d>{_POS})(?:{_ARROW}|\sto\s|-to-)(?P<e>{_NAME3}|Ter|[Ss]top)(?![a-z])"
)
WORDS = re.compile(
    rf"(?P<a>{_WORDRES})(?:\sresidue)?[\s-]?(?:\(?(?P<p>{_POS})\)?)[\s-](?:(?:to|by|for|with|into)(?:\s(?:an?\s)?|-))?(?P<b>{_WORD})\b"
    rf"|(?P<c>{_WORDRES})(?:\s?\([A-Za-z]+\))?(?:[\s-]to[\s-]|{_ARROW}|\sfor\s|\swith\s|\sby\s)(?:an?\s)?(?P<d>{_WORD})(?:\s?\([A-Za-z]+\))?"
    rf"(?:\s(?:substitution|change|mutation|exchange|replacement|transition))?\s(?:at|in|of)\s(?:the\s)?(?:amino[\s-]acid|residue|codon|position)(?:\s(?:residue|position|number))?\s(?P<q>{_POS})"
    rf"|(?P<e>{_WORDRES})\sat\s(?:amino[\s-]acid\s|residue\s|codon\s)?(?:position\s)?(?P<r>{_POS})\s(?:to|by|with|for)\s(?:an?\s)?(?P<f>{_WORD})\b"
    rf"|(?P<g>{_NAME3}){_ARROW}(?P<h>{_NAME3}|[Ss]top)(?:\s(?:substitution|change|mutation))?\sat\s(?:the\s)?(?:codon|position|residue|amino acid)\s(?P<s>{_POS})",
    re.I,
)

_DPOS = r"(?:[*+–-]?\s?\d{1,8}(?:\s?[+–-]\s?\d{1,6})?|IVS\s?[0-9IVX]+\s?[+–-]\s?\d+)"
_NT = "[ACGT]"
_DOP = rf"(?:delins\s?{_NT}+|del(?:\s?(?:{_NT}+|\d+(?:\s?bp)?))?|ins\s?(?:\({_NT}+\)|{_NT}+|\d+(?:\s?bp)?)|dup(?:\s?(?:{_NT}+|\d+))?|inv)(?![a-z])"
DNA = re.compile(
    rf"{_REF}(?P<k>[cgmnr])\.\s?(?:(?P<p>{_DPOS}(?:\s?[_–-]\s?{_DPOS})?)\s?(?:(?P<a>{_NT}+){_ARROW}(?P<b>{_NT}+)|(?P<op>{_DOP}))|(?P<a2>{_NT})(?P<p2>\d+)(?P<b2>{_NT}))(?![A-Za-z0-9])"
)
# without c.: "677C>T", "-866G/A", "G-395A", "IVS16+1G>A", "657del5", "5382insC", "185delAG"
BARE_DNA = re.compile(
    rf"(?P<p>(?<![A-Za-z0-9.])(?:IVS\s?-?[0-9IVX]+\s?[+–-]?\s?\d+|[+–-]?\d{{1,7}}(?:\s?[+–-]\s?\d{{1,4}})?(?:_[+–-]?\d{{1,7}}(?:[+–-]\d{{1,4}})?)?)),?\s?(?P<o1>\()?(?P<a>{_NT}){_ARROW}(?P<b>{_NT})(?(o1)\))(?![A-Za-z0-9])"
    rf"|(?P<ps>(?<![A-Za-z0-9.])(?:[+–-]\s?\d{{2,5}}|IVS\s?\d+\s?[+–-]\s?\d+)),?\s?(?P<o2>\()?(?P<as>{_NT})/(?P<bs>{_NT})(?(o2)\))(?![A-Za-z0-9/])"
    rf"|(?<![A-Za-z0-9.])(?P<am>{_NT})\s?(?P<pm>[–-]\d{{2,5}})\s?(?P<bm>{_NT})(?![A-Za-z0-9-])"
    rf"|(?P<pr>(?<![A-Za-z0-9.-])\d{{2,4}})\s?(?P<rr>[ACDEFGHIKLMNPQRSTVWY])\s?-?ins(?![A-Za-z0-9])"
    rf"|(?P<po>(?<![A-Za-z0-9.-])\d{{2,6}}(?:[_–-]\d{{1,6}})?)\s?(?P<op>(?:del|ins|dup)\s?(?:{_NT}+|\d+(?:\s?bp)?))(?![A-Za-z0-9])"
)
DNA_WORDS = re.compile(
    rf"(?P<a>{_NT}|{'|'.join(NUCLEOTIDES)})(?:\s?-{{0,2}}>\s?|\sto\s|-to-)(?P<b>{_NT}|{'|'.join(NUCLEOTIDES)})"
    r"\s(?:(?:point\s)?(?:transition|transversion|substitution|mutation|change|polymorphism|single nucleotide polymorphism)\s)?(?:at|in)\s(?:the\s)?"
    r"(?:nucleotide\sposition|nucleotide|position|base|nt|cDNA base|bp)\s(?P<p>[+–-]?\d{1,7})"
)
RSID = re.compile(r"(?<![A-Za-z0-9])[rR][sS]\s?\d{3,10}(?![A-Za-z0-9])")

_KIND = {"del": "deletion", "ins": "insertion", "dup": "duplication", "delins": "indel"}


@dataclass(frozen=True, slots=True)
class Change:
    """A normalised change: its form, kind, and the first residue and position it names (empty and 0 for DNA)."""

    form: str
    kind: str
    residue: str = ""
    position: int = 0


def letter(residue: str | None) -> str:
    """Return the one-letter code of a residue written in one or three letters, or as a word."""
    if not residue:
        return ""
    if len(residue) == 1:
        return residue.upper()
    return AA3.get(residue[:3].capitalize() if residue[:4].lower() != "stop" else "Stop") or AA_WORDS.get(residue.lower(), "")


def letters(sequence: str | None) -> str:
    """Return a residue sequence in one-letter code ("AspValAsp" -> "DVD"); digits (a length) stay."""
    if not sequence:
        return ""
    if sequence[1:2].islower():
        return "".join(AA3[sequence[i : i + 3]] for i in range(0, len(sequence), 3))
    return sequence


def _substitution(a: str, position: str, b: str, explicit: bool) -> Change:
    old, new = letter(a), "*" if b == "*" else letter(b) if b != "=" else "="
    if new == "X" and (explicit or len(a) == 3 or old in _STOPPED):
        new = "*"
    new = old if new == "=" else new
    return Change(f"{old}{int(position)}{new}", "nonsense" if new == "*" else "substitution", old, int(position))


def _range(a: str, p: str, b: str | None, q: str | None, op: str, seq: str | None) -> Change:
    op = {"indel": "delins", "del/ins": "delins"}.get(op.lower(), op.lower())
    first, last = f"{letter(a)}{int(p)}", f"_{letter(b)}{int(q)}" if q else ""
    inserted = letters(seq) if op in ("ins", "delins") else ""  # deleted or duplicated residues are redundant, HGVS leaves them out
    if op == "ins" and inserted == letter(a):
        return Change(f"{first}dup", "duplication", letter(a), int(p))  # HGVS: what is inserted behind its like is a duplication
    return Change(f"{first}{last}{op}{inserted}", _KIND[op], letter(a), int(p))


def protein_change(match: re.Match[str]) -> Change:
    """Return the change of a `PROTEIN` match."""
    g = match.groupdict()
    if g["fa"]:
        tail = re.sub(r"\s|Ter|X|\*", "", g["ft"] or "")
        new = letter(g["fn"]) if g["fn"] and g["fn"] != "*" else ""
        return Change(f"{letter(g['fa'])}{int(g['fp'])}{new}fs{'*' + tail if tail else ''}", "frameshift", letter(g["fa"]), int(g["fp"]))
    if g["ra"]:
        return _range(g["ra"], g["rp"], g["rb"], g["rq"], g["rop"], g["rs"])
    if g["la"]:
        op = g["lop"].lower()
        short = "delins" if "insertion" in op and "deletion" in op else op[:3]
        return _range(g["la"], g["lp"], g["lb"], g["lq"], "dup" if short == "dup" else short, None)
    if g["ga"]:
        return _range(g["ga"], g["gp"], g["gb"], g["gq"], "delins", g["gs"])
    return _substitution(g["sa"], g["sp"], g["sb"], bool(g["p"]))


def prefixed_change(match: re.Match[str]) -> Change:
    """Return the change of a `PREFIXED` match."""
    return _range(match["a"], match["p"], match["b"], match["q"], match["op"] or "del", None)


def spelled_change(match: re.Match[str]) -> Change:
    """Return the change of a `SPACED` or `WORDS` match: residues named apart from their position."""
    g = match.groupdict()
    for a, p, b in (("a", "p", "b"), ("c", "d", "e"), ("c", "q", "d"), ("e", "r", "f"), ("g", "s", "h")):
        if g.get(a) and g.get(p) and g.get(b) and g[p].isdigit():
            return _substitution(letter(g[a]), g[p], letter(g[b]) or "*", True)
    raise ValueError(f"no residues in {match[0]!r}")  # unreachable: every alternative has the three


def dna_change(match: re.Match[str]) -> Change:
    """Return the change of a `DNA`, `BARE_DNA` or `DNA_WORDS` match; without ``c.`` the coordinates stay as written."""
    g = match.groupdict()
    level = (g.get("k") or "") + "." if g.get("k") else ""
    for a, p, b in (("a", "p", "b"), ("a2", "p2", "b2"), ("as", "ps", "bs"), ("am", "pm", "bm")):
        if g.get(a) and g.get(p):
            old, new = (NUCLEOTIDES.get(str(g[x]).lower(), str(g[x])) for x in (a, b))
            return Change(f"{level}{_tidy(g[p])}{old}>{new}", "dna")
    if g.get("rr"):
        return Change(f"{int(g['pr'])}ins{g['rr']}", "insertion")
    position = g.get("p") or g.get("po") or ""
    op = re.sub(r"[\s()]|bp", "", g["op"] or "")
    if level:
        op = re.sub(r"^(del|dup)[ACGT\d]+$", r"\1", op)
    return Change(f"{level}{_tidy(position)}{op}", "dna")


def _tidy(position: str) -> str:
    plain = re.sub(r"\s", "", position).replace("–", "-")
    return re.sub(r"(?<=\d)-(?=\d{2,}$)", "_", plain) if re.fullmatch(r"\d{3,}-\d{3,}", plain) else plain


def parse_hgvs(text: str) -> str | None:
    """Return the canonical form of a change written as HGVS or a common spelling of it, or None if it is no change."""
    change = parse_change(text)
    return change.form if change else None


def parse_change(text: str) -> Change | None:
    """Return the change that a whole string names, or None."""
    plain = text.strip()
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1]
    if RSID.fullmatch(plain):
        return Change(re.sub(r"\s", "", plain).lower(), "rsid")
    for pattern, build in (
        (DNA, dna_change),
        (PROTEIN, protein_change),
        (PREFIXED, prefixed_change),
        (SPACED, spelled_change),
        (WORDS, spelled_change),
        (BARE_DNA, dna_change),
        (DNA_WORDS, dna_change),
    ):
        match = pattern.fullmatch(plain)
        if match:
            return build(match)
    return None
