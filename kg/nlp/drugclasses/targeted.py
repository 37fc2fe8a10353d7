"""Drug classes by target: "third-generation EGFR TKIs", "RAS or MEK inhibition", "anti-PD-1 antibodies", "KRAS G12C inhibitors".

Rule: [generation] [anti-] [target list] [descriptors] head. Members of a list with "and", "or" or commas are classes of their own, each
from its start to the shared head; targets joined by a slash are one class ("ROS1/TRK inhibitor"). "Inhibition of X" is a
process, not a class ("co-inhibition of X and Y", a treatment, is). All words of the head that mean blocking (TKI, blockade, inhibition, targeted
therapy, anti-X) are one class, "X inhibitor"; antibodies, conjugates, degraders, agonists keep their kind.
"""

# ruff: noqa: E501 -- a row of a table of patterns stays on one line
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.lexicon.heads import find_from_heads
from kg.nlp.drugclasses.records import DrugClassMatch
from kg.nlp.variants.masking import G, MaskedText
from kg.nlp.variants.records import VariantMatch

#: a masked variant with its gene, as in "KRAS G12C inhibitor"
V = "\ue002\ue003*"
#: targets of therapeutic antibodies and conjugates: "anti-Ki-67 antibody" is a reagent, not a drug class
ANTIBODY_TARGETS = frozenset(
    [
        "EGFR",
        "ERBB2",
        "ERBB3",
        "PDCD1",
        "CD274",
        "CTLA4",
        "LAG3",
        "TIGIT",
        "HAVCR2",
        "VEGF",
        "VEGFA",
        "VEGFR",
        "KDR",
        "FLT4",
        "IGF1R",
        "MET",
        "HGF",
        "FGFR2",
        "FGFR3",
        "MS4A1",
        "CD19",
        "CD22",
        "CD33",
        "CD38",
        "CD47",
        "CD52",
        "TNFRSF8",
        "TNFRSF17",
        "SLAMF7",
        "CCR4",
        "TACSTD2",
        "NECTIN4",
        "F3",
        "FOLR1",
        "CLDN18",
        "CLDN6",
        "EPCAM",
        "MSLN",
        "DLL3",
        "CEACAM5",
        "CEACAM6",
        "PDGFRA",
        "TNFSF11",
        "IL6",
        "IL6R",
        "TNF",
        "EGF",
        "NRG1",
        "KIR",
        "TGFB",
        "TGFB1",
        "ITGA5",
        "CD70",
        "ROR1",
        "B7H3",
        "CD276",
        "KIR2DL1",
        "CSF1R",
        "FLT3",
        "KLRC1",
        "RANKL",
        "AXL",
    ]
)
#: FamPlex names that a drug class is not called by
CLASS_TARGET = {"NTRK": "TRK", "RAS_family": "RAS", "RAF_family": "RAF", "MEK_family": "MEK", "AKT_family": "AKT", "ERK_family": "ERK"}
_KINDS = frozenset(
    [
        "substitution",
        "nonsense",
        "deletion",
        "insertion",
        "indel",
        "duplication",
        "exon_skipping",
        "fusion",
        "codon",
        "exon_mutation",
        "class_mutation",
        "structural_isoform",
        "compound",
    ]
)

