"""Changes of a gene as a whole: mutation, fusion, amplification, loss, expression, methylation, wild type, alteration.

Rule: a lesion is a head ("mutations", "amplification", "-positive") tied to one gene or to a list of genes; in a list each member
runs to the shared head ("KRAS or NRAS mutations" and "NRAS mutations"; "upregulation of MET" and "upregulation of MET or
HGF"). Words in front that make the change another one (activating, compound) belong to the span; "common", "rare", "novel" do not.
All patterns run on masked text, see `kg.nlp.variants.masking`.
"""

# ruff: noqa: E501 -- a row of a table of patterns stays on one line
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicon.heads import find_from_heads, has_any
from kg.nlp.variants.fusion_pairs import POSITIVE_IS_FUSION
from kg.nlp.variants.fusions import HEAD as FUSION_HEAD
from kg.nlp.variants.masking import G, MaskedText
from kg.nlp.variants.records import GeneSpan


@dataclass(frozen=True, slots=True)
class Lesion:
    """A lesion of one gene: span, the gene (None where the text names none), kind and the words of its canonical name."""

    start: int
    end: int
    gene: GeneSpan | None
    kind: str
    label: str
    second: bool = False


#: "HER2-positive" and the like: what the marker's positivity stands for in oncology
POSITIVE_IS_MUTATION = frozenset(
    ["EGFR", "KRAS", "NRAS", "HRAS", "BRAF", "IDH1", "IDH2", "JAK2", "PIK3CA", "FLT3", "NPM1", "BRCA1", "BRCA2", "CALR", "MPL"]
)
POSITIVE_IS_AMPLIFICATION = frozenset({"ERBB2"})

_COMMA = r"(?:\s*,\s*|\s?/\s?)"
_CONJUNCTION = r"(?:\s*,?\s+(?:and/or|and|or|as well as|plus|&)\s+|\s?/\s?)"
#: genes joined by commas, then by conjunctions; a comma after a conjunction begins something else
_LIST = rf"{G}(?:-?{_COMMA}{G})*(?:-?{_CONJUNCTION}(?:the\s+)?{G})*"
_NOT_LESION = re.compile(
    r"[\s-]*(?:TKI|(?:tyrosine\s+|receptor\s+)?(?:kinase\s+)?inhibitor|antibod|targeted|directed|blockade|antagonist|ligand|signal+ing|pathway|axis|cascade|phosphorylation|activity|activation|inhibition|dimeri|internali)",
    re.IGNORECASE,
)
_SOFT = (
    r"(?:activating|activated|sensiti[sz]ing|sensitive|driver|uncommon|common|rare|classical|atypical|somatic|germline|oncogenic|pathogenic|resistance|resistant|secondary|acquired|tertiary|point"
    r"|missense|hot-?spot|gain-of-function|loss-of-function|inactivating|truncating|nonsense|frameshift|deleterious|gene|oncogene|gene-activating|TKI-sensitizing|concurrent|concomitant|co-occurring|tumou?r)"
)
_MUT = r"(?:mutations?|mutants?|mutated|mutational|mut|variants?(?!\s+(?:allele|frequenc|call|of uncertain))|substitutions?)(?![A-Za-z])"
_SNP = r"(?:(?:single[\s-]nucleotide\s+)?polymorphisms?|SNPs?)(?![A-Za-z])"
_DOMAIN = (
    r"(?P<domain>solvent[\s-]front|gatekeeper|kinase[\s-]domain|tyrosine[\s-]kinase[\s-]domain|xDFG|activation[\s-]loop|P-loop|extracellular[\s-]domain|transmembrane[\s-]domain|juxtamembrane(?:[\s-]domain)?"
    r"|promoter|ligand[\s-]binding[\s-]domain|TKD|hinge[\s-]region|ATP[\s-]binding[\s-](?:site|pocket))"
)
_EXPR = r"(?:(?:gene|protein|mRNA|transcript|transcriptional|surface|membrane|tumou?r|nuclear|cytoplasmic)[\s-]+){0,2}"
_GAIN = r"(?:(?:gene|focal|high-level|low-level|oncogene|de novo|acquired|genomic)[\s-]+)?(?:amplifications?|amplified|copy[\s-]number[\s-](?:gains?|amplifications?|increases?)|(?:gene\s)?copy\sgains?|amp(?![A-Za-z]))"
_UP = r"(?:over-?\s?expression|over-?express(?:ing|ed)|hyper-?expression|up-?regulation|up-?regulated(?!\sby))"
_DOWN = r"(?:under-?expression|under-?expressed|down-?regulation|low[\s-]expression|(?:reduced|decreased)\sexpression)"
_SILENCED = r"(?:knock-?\s?downs?|knock-?\s?outs?|silencing|silenced|KO(?![A-Za-z])|KD(?![A-Za-z])|depletion|depleted|ablation|siRNAs?|shRNAs?|knocked[\s-](?:down|out))"
_HIGH = r"(?:high(?:er|ly)?|elevated|increased|strong|enhanced|aberrant)"
_LOW = r"(?:low(?:er)?|reduced|decreased|diminished|weak)"
_LEVEL = r"(?:(?:co-?)?expression(?:\s+levels?)?|(?:mRNA\s+|protein\s+)?(?:transcripts?|levels?)|expressing|expressers|expressors)"
_WT = r"(?:wild[\s-]?types?|WT|wt)(?![A-Za-z])"

