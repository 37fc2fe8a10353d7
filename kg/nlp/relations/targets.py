"""Targets and molecular effects: what inhibits, activates, targets, binds or phosphorylates what.

Rule: "inhibition of X does Y" is never "X does Y" (schema rule 5): a gene that is itself the object of an inhibition noun, or part
of a drug class, is no subject. Apposition names the target (rule 7).
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.lexicon.heads import find_from_heads
from kg.nlp.relations.coded import Coded, Item
from kg.nlp.relations.found import Found, Sentence, clauses

_DOWN = r"(?:inhibit(?:s|ed|ing)?|suppress(?:es|ed|ing)?|block(?:s|ed|ing)?|down-?regulat(?:es|ed|ing)|abrogat(?:es|ed|ing)|abolish(?:es|ed|ing)|antagoni[sz](?:es|ed|ing)|attenuat(?:es|ed|ing)|impair(?:s|ed|ing)?|decreas(?:es|ed|ing)|reduc(?:es|ed|ing)|silenc(?:es|ed|ing)|repress(?:es|ed|ing)|degrad(?:es|ed|ing)|inactivat(?:es|ed|ing)|disrupt(?:s|ed|ing)?|diminish(?:es|ed|ing)|prevent(?:s|ed|ing)?|directly target(?:s|ed|ing)?)"
_UP = r"(?:activat(?:es|ed|ing)|induc(?:es|ed|ing)|up-?regulat(?:es|ed|ing)|promot(?:es|ed|ing)|stimulat(?:es|ed|ing)|enhanc(?:es|ed|ing)|increas(?:es|ed|ing)|elevat(?:es|ed|ing)|trigger(?:s|ed|ing)?|rais(?:es|ed|ing)|maintain(?:s|ed|ing)|sustain(?:s|ed|ing)|potentiat(?:es|ed|ing)|(?:leading|led) to(?! (?:[\w-]+ ){0,2}(?:reduc|decreas|diminish|inhibit|suppress|impair|loss|low))|accelerat(?:es|ed|ing))"
_VERB = re.compile(rf"\b(?:(?P<inhibits>{_DOWN})|(?P<activates>{_UP}))\b(?! by\b)")
_VERB_HEADS = (
    "inhibit", "suppress", "block", "down", "abrogat", "abolish", "antagoni", "attenuat", "impair", "decreas", "reduc", "silenc", "repress", "degrad",
    "inactivat", "disrupt", "diminish", "prevent", "directly", "activat", "induc", "up", "promot", "stimulat", "enhanc", "increas", "elevat",
    "trigger", "rais", "maintain", "sustain", "potentiat", "leading", "led", "accelerat",
)  # fmt: skip
_OBJECT = re.compile(
    r"^(?: (?!(?:by|but|in|with|after|when|that|which|and|resistan\w+|sensitiv\w+|to|inhibition|suppression|risk|incidence|prevalence|frequency|survival|efficacy|degradation|effects?)\b)[\w,()-]+){0,6}?"
    r" ?(?:(?P<via>‹[GV]\d+›) (?:- )?(?:downstream|mediated|dependent|induced|driven|regulated)(?: [\w-]+| ,){0,4} )?(?P<object>‹[GPV]\d+›)(?P<after>[^‹;]{0,30})"
)
_PASSIVE = re.compile(
    rf"(‹[GPV]\d+›)[^;‹]{{0,40}}\b(?:(?P<inhibits>{_DOWN})|(?P<activates>{_UP}))\b(?<=ed) (?:[\w-]+ ){{0,2}}by (?!\w+ing\b)(?:[\w-]+ ){{0,3}}?(‹[DCGV]\d+›)"
)
_NOUN = re.compile(
    r"\b(?:(?P<inhibits>inhibition|suppression|blockade|down-?regulation|inactivation|degradation|disruption|reduction)|(?P<activates>activation|induction|up-?regulation|stimulation)) of (?:[\w-]+ ){0,4}?(‹[GPV]\d+›)(?P<by> (?:[\w-]+ ){0,4}?by (?!\w+ing\b)(?:[\w-]+ ){0,3}?(‹[DCGV]\d+›))?"
)
_INHIBITOR_OF = re.compile(
    r"(‹D\d+›)[^;‹]{0,60}\b(?:(?P<inhibits>inhibitors?|antagonists?|blockers?|degraders?) (?:of|against|for|targeting)|(?P<activates>agonists?|activators?) (?:of|for)) (?:[\w-]+ ){0,5}?(‹[GV]\d+›)"
)
_TARGETS = re.compile(
    r"(‹[DC]\d+›)[^;‹]{0,80}\b(?:selectively |specifically |potently |remarkably |both )?(?:target(?:s|ed|ing)?|directed against|specific for|selective for|binds to|against)\b (?:[\w-]+ ){0,7}?(‹[GV]\d+›)"
)
_GENE_PAIR = re.compile(
    r"(‹G\d+›)(?P<gap>[^;‹]{0,50})\b(?P<verb>phosphorylat(?:es|ed)|binds?(?: to)?|interact(?:s|ed)? with|associat(?:es|ed) with|(?:forms? (?:a )?)?(?:hetero)?dimeri[sz]es? with|complex(?:es)? with)\b (?:[\w-]+ ){0,3}?(‹G\d+›)"
)
_LIGAND = re.compile(
    r"(‹G\d+›)[^;]{0,80}\b(?:activated by|stimulated by)\b[^;‹]{0,40}(‹G\d+›)|(?:binding|interaction|complex(?:es)?) (?:of|between) (‹G\d+›) (?:and|with|to) (‹G\d+›)"
)
_UNDERMINED = re.compile(
    r"\b(?:inhibit\w+|inhibition|blockade|blocking|suppression|knock-?down|knock-?out|silencing|depletion|loss|deletion|absence|down-?regulation|inactivation|ablation|deficiency|targeting|degradation|si-?rna|shrna|anti)\b(?: [\w-]+| ‹G\d+› -){0,4} $"
)


def find_targets(sentence: Sentence) -> Iterator[Found]:
    """Yield `targets`, `inhibits`, `activates`, `binds`, `phosphorylates` and `interacts_with` of one sentence."""
    yield from _appositions(sentence)
    for clause in clauses(sentence.coded):
        yield from _active(sentence, clause)
        yield from _patterns(sentence, clause)


def _targets_of(item: Item, member: Item, source: tuple[int, int]) -> Iterator[Found]:
    for kind, name, identifier in item.genes:
        gene = Item(item.start, item.end, kind, name, identifier)
        yield Found(member, "targets", gene, source, "target/apposition", 0.85)


def _appositions(sentence: Sentence) -> Iterator[Found]:
    for tie in sentence.appositions:
        source = (tie.start, tie.end)
        yield from _targets_of(tie.whole, tie.member, source)
        yield from _targets_of(tie.whole, tie.whole, source)
        predicate = "member_of" if tie.member.type == "Drug" else "subclass_of"
        yield Found(tie.member, predicate, tie.whole, source, "target/apposition", 0.85)


def _make(
    sentence: Sentence, clause: Coded, subject: str, obj: str, predicate: str, cue: tuple[int, int], rule: str, confidence: float
) -> Iterator[Found]:
    source = clause.source(*cue)
    polarity = "negative" if sentence.assertion.negated(*source) else "positive"
    certainty = sentence.assertion.certainty(*source)
    if certainty == "hypothesis":
        return
    for x in clause.group(subject):
        for y in clause.group(obj):
            if x.key != y.key:
                yield Found(x, predicate, y, source, rule, confidence, polarity, certainty)


def _undermined(clause: Coded, placeholder: str) -> bool:
    """Whether the mention is the object of an inhibition, so that it is not what acts."""
    at = clause.text.find(placeholder)
    return (placeholder[1] in "G" and bool(_UNDERMINED.search(clause.text[max(0, at - 60) : at]))) or bool(
        placeholder[1] == "G"
        and re.match(
            r"^ (?:- )?(?:(?:specific|directed|targeting|targeted) )?(?:- )?"
            r"(?:inhibit\w+|knock-?down|silencing|depletion|degrad\w+|blockade|deficien\w+|loss|deletion|resistan\w+|si-?rnas?|shrnas?)",
            clause.text[at + len(placeholder) :],
        )
    )


def _means_of(left: str, verb: str) -> str | None:
    """Return the drug that opens a clause such as "‹D› inhibits ‹G› through suppressing ...": it acts on both."""
    m = re.match(r"^(?:[^;‹]{0,60}?[ ,]|)(‹D\d+›) (?:[\w-]+ ){0,2}\w+(?:s|ed) ", left) if re.search(r"\b(?:through|via|by) $", left) else None
    return m[1] if m and verb.endswith("ing") else None


def _active(sentence: Sentence, clause: Coded) -> Iterator[Found]:
    if not clause.groups("GPV"):
        return
    for m in find_from_heads(_VERB, clause.text, _VERB_HEADS):
        left, right = clause.text[: m.start()], clause.text[m.end() :]
        obj = _OBJECT.match(right)
        if not obj or re.match(r"^ ?(?:- )?(?:resistan\w+|inhibitor|sensitiv\w+|therap\w+|mediated resist\w+)", obj.group("after")):
            continue
        if left.endswith("-"):
            continue  # "TPA-induced ‹G›": the agent is a name unknown to us
        if _NAMED.match(right):
            continue
        if obj.group("object")[1] == "P" and (_OF_PROCESS.match(obj.group("after")) or _ANTI.search(right[: obj.start("object")])):
            continue
        cue = (m.start(), m.end())
        if obj.group("via"):
            does = "inhibits" if _LESSENED.search(right[obj.end("via") : obj.start("object")]) else "activates"
            yield from _make(sentence, clause, obj.group("via"), obj.group("object"), does, cue, "target/dependent", 0.6)
        if left.endswith((" was ", " were ", " is ", " are ", " be ", " been ")) or (
            _PARTICIPLE.search(m.group()) and re.match(r"^ ‹[VG]", right) and not re.search(r" by $|‹[DC]\d+› (?:\w+ly )?$", left)
        ):
            continue
        subject = _means_of(left, m.group()) or _subject(clause, _before_series(left))
        predicate = "inhibits" if m.group("inhibits") else "activates"
        if subject is not None:
            yield from _make(sentence, clause, subject, obj.group("object"), predicate, cue, f"target/{predicate}", 0.7)
        if excepted := _EXCEPTED.search(left):
            denied = _make(sentence, clause, excepted[1], obj.group("object"), predicate, cue, f"target/{predicate}", 0.7)
            yield from (replace(f, polarity="negative") for f in denied if f.polarity == "positive")


#: what undoes the noun that follows
_UNDONE = re.compile(
    rf"\b(?:{_DOWN}|(?:inhibition|suppression|blockade|reduction|loss|lack|prevention|abrogation|attenuation) of|protect\w* \w+ from) (?:the |its |their )?(?:[\w-]+ ){{0,2}}$"
)
#: "‹G›-induced inhibition of proliferation"
_LESSENED = re.compile(r"\b(?:inhibit|suppress|reduc|decreas|degrad|loss|block|down-?regulat|impair)\w*")
#: "molecules down-regulated were ‹G›"
_NAMED = re.compile(r" (?:were|was|are|is|included?|including)\b")
#: "anti-proliferative effects"
_ANTI = re.compile(r"\banti ?(?:- ?)?$")
#: "cell survival proteins" are not cell survival
_OF_PROCESS = re.compile(r" (?:- )?(?:(?:related|regulatory|associated|regulating) )?(?:proteins?|genes?|markers?|regulators?|factors?|molecules?)\b")
_SERIES = re.compile(r"(?: and| ,| , and| as well as) (?:\w+ly |also |thus |thereby |then )?$| (?:thereby|thus) $")
_FINITE = re.compile(rf"\b(?:{_DOWN}|{_UP}|phosphorylat(?:es|ed)|target(?:s|ed))\b(?<=[ds]) ")


def _before_series(left: str) -> str:
    """Return what stands before the first of a series of verbs: in "‹D› suppressed ‹G› and impaired ‹P›" both have one subject."""
    while _SERIES.search(left) and (verbs := list(_FINITE.finditer(left))):
        rest = left[verbs[-1].end() :]
        if re.search(r"\b(?:that|which|who)\b", rest) or len(rest) > 160:
            break
        left = left[: verbs[-1].start()]
    return left


_PARTICIPLE = re.compile(r"^(?:activating|activated|sensitizing)$")
_GOVERNED = re.compile(
    r"\b(?:harbou?ring|carrying|bearing|expressing|by|of|in|with|to|for|against|on|from|through|than|single|during|unlike|rather than|instead of)\b(?: [\w-]+){0,3} $"
    r"|\b(?:but|and) not [^,;]{0,60}$"
)
#: "A, but not B, inhibits C": who does not
_EXCEPTED = re.compile(r"\b(?:but|and) not (‹[DCG]\d+›) ?,? $")
_MODIFIER = re.compile(
    r"^ - ‹K|^ (?:\) )?- related\b|^ (?:- )?(?:resistan\w+|induced|mediated|refractory|positive|mutant|mutated|treated|dependent|sensitive|naive|depletion|deprivation|withdrawal|depriv\w+)|^ (?:[\w-]+ )?(?:‹[XL]|cells?\b|patients?\b|tumou?rs?\b)"
)


def _subject(clause: Coded, left: str) -> str | None:
    """Return what acts: the nearest mention to the left that no preposition governs and that qualifies nothing else."""
    for m in reversed(list(re.finditer(r"‹[DCGV]\d+›", left))):
        if len(left) - m.end() > 160:
            return None
        if m[0][1] == "V" and re.match(r"[^(]{0,20}\)", left[m.end() :]):
            continue  # "NCI-H3255 cells (EGFR L858R)"
        if _GOVERNED.search(left[: m.start()]) or _MODIFIER.match(left[m.end() :]) or _undermined(clause, m.group()):
            continue
        return m.group()
    return None


def _patterns(sentence: Sentence, clause: Coded) -> Iterator[Found]:
    text = clause.text
    if not clause.groups("GPV"):
        return
    for m in _PASSIVE.finditer(text) if "ed " in text and "by " in text else ():
        predicate = "inhibits" if m.group("inhibits") else "activates"
        yield from _make(sentence, clause, m[4], m[1], predicate, (m.start(), m.end()), "target/passive", 0.75)
    for m in _NOUN.finditer(text) if "ion of " in text or "blockade of " in text else ():
        predicate = "inhibits" if m.group("inhibits") else "activates"
        groups = list(re.findall(r"‹[DCGPV]\d+›", m.group()))
        if groups[0][1] == "P" and _OF_PROCESS.match(text, text.find(groups[0]) + len(groups[0])):
            continue
        if m.group("by"):
            yield from _make(sentence, clause, groups[-1], groups[0], predicate, (m.start(), m.end()), "target/noun-by", 0.8)
        else:
            subject = _subject(clause, text[: m.start()])
            if _UNDONE.search(text[max(0, m.start() - 80) : m.start()]):  # "blocked activation of ‹G›" is read as "blocked ‹G›"
                if predicate == "activates":
                    continue
                predicate = "activates"
            if subject:
                yield from _make(sentence, clause, subject, groups[0], predicate, (m.start(), m.end()), "target/noun", 0.6)
    for m in _INHIBITOR_OF.finditer(text):
        predicate = "targets" if m.group("inhibits") else "activates"
        yield from _make(sentence, clause, m[1], m[4], predicate, (m.start(), m.end()), "target/inhibitor-of", 0.85)
    for m in _TARGETS.finditer(text):
        yield from _named_target(sentence, clause, m)
    for m in _GENE_PAIR.finditer(text) if len(clause.groups("G")) > 1 else ():
        verb = m.group("verb")
        predicate = "phosphorylates" if verb.startswith("phos") else "binds" if verb.startswith("bind") else "interacts_with"
        groups = re.findall(r"‹G\d+›", m.group())
        yield from _make(sentence, clause, groups[0], groups[-1], predicate, (m.start("verb"), m.end("verb")), f"target/{predicate}", 0.65)
    for m in _LIGAND.finditer(text) if len(clause.groups("G")) > 1 else ():
        groups = re.findall(r"‹G\d+›", m.group())
        predicate = "activates" if m[1] else "interacts_with"
        yield from _make(sentence, clause, groups[-1], groups[0], predicate, (m.start(), m.end()), "target/ligand", 0.65)


def _named_target(sentence: Sentence, clause: Coded, m: re.Match[str]) -> Iterator[Found]:
    """``targets`` names the gene, also where the text targets a change of it (schema rule 7)."""
    source = clause.source(m.start(), m.end())
    if re.search(r"\b(?:activity|efficacy|effective|active|response|resistance|resistant|sensitiv\w+)\b", m.group()):
        return
    for drug in clause.group(m[1]):
        for item in clause.group(m[2]):
            if item.type == "Variant":
                yield from _targets_of(item, drug, source)
            elif item.key != drug.key:
                yield Found(drug, "targets", item, source, "target/targets", 0.75)