_ORDINAL = r"(?:first|second|third|fourth|fifth|next|newer|new|early|earlier|later|latest|older|1st|2nd|3rd|4th|5th)"
_JOINED = r"-?(?:\s?/\s?|,\s(?:(?:and|or)\s)?|,|\s(?:and|or|to|&)\s)"
_GENERATION = rf"(?P<gens>{_ORDINAL}(?:{_JOINED}{_ORDINAL}){{0,5}}[\s-]generations?)"
_ADJECTIVE = (
    r"(?:highly|potent|selective|oral|orally|available|bioavailable|irreversible|reversible|mutant-selective|mutation-selective|(?:brain|CNS|central nervous system)[\s-]penetrant|penetrating|covalent|allosteric|ATP-competitive|small[\s-]molecule"
    r"|specific|novel|and|non-selective|macrocyclic|approved|more|type\s(?:I{1,2}|1|2)[ab]?)"
)
_DESCRIPTOR = (
    r"(?:receptor|signal+ing|pathway|axis|tyrosine[\s-]kinase|kinase|protein|small[\s-]molecule|selective|mutant-selective|mutant[\s-](?:selective|specific)|specific|monoclonal|neutrali[sz]ing|bispecific|blocking|allosteric|covalent|irreversible|reversible|targeted|directed|targeting|checkpoint|immune\scheckpoint|oncoprotein|degrading|competitive"
    r"|catalytic|switch-?control|multi-?kinase)"
)
_HEADS: tuple[tuple[str, str], ...] = (
    ("antibody-drug conjugate", r"antibody[\s-]?drug[\s-]conjugates?|ADCs?"),
    ("antibody", r"(?:monoclonal\s)?(?:antibod(?:y|ies)|mAbs?)"),
    ("inhibitor", r"TKIs?|inhibitors?(?!y)|inhibition|blockade|blockers?|antagonism"),
    ("inhibitor", r"(?:[\s-]?(?:targeted|directed|targeting|inhibiting|blocking|inhibitory))[\s-]+(?:\w+\s)?(?:therap(?:y|ies)|agents?|drugs?|treatments?|therapeutics|compounds?|inhibitors?|TKIs?)"),
    ("antagonist", r"antagonists?"),
    ("degrader", r"(?:PROTAC\s)?degraders?|PROTACs?"),
    ("agonist", r"agonists?"),
    ("modulator", r"modulators?"),
    ("CAR-T cell therapy", r"CAR[\s-]T(?:[\s-]cells?)?(?:\stherapy)?"),
)  # fmt: skip
_HEAD = "|".join(f"(?P<h{i}>{h})" for i, (_, h) in enumerate(_HEADS))
_TARGET = rf"(?:{G}(?:/\d{{1,2}}(?!\d))?(?:[\s-]{V}|\s?\({V}\))?|{V}(?:\s?\((?:ON|OFF)\))?)"
_SEP = r"(?:\s*,\s*(?:and/or|and|or)\s+|\s*,\s*|\s?/\s?|\s+(?:and/or|and|or|plus)\s+|-)"
LISTED = re.compile(rf"{_TARGET}(?:-?{_SEP}(?:anti-)?(?:pan-)?{_TARGET})*")
_MEMBER = re.compile(rf"(?P<pan>[Pp]an-)?(?:(?P<v>{V})|(?P<g>{G})(?:[\s-]?\(?(?P<gv>{V})\)?)?(?P<n>/\d{{1,2}}(?!\d))?)")
_AFTER = re.compile(
    rf"(?P<desc>(?:[\s-]{{0,3}}{_DESCRIPTOR}){{0,6}})[\s-]{{0,3}}(?:{_HEAD})(?![A-Za-z0-9])(?P<post>\sof\sthe\s(?P<postgens>{_ORDINAL}(?:(?:,|\sand|\sor|,\sand)\s{_ORDINAL})*)\sgenerations?)?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?P<gen>{_GENERATION}(?:,?\s+|,\s*))(?:{_ADJECTIVE}(?:,\s|\s|-)){{0,6}})?(?P<pre>(?P<anti>anti-?\s?)?(?:pan-|dual-)?)$",
    re.IGNORECASE,
)
_ANTI_BEFORE = re.compile(r"(?<![A-Za-z0-9])anti-$", re.IGNORECASE)
_ANTI_AFTER = re.compile(
    r"(?:-?\s?(?:directed|targeted|based))?[\s-](?:(?:immuno)?therap(?:y|ies)|agents?|drugs?|treatments?|regimens?|immunotherapy|blockade)(?![a-z])|(?![A-Za-z0-9])(?!\s?(?:antibod|mAb|monoclonal|ADC|IgG|rabbit|mouse|human))",
    re.IGNORECASE,
)
_POSTPOSED = re.compile(
    rf"(?<![A-Za-z0-9-])(?:(?P<gen>{_GENERATION})\s)?(?:(?:tyrosine\s)?kinase\sinhibitors?|inhibitors?|TKIs?|(?P<ab>(?:monoclonal\s)?antibod(?:y|ies)))\s(?:targeting|of|against|directed\s(?:against|at|to)|that\s(?:target|inhibit)s?)\s(?:the\s)?(?:mutant\s)?$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(r"\s?(?:-(?!mutant|mutated)|expression|phospho|signal|activ)")
_WINDOW = 110  # code points before a target in which its generation and head may stand
CO_INHIBITION = re.compile(
    rf"(?<![A-Za-z])co-?(?:inhibition|targeting|blockade)\sof\s(?P<list>{_TARGET}(?:,?\s(?:and|or)\s{_TARGET})+)", re.IGNORECASE
)
UNTARGETED = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?P<gen>{_GENERATION})(?:,?\s+|,\s*)(?:{_ADJECTIVE}(?:,\s|\s|-)){{0,6}})?(?P<what>(?:receptor\s)?tyrosine[\s-]kinase[\s-](?:inhibitors?|inhibition)|TKIs?|(?:protein\s|serine/threonine\s)?kinase[\s-]inhibitors?|inhibitors?(?=\b))(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_UNTARGETED_HEADS = (
    "first", "second", "third", "fourth", "fifth", "next", "new", "early", "earlier", "later", "latest", "older", "1st", "2nd", "3rd", "4th", "5th",
    "receptor", "tyrosine", "tki", "protein", "serine", "kinase", "inhibitor",
)  # fmt: skip
_ENDS_IN_I = re.compile(r"i(?<=[A-Z0-9]i)s?(?![A-Za-z0-9])")
_SHORT_I = re.compile(r"(?<![A-Za-z0-9])(?P<gene>(?:pan-)?[A-Z][A-Z0-9]{2,6}(?:/\d)?)i(?:s)?(?![A-Za-z0-9])")
_ORDINALS = re.compile(_ORDINAL, re.IGNORECASE)
_NUMERIC = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}