#: (kind, words of the name, pattern of the head that stands right of its genes)
_RIGHT: tuple[tuple[str, str, str], ...] = (
    ("wild_type", "wild type", rf"[\s-]*{_WT}"),
    ("domain_mutation", "{domain} mutation", rf"[\s-]+{_DOMAIN}[\s-]+{_MUT}"),
    ("mutation", "compound mutation", rf"[\s-]+(?:uncommon\s+)?compound\s+(?:uncommon\s+)?{_MUT}"),
    ("mutation", "mutation", rf"[\s-]*(?:{_SOFT}[\s-]+){{0,3}}{_MUT}"),
    ("polymorphism", "polymorphism", rf"[\s-]+(?:(?:gene|germline|promoter|deletion|insertion)\s+)?{_SNP}"),
    ("mutation", "mutation", r"m\+?(?![A-Za-z0-9])"),
    ("mutation", "mutation", r"-(?:sensiti[sz]ing|activating)(?=\s+(?!mutation|alteration)[a-zA-Z])"),
    ("fusion", "fusion", rf"[\s-]+(?:(?:kinase|receptor)\s+)?{FUSION_HEAD}"),
    ("positive", "", r"(?:[\s-]?(?i:positiv(?:e|ity))(?![a-z])|-pos(?![a-z])|\+(?![\w+]))"),
    ("amplification", "amplification", rf"[\s-]*{_GAIN}"),
    ("overexpression", "overexpression", rf"[\s-]+{_EXPR}{_UP}"),
    ("overexpression", "overexpression", rf"[\s-]+{_EXPR}{_HIGH}[\s-]+{_LEVEL}"),
    ("overexpression", "overexpression", r"-high(?![A-Za-z-])"),
    ("low_expression", "low expression", rf"[\s-]+{_EXPR}{_DOWN}"),
    ("low_expression", "low expression", r"-low(?![A-Za-z-])"),
    ("loss_of_expression", "loss of expression", rf"[\s-]+{_EXPR}{_SILENCED}"),
    ("loss_of_expression", "loss of expression", rf"[\s-]+{_EXPR}(?:expression\s+loss|loss\s+of\s+expression)"),
    ("loss", "loss", r"[\s-]+(?:(?:gene|protein|homozygous|biallelic|functional|genomic)\s+)?(?:loss(?!\s+of)|inactivation|deficiency|deficient|null(?![a-z])|haploinsufficiency)"),
    ("deletion_of_gene", "deletion", r"[\s-]+(?:(?:gene|homozygous|heterozygous|focal|genomic|hemizygous)\s+)?(?:deletions?|deleted|co-deletion)(?![a-z])"),
    ("methylation", "promoter methylation", r"[\s-]+(?:(?:gene|promoter|gene\s+promoter|CpG\s+island)\s+)?(?:hyper-?)?methylat(?:ion|ed)(?![a-z])"),
    ("alteration", "alteration", r"[\s-]+(?:(?:gene(?:tic)?|genomic|molecular|oncogenic)\s+)?(?:alterations?|aberrations?|abnormalit(?:y|ies)|altered|aberrant)(?![a-z])"),
    ("structural_isoform", "vIII", r"\s?v(?:ariant\s)?III(?![A-Za-z])"),
    ("structural_isoform", "V7", r"-?\s?[vV]7(?![A-Za-z0-9])"),
    ("duplication", "internal tandem duplication", r"[\s-]*(?:ITDs?(?![A-Za-z])|internal\s+tandem\s+duplications?(?:\s+\(ITD\))?)"),
    ("domain_mutation", "tyrosine kinase domain mutation", r"[\s-]*TKD(?![A-Za-z])(?!\s+mut)"),
)  # fmt: skip

