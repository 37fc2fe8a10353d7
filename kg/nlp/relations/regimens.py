"""Therapies among themselves: what is combined, compared, given after another, or makes tumours respond to another.

Rule: only what a phrase ties together; standing in one sentence, or in one list, is no combination.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon.heads import has_any
from kg.nlp.relations.coded import Coded, Item, Token
from kg.nlp.relations.course import is_past
from kg.nlp.relations.found import Found, Sentence, compared

_COMBINED = re.compile(
    r"(‹[DC]\d+›) (?:(?:treatment|therapy|administration|\( ?[\w .]+ ?\)) )?(?:plus|\+|(?:was |were |is |when |and )?(?:in )?(?:combin(?:ed|ation|ations|ing) (?:\w+ )?with|together with|co-?administered with|with or without|added to|in addition to|concurrent(?:ly)? with|combined to)|- based [\w-]+ (?:plus|with)) (?:[\w-]+ ){0,3}(‹[DC]\d+›)"
    r"|\b(?:combin(?:ation|ing|ed|ations)|co-?administration|concurrent|addition|dual|co-?treatment|concomitant)\b (?:[\w-]+ ){0,4}(‹[DC]\d+›)(?: (?:and|with|plus|to|\+)(?: [\w-]+){0,3})? (‹[DC]\d+›)"
)

_SUPERIOR = re.compile(
    r"\b(?:superior(?:ity)?|better|longer|improved|greater|higher|more effective|more potent|outperform\w*|prolonged|reduced risk|fewer|significantly (?:longer|improved|better|higher))\b(?P<gap>[^;]{0,140}?)\b(?:than|compared (?:with|to)|over|versus|vs\.?|relative to|to|in comparison (?:with|to))\b[^‹›;]{0,50}(?P<b>‹[DC]\d+›)"
)

_FOLLOWED = (
    re.compile(r"(‹[DC]\d+›)[^;‹]{0,40}\b(?:followed by|and then|subsequently|sequentially|switch(?:ed|ing)? to|then)\b [^;‹]{0,30}(‹[DC]\d+›)"),
)

AFTER = re.compile(
    r"\b(?:after|following|upon|progress\w+ (?:on|after|during|following)|post|post-|previously (?:treated with|received)|pre-?treated with|prior|previous|failed|refractory to|failure (?:of|on))\b (?:[\w-]+ |‹K\d+› ){0,6}?(‹[DC]\d+›)(?: (?:- )?(?:failure|progression|resistance|therapy|treatment|‹K\d+›))?"
)

_SENSITIZE = re.compile(
    r"(‹[DC]\d+›)(?P<mid>[^;‹]{0,60}(?:‹[^DC]\d+›[^;‹]{0,40}){0,2})\b(?:(?P<verb>re-?sensiti[sz](?:e[sd]?|ing|ation)\b|sensiti[sz](?:e[sd]?|ing)\b|(?:restor|increas|enhanc)\w+ (?:the )?(?:[\w-]+ ){0,2}(?:sensitivit\w+|responsiveness|susceptibility|‹K\d+›)"
    r"|potentiat\w+|synergi[sz]\w+)|(?P<undo>(?:overc[oa]m|revers|circumvent)\w+))(?P<gap>(?: of [^;]{0,60}?\bto\b)?[^;]{0,90}?)(?P<obj>‹[DC]\d+›)(?P<after>[^;‹]{0,25}(?:‹K\d+›)?)"
)
_RESISTANCE = re.compile(r"resistan|refractor|insensitiv|toleran|‹K\d+›")


def biomarker_of(sentence: Sentence, clause: Coded) -> Item | None:
    """Return the variant that carriers of the therapy have: of the clause, else the sentence, else the document."""
    found = clause.groups("V") or sentence.coded.groups("V")
    if found:
        return found[0][1].items[0]
    variants = [i for i in sentence.focus.lesions if i.type == "Variant"]
    return variants[-1] if variants else None


def find_regimens(sentence: Sentence) -> Iterator[Found]:
    """Yield `combined_with`, `superior_to`, `followed_by` and `sensitizes_to` of one sentence."""
    yield from _combined(sentence)
    yield from _superior(sentence)
    yield from _followed(sentence)
    yield from _sensitizes(sentence)


def _combined(sentence: Sentence) -> Iterator[Found]:
    coded = sentence.coded
    biomarker = biomarker_of(sentence, coded)
    drugs = coded.groups("DC")
    for m in _COMBINED.finditer(coded.text) if len(drugs) > 1 else ():
        a, b = (m[1], m[2]) if m[1] else (m[3], m[4])
        source = coded.source(m.start(), m.end())
        certainty = sentence.assertion.certainty(*source)
        for x in coded.group(a):
            for y in coded.group(b):
                if x.key != y.key:
                    kind = "asserted" if certainty == "hypothesis" else certainty
                    yield Found(x, "combined_with", y, source, "therapy/combined", 0.8, "positive", kind, biomarker)
    for at, token in drugs:
        before = coded.text[max(0, at - 40) : at]
        together = has_any(before, ("combin", "regimen", "doublet", "triplet", "› of")) and _says_together(coded, before)
        alternatives = any(joint.endswith("or") for joint in token.joints)  # of which one is given
        for run in [token.items] if together and not alternatives else _runs(token):
            yield from _all_pairs(coded, at, run, biomarker)


def _says_together(coded: Coded, before: str) -> bool:
    """Whether the words before a list say that its members are given together: "a combination of", not "efficacy of"."""
    m = _TOGETHER.search(before)
    return m is not None and (not m[1] or "combin" in coded.group(m[1])[0].name or "combin" in coded.surface(m[1]))


_TOGETHER = re.compile(r"(?:\bcombin(?:ation|ing|ed|ations)\b(?: [\w-]+){0,3}|\bregimens? of|\b(?:doublet|triplet) of|(‹K\d+›) of) $")


def _runs(token: Token) -> Iterator[list[Item]]:
    """Yield the members of a list that a plus joins: in "A plus B, C" only A and B are given together."""
    run = token.items[:1]
    for item, joint in zip(token.items[1:], token.joints, strict=False):
        if joint in ("plus", "+"):
            run.append(item)
            continue
        yield run
        run = [item]
    yield run


def _all_pairs(coded: Coded, at: int, items: list[Item], biomarker: Item | None) -> Iterator[Found]:
    source = coded.source(at, at + 1)
    for i, x in enumerate(items):
        for y in items[i + 1 :]:
            if x.key != y.key:
                yield Found(x, "combined_with", y, source, "therapy/combined-list", 0.75, biomarker=biomarker)


def _superior(sentence: Sentence) -> Iterator[Found]:
    coded = sentence.coded
    for m in _SUPERIOR.finditer(coded.text) if coded.groups("DC") else ():
        before = [t for at, t in coded.groups("DC") if at < m.start() and at not in compared(coded)]
        if not before and any(at < m.start() for at, _ in coded.groups("DC")):
            continue  # "more effectively than A, and X was superior to B": X has no name that we know
        inside = [t for at, t in coded.groups("DC") if m.start() < at < m.start("b")]
        better = (
            inside[0].items
            if inside and not before
            else (before[-1].items if before else ([sentence.focus.subject] if sentence.focus.subject else []))
        )
        if re.search(r"\bpredict(?:s|ed)\b", m.group("gap")) or (
            before and not inside and is_past(coded.text, [at for at, _ in coded.groups("DC") if at < m.start()][-1])
        ):
            continue  # "long survival on A predicts response to B over C"; "responders to prior A had longer survival with B"
        if inside and re.search(r"\b(?:with|for|to)\b", m.group("gap")):
            better = inside[0].items
        worse = coded.group(m.group("b"))
        source = coded.source(m.start(), m.end())
        certainty = sentence.assertion.certainty(*source)
        if certainty == "hypothesis":
            continue
        polarity = "negative" if sentence.assertion.negated(*coded.source(m.start(), m.start() + 4)) else "positive"
        for x in better:
            for y in worse:
                if x.key != y.key:
                    yield Found(x, "superior_to", y, source, "therapy/superior", 0.65, polarity, certainty)


def _followed(sentence: Sentence) -> Iterator[Found]:
    coded = sentence.coded
    if len(coded.groups("DC")) < 2:
        return
    pairs: list[tuple[str, str, re.Match[str]]] = [(m[1], m[2], m) for p in _FOLLOWED for m in p.finditer(coded.text)]
    for m in AFTER.finditer(coded.text):
        if not re.search(
            r"\b(?:progress\w*|fail\w*|resistan\w*|relapse\w*|refractory|previously|pre-?treated|switch\w*)|‹K",
            m.group() + coded.text[m.end() : m.end() + 30],
        ):
            continue
        if re.match(r" (?:treatment|exposure|administration) (?:of|in)\b", coded.text[coded.text.find("›", m.start(1)) + 1 :]):
            continue  # "upon AX treatment of osimertinib-resistant cells"
        rest = [g for g in re.findall(r"‹[DC]\d+›", coded.text) if g != m[1]]
        before = [g for g in rest if coded.text.find(g) < m.start()]
        later = [g for g in rest if coded.text.find(g) > m.end()]
        chosen = before[-1] if before else later[0] if later else None
        if chosen:
            pairs.append((m[1], chosen, m))
    for first, second, m in pairs:
        source = coded.source(m.start(), m.end())
        certainty = sentence.assertion.certainty(*source)
        for x in coded.group(first):
            for y in coded.group(second):
                if x.key != y.key and certainty != "hypothesis":
                    yield Found(x, "followed_by", y, source, "therapy/followed", 0.55, "positive", certainty, biomarker_of(sentence, coded))


def _sensitizes(sentence: Sentence) -> Iterator[Found]:
    coded = sentence.coded
    for m in _SENSITIZE.finditer(coded.text) if len(coded.groups("DC")) > 1 else ():
        if m.group("undo") and not _RESISTANCE.search(m.group("gap") + m.group("after")):
            continue  # what is reversed or overcome must be a resistance
        verb = "undo" if m.group("undo") else "verb"
        source = coded.source(m.start(verb), m.end(verb))
        polarity = "negative" if sentence.assertion.negated(*source) else "positive"
        certainty = sentence.assertion.certainty(*source)
        if certainty == "hypothesis":
            continue
        for x in coded.group(m[1]):
            for y in coded.group(m.group("obj")):
                if x.key != y.key:
                    yield Found(x, "sensitizes_to", y, source, "therapy/sensitizes", 0.7, polarity, certainty)