@dataclass(frozen=True, slots=True)
class _Target:
    """One member of a target list: where it starts, the name the class takes from it, its genes, and whether a slash joins it to the one before."""

    start: int
    name: str
    genes: tuple[str, ...]
    joined: bool


class TargetReader:
    """Reads target lists of one text in which genes and named variants are masked."""

    def __init__(self, masked: MaskedText, variants: Sequence[VariantMatch]) -> None:
        self.text = masked.text
        self._masked = masked
        self._variants: dict[int, VariantMatch] = {}
        last = 0
        for variant in sorted((v for v in variants if v.kind in _KINDS and v.genes), key=lambda v: (v.start, v.start - v.end)):
            if variant.start >= last:
                self.text = self.text[: variant.start] + "\ue002" + "\ue003" * (variant.end - variant.start - 1) + self.text[variant.end :]
                self._variants[variant.start] = variant
                last = variant.end

    def targets(self, start: int, end: int) -> list[_Target]:
        """Return the members of a list between two offsets."""
        found: list[_Target] = []
        last = start
        for match in _MEMBER.finditer(self.text[start:end]):
            gap = self.text[last : start + match.start()]
            pan = "pan-" if match["pan"] else ""
            name, genes = self._named(match, start)
            found.append(_Target(start + match.start(), pan + name, genes, bool(found) and gap.strip() in ("/", "-", "/anti-")))
            last = start + match.end()
        return found

    def _named(self, match: re.Match[str], base: int) -> tuple[str, tuple[str, ...]]:
        key = "v" if match["v"] else "gv" if match["gv"] else ""
        if key:
            variant = self._variants[base + match.start(key)]
            return variant.name.removesuffix(" fusion").removesuffix(" mutation"), variant.genes
        symbol = self._masked.gene(base + match.start("g")).symbol
        name = CLASS_TARGET.get(symbol, symbol)
        if match["n"]:
            stem = re.sub(r"\d+$", "", symbol)
            return name + match["n"], (symbol, stem + match["n"][1:])
        return name, (symbol,)


def generations(words: str | None) -> list[str]:
    """Return the canonical generations that a phrase names ("first- and second-generation" gives two)."""
    return [_NUMERIC.get(w.lower(), w.lower()) + "-generation" for w in _ORDINALS.findall(words or "")]


def _grouped(targets: Sequence[_Target]) -> list[list[_Target]]:
    groups: list[list[_Target]] = []
    for target in targets:
        if target.joined and groups:
            groups[-1].append(target)
        else:
            groups.append([target])
    return groups


def _class(start: int, end: int, group: Sequence[_Target], head: str, generation: str = "", joint: str = "/") -> DrugClassMatch:
    stem = joint.join(t.name for t in group)
    if head == "antagonist" and not any(g in ("AR", "ESR1", "ESR", "PGR", "NR3C1") for t in group for g in t.genes):
        head = "inhibitor"
    name = f"anti-{stem} antibody" if head == "antibody" else f"{stem} {head}"
    genes = tuple(dict.fromkeys(g for t in group for g in t.genes))
    return DrugClassMatch(start, end, f"{generation} {name}".strip(), genes, generation, head)


def _head(match: re.Match[str]) -> str:
    return next(name for i, (name, _) in enumerate(_HEADS) if match[f"h{i}"])


def find_targeted(reader: TargetReader, taken: Sequence[tuple[int, int]]) -> Iterator[DrugClassMatch]:
    """Yield the classes that name a target; genes inside ``taken`` spans (lesions) take no part in a list."""
    for listing in LISTED.finditer(reader.text):
        window = max(0, listing.start() - _WINDOW)
        after = _AFTER.match(reader.text, listing.end())
        if after:
            yield from _from_phrase(listing, after, _BEFORE.search(reader.text, window, listing.start()), reader, taken)
            continue
        anti = _ANTI_BEFORE.search(reader.text, window, listing.start())
        tail = _ANTI_AFTER.match(reader.text, listing.end()) if anti else None
        if anti and tail and (tail[0] or _therapeutic(reader, listing)):
            for i, group in enumerate(_grouped(reader.targets(listing.start(), listing.end()))):
                yield _class(group[0].start if i else anti.start(), tail.end(), group, "inhibitor")
            continue
        head = _POSTPOSED.search(reader.text, window, listing.start())
        if head and not _NOT_AFTER.match(reader.text, listing.end()):
            yield from _postposed(head, listing, reader)
    for match in find_from_heads(CO_INHIBITION, reader.text, ("co-", "coi", "cot", "cob")):
        yield _class(match.start(), match.end(), reader.targets(match.start("list"), match.end("list")), "inhibitor", joint=" and ")