#: (kind, words of the name, pattern of the head that stands left of its genes, pattern after the genes)
_LEFT: tuple[tuple[str, str, str, str], ...] = (
    ("mutation", "compound mutation", r"compound\s+(?:uncommon\s+)?", rf"[\s-]+(?:(?:uncommon|activating)\s+)?{_MUT}"),
    ("mutation", "mutation", r"(?:activating|sensiti[sz]ing|inactivating|activated)\s+(?:and\s+sensiti[sz]ing\s+)?", rf"[\s-]+(?:gene\s+)?{_MUT}"),
    ("mutation", "mutation", r"(?:mutant|mutated|mutationally\s+activated)[\s-]+(?:form[s]?\s+of\s+)?", ""),
    ("mutation", "mutation", rf"(?:(?:activating|inactivating|sensiti[sz]ing)\s+)?(?:point\s+|missense\s+)?{_MUT}\s+(?:in|of|within|affecting)\s+(?:the\s+)?", ""),
    ("polymorphism", "polymorphism", rf"{_SNP}\s+(?:in|of|within)\s+(?:the\s+)?", ""),
    ("fusion", "fusion", r"(?:gene\s+)?(?:fusions?|rearrangements?|translocations?)\s+(?:of|in|involving)\s+(?:the\s+)?", ""),
    ("amplification", "amplification", r"(?:(?:gene|focal)\s+)?(?:amplifications?|copy[\s-]number\s+gains?)\s+(?:of|in)\s+(?:the\s+)?", ""),
    ("amplification", "amplification", r"amplified\s+", r"(?![\s-]*(?:by|with|in)\b)"),
    ("overexpression", "overexpression", rf"(?:over-?expression|up-?regulation)\s+of\s+(?:the\s+)?{_EXPR}", ""),
    ("overexpression", "overexpression", r"over-?express(?:es|ed|ing)?\s+(?:the\s+)?", ""),
    ("overexpression", "overexpression", rf"{_HIGH}\s+{_EXPR}(?:{_LEVEL}|levels\s+of\s+expression)\s+of\s+(?:the\s+)?", ""),
    ("overexpression", "overexpression", rf"{_HIGH}\s+(?:levels?\s+of\s+)?", rf"[\s-]+{_EXPR}{_LEVEL}(?![A-Za-z])"),
    ("low_expression", "low expression", rf"{_LOW}\s+{_EXPR}{_LEVEL}\s+of\s+(?:the\s+)?", ""),
    ("low_expression", "low expression", rf"{_LOW}\s+(?:levels?\s+of\s+)?", rf"[\s-]+{_EXPR}{_LEVEL}(?![A-Za-z])"),
    ("low_expression", "low expression", rf"(?:down-?regulation|under-?expression)\s+of\s+(?:the\s+)?{_EXPR}", ""),
    ("loss_of_expression", "loss of expression", r"(?:loss|lack|absence)\s+of\s+(?:the\s+)?", rf"[\s-]+{_EXPR}expression"),
    ("loss_of_expression", "loss of expression", rf"(?:loss|lack|absence)\s+of\s+{_EXPR}expression\s+of\s+(?:the\s+)?", ""),
    ("loss_of_expression", "loss of expression", rf"(?:(?:siRNA|shRNA|CRISPR|RNAi|genetic|stable)[\s-](?:mediated\s+)?)?{_SILENCED}\s+(?:of|against|targeting)\s+(?:the\s+)?", ""),
    ("loss", "loss", r"(?:(?:homozygous|biallelic)\s+)?(?:loss(?:\s+of\s+function)?|inactivation|deficiency)\s+(?:of|in)\s+(?:the\s+)?", r"(?!\s+(?:sensitivity|binding|activity|phosphorylation|signal|inhibit|depend))"),
    ("deletion_of_gene", "deletion", r"(?:(?:homozygous|heterozygous|focal)\s+)?deletions?\s+of\s+(?:the\s+)?", ""),
    ("methylation", "promoter methylation", r"(?:promoter\s+)?(?:hyper-?)?methylation\s+(?:of|in)\s+(?:the\s+)?(?:promoter\s+of\s+)?", r"(?:\s+(?:gene\s+)?promoter)?"),
    ("methylation", "promoter methylation", r"methylated\s+", r"(?:\s+promoter)?"),
    ("wild_type", "wild type", rf"{_WT}(?:\s\((?:wt|WT)\))?[\s-]+(?:for\s+)?(?:the\s+)?", ""),
    ("alteration", "alteration", r"(?:(?:genetic|genomic|molecular)\s+)?(?:alterations?|aberrations?)\s+(?:in|of|involving)\s+(?:the\s+)?", ""),
)  # fmt: skip


def _compile_left() -> tuple[tuple[str, str, re.Pattern[str], re.Pattern[str], tuple[str, ...]], ...]:
    """Compile each left head twice: to find it in lower-cased text at its own speed, and with its genes."""
    flag = re.IGNORECASE
    return tuple(
        (kind, label, re.compile(rf"(?:{head})$", flag), re.compile(tail, flag), tuple(_GATES[kind].split("|"))) for kind, label, head, tail in _LEFT
    )


#: a text without these words (lower case) has no left head of the kind: most texts skip most patterns
_GATES = {
    "polymorphism": "polymorphism|snp",
    "mutation": "mutat|mutant|activat|sensiti|compound|variant|polymorphism|substitution|snp",
    "fusion": "fusion|rearrange|translocat",
    "amplification": "amplif|copy",
    "overexpression": "overexpr|over-expr|upreg|up-reg|high|elevated|increased|strong|enhanced|aberrant",
    "low_expression": "low|reduced|decreased|diminished|weak|downreg|down-reg|underexpr|under-expr",
    "loss_of_expression": "loss|lack|absence|knock|silenc|deplet|ablat|rna|ko|kd",
    "loss": "loss|inactivation|deficiency",
    "deletion_of_gene": "deletion",
    "methylation": "methylat",
    "wild_type": "wild|wt",
    "alteration": "alteration|aberration",
}
_WINDOW = 90  # code points before a gene in which a left head may stand

_RIGHT_C = tuple((k, n, re.compile(h, re.IGNORECASE if k not in ("positive", "structural_isoform") else 0)) for k, n, h in _RIGHT)
_LEFT_C = _compile_left()
#: what no right head begins with
_NO_HEAD = frozenset(["", *",.;:)(]/%"])
_LISTS = re.compile(_LIST)
#: the domains whose mutation is a lesion without a gene beside it
_BARE_DOMAINS = ("solvent", "gatekeeper", "kinase")
_DOMAIN_HEADS = (
    "solvent", "gatekeeper", "kinase", "tyrosine", "xdfg", "activation", "p-loop", "extracellular", "transmembrane", "juxtamembrane", "promoter",
    "ligand", "tkd", "hinge", "atp",
)  # fmt: skip
_BARE_DOMAIN = re.compile(rf"(?<![A-Za-z-]){_DOMAIN}[\s-]+{_MUT}", re.IGNORECASE)


def find_lesions(masked: MaskedText) -> list[Lesion]:
    """Return gene-level lesions; overlapping readings of one gene are left to the caller's ranking by length."""
    found = [*_from_left_heads(masked), *_from_right_heads(masked)]
    covered = [(x.start, x.end) for x in found]
    for match in find_from_heads(_BARE_DOMAIN, masked.text, _DOMAIN_HEADS) if has_any(masked.text.lower(), _BARE_DOMAINS) else ():
        if match["domain"].lower().replace("-", " ") in ("solvent front", "gatekeeper", "kinase domain") and not _inside(match.start(), covered):
            found.append(Lesion(match.start(), match.end(), None, "domain_mutation", _domain(match["domain"]) + " mutation"))
    return found


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(s <= place < e for s, e in spans)


def _domain(words: str) -> str:
    return (
        words.lower()
        .replace("-", " ")
        .replace("tkd", "tyrosine kinase domain")
        .replace("xdfg", "xDFG")
        .replace("p loop", "P-loop")
        .replace("atp", "ATP")
    )