def _length(reader: TargetReader, target: _Target) -> int:
    found = re.match(_TARGET, reader.text[target.start :])
    return found.end() if found else 0


def _therapeutic(reader: TargetReader, listing: re.Match[str]) -> bool:
    return any(g in ANTIBODY_TARGETS for t in reader.targets(listing.start(), listing.end()) for g in t.genes)


def _postposed(head: re.Match[str], listing: re.Match[str], reader: TargetReader) -> Iterator[DrugClassMatch]:
    if head["ab"] and not _therapeutic(reader, listing):
        return
    for group in _grouped(reader.targets(listing.start(), listing.end())):
        for generation in generations(head["gens"]) or [""]:
            yield _class(head.start(), group[-1].start + _length(reader, group[-1]), group, "antibody" if head["ab"] else "inhibitor", generation)


def _from_phrase(
    listing: re.Match[str], after: re.Match[str], before: re.Match[str] | None, reader: TargetReader, taken: Sequence[tuple[int, int]]
) -> Iterator[DrugClassMatch]:
    groups = _grouped(reader.targets(listing.start(), listing.end()))
    head, end = _head(after), after.end()
    if head == "antibody" and not _therapeutic(reader, listing):
        return
    gens = before["gens"] if before else None
    named = generations(gens) or generations(after["postgens"])
    pan = bool(before and before["pre"].lower().endswith("pan-"))
    for i, group in enumerate(groups):
        if any(g.upper().startswith(("MIR", "HSA-")) for t in group for g in t.genes):  # "miR-206 inhibitor" is a laboratory reagent
            continue
        if i < len(groups) - 1 and any(s <= group[0].start < e for s, e in taken):
            continue
        if i or not before:
            yield _class(group[0].start, end, group, head)
            continue
        made = _class(before.start("pre"), end, group, head)
        if pan:
            made = replace(made, name="pan-" + made.name)
        places = _places(before, named) if gens else [(made.start, g) for g in named] or [(made.start, "")]
        for place, generation in places:
            yield replace(made, start=place, name=f"{generation} {made.name}".strip(), generation=generation)


def _places(match: re.Match[str], named: Sequence[str]) -> list[tuple[int, str]]:
    """Each generation of a list runs from its own word to the shared head."""
    return [(match.start("gens") + word.start(), g) for word, g in zip(_ORDINALS.finditer(match["gens"]), named, strict=True)]


def find_untargeted(reader: TargetReader, context: Sequence[tuple[int, str, tuple[str, ...]]]) -> Iterator[DrugClassMatch]:
    """Yield kinase-inhibitor classes without target; with a generation they take the target of the sentence or of the class before.

    ``context`` are (offset, name, genes) of targets in order of place.
    """
    for match in find_from_heads(UNTARGETED, reader.text, _UNTARGETED_HEADS):
        words = match["what"].lower()
        named = generations(match["gens"])
        if words.startswith("inhibitor") and not named:
            continue
        generic = "kinase inhibitor" if re.match(r"(?:protein |serine/threonine )?kinase", words) else "tyrosine kinase inhibitor"
        if not named:
            yield DrugClassMatch(match.start("what"), match.end(), generic, head="inhibitor")
            continue
        target = _context_target(match.start(), context)
        if target is None and words.startswith("inhibitor"):
            continue
        for start, generation in _places(match, named):
            if target:
                yield DrugClassMatch(start, match.end(), f"{generation} {target[0]} inhibitor", target[1], generation, "inhibitor")
            else:
                yield DrugClassMatch(start, match.end(), f"{generation} {generic}", (), generation, "inhibitor")


def _context_target(place: int, context: Sequence[tuple[int, str, tuple[str, ...]]]) -> tuple[str, tuple[str, ...]] | None:
    before = [(name, genes) for offset, name, genes in context if offset < place]
    return before[-1] if before else None


def short_forms(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, target as written) of "MEKi", "pan-RAFi", "CDK4/6i"."""
    for match in _SHORT_I.finditer(text) if _ENDS_IN_I.search(text) else ():
        yield match.start(), match.end(), match["gene"]