def _from_right_heads(masked: MaskedText) -> Iterator[Lesion]:
    for listing in _LISTS.finditer(masked.text):
        if masked.text[listing.end() : listing.end() + 1] in _NO_HEAD:
            continue
        for kind, label, head in _RIGHT_C:
            match = head.match(masked.text, listing.end())
            if not match:
                continue
            words = label.format(domain=_domain(match["domain"])) if "{domain}" in label else label
            members = masked.within(listing.start(), listing.end())
            if kind == "fusion" and "ransloca" in match[0] and _moves(masked, listing.start(), match.end()):
                break
            if match[0].startswith("-"):
                members = _hyphened(members, masked.text)
            if kind == "positive":
                yield from _positive(members, match.end())
            else:
                for member in members:
                    yield Lesion(member.start, match.end(), member, kind, words)
                if len(members) == 1:
                    yield from _second_heads(masked, members[0], match.end(), kind)
            break


def _hyphened(members: list[GeneSpan], text: str) -> list[GeneSpan]:
    """The members that share "-mutant": those tied by a slash or a hanging hyphen ("EGFR- and KRAS-mutant", not "MET and EGFR-mutant")."""
    first = len(members) - 1
    while first and re.match(r"-|\s?/", text[members[first - 1].end : members[first].start]):
        first -= 1
    return members[first:]


_SECOND = re.compile(
    r"(?:\s(?:and|or|and/or)\s|/)(?:(?P<mutation>mutations?)|(?P<amplification>amplifications?)|(?P<overexpression>over-?expression)|(?P<fusion>fusions?|rearrangements?)|(?P<loss>loss)"
    r"|(?P<deletion_of_gene>deletions?))(?![A-Za-z-])(?!\s(?:of|in)\s)",
    re.IGNORECASE,
)


def _second_heads(masked: MaskedText, gene: GeneSpan, end: int, kind: str) -> Iterator[Lesion]:
    """ "HER2 mutations or amplification": the second head shares the gene, so its span runs from there."""
    match = _SECOND.match(masked.text, end)
    if match and match.lastgroup != kind:
        other = str(match.lastgroup)
        yield Lesion(gene.start, match.end(), gene, other, other.removesuffix("_of_gene"), second=True)


def _moves(masked: MaskedText, start: int, end: int) -> bool:
    """Whether "translocation" is a protein's move to a compartment, not a rearranged chromosome."""
    return re.search(r"nucle(?:ar|us)|membrane|mitochondri|cytoplasm|cytosol", masked.original[max(0, start - 60) : end + 60]) is not None


def _positive(members: list[GeneSpan], end: int) -> Iterator[Lesion]:
    for gene in members:
        if gene.symbol in POSITIVE_IS_FUSION:
            yield Lesion(gene.start, end, gene, "fusion", "fusion")
        elif gene.symbol in POSITIVE_IS_AMPLIFICATION:
            yield Lesion(gene.start, end, gene, "amplification", "amplification")
        elif gene.symbol in POSITIVE_IS_MUTATION:
            yield Lesion(gene.start, end, gene, "mutation", "mutation")


def _from_left_heads(masked: MaskedText) -> Iterator[Lesion]:
    lower = masked.original.lower()
    active = [row for row in _LEFT_C if has_any(lower, row[4])]
    for listing in _LISTS.finditer(masked.text):
        if _NOT_LESION.match(masked.text, listing.end()):
            continue
        window = max(0, listing.start() - _WINDOW)
        around = lower[window : listing.start()]
        for kind, label, head, tail, gate in active:
            match = head.search(masked.text, window, listing.start()) if has_any(around, gate) else None
            if not match or _WORD_BEFORE.match(masked.text[match.start() - 1 : match.start()]):
                continue
            after = tail.match(masked.text, listing.end())
            if after:
                yield from _left_members(masked.within(listing.start(), listing.end()), match.start(), after, kind, label)


_WORD_BEFORE = re.compile(r"[A-Za-z-]")


def _left_members(members: list[GeneSpan], start: int, after: re.Match[str], kind: str, label: str) -> Iterator[Lesion]:
    for member in members:
        if after.end() > after.start() and len(members) > 1:  # a head on both sides: each member runs to the one on the right
            yield Lesion(start if member is members[0] else member.start, after.end(), member, kind, label)
        else:
            yield Lesion(start, after.end() if after.end() > after.start() else member.end, member, kind, label)
