"""What changes how cells respond to a therapy: "X silencing sensitised cells to D", "X promotes D resistance", "D resistance was reversed by X".

Rule: three parts, each with a sign: what acts (a gene, process or change; its loss turns the sign), what it does (more or less), and the response
it does it to (sensitivity or resistance), which must be tied to a therapy by grammar. The product of the signs is the direction. An agent that
acts through a gene ("D1 overcomes D2 resistance by suppressing X") is read by the same signs; a therapy never stands between the parts.
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.nlp.relations.coded import Coded, Item
from kg.nlp.relations.course import is_absent
from kg.nlp.relations.effect_direction import RESISTANCE, SENSITIVITY
from kg.nlp.relations.effect_reactions import POLYMORPHISM
from kg.nlp.relations.found import Found, Sentence, compared

_W = r"(?:[\w'’/%.-]+|‹[XLOHR]\d+›|‹[^DCGVP]\d+›)"

#: what the name of a concept or process makes of its letter, so that patterns can name it: resistance, sensitivity, death of cells
_MEANS = (
    ("K", "R", re.compile(r"resistan|refractor|insensitiv|non-?respon|tolerance")),
    ("K", "S", re.compile(r"respons|sensitiv|efficacy|benefit|regression|susceptib")),
    ("P", "S", re.compile(r"apopto|cell death|cell cycle arrest|senescence|pyroptosis|ferroptosis|killing")),
)
_SENS = (
    r"(?:\w*-?sensitivit(?:y|ies)|susceptibilit\w+|responsiveness|responses?|efficac(?:y|ies)|effectiveness|(?:\w+-?)?toxicity|potency|killing"
    r"|(?:anti-?\w+|therapeutic|cytotoxic|inhibitory|growth(?:-| - | )inhibitory|pro-?apoptotic|apoptotic|cytostatic|synergistic|lethal|killing|inhibition) (?:effects?|activity|actions?)|effects?|apoptosis|(?:cell )?death|lethality|growth(?:-| - | )(?:inhibition|arrest)|vulnerability|‹S\d+›)"
)
_RES = r"(?:(?:chemo|multi-?drug |radio|drug |cross - )?-?resistance|insensitivity|refractoriness|unresponsiveness|tolerance|‹R\d+›)"
_IS_SENS = r"(?:(?:more |highly |increasingly |chemo-?|hyper-?)?(?:sensitive|responsive|susceptible|vulnerable|‹S\d+›))"
_IS_RES = r"(?:(?:more |highly |partially |completely )?(?:resistant|refractory|insensitive|unresponsive|tolerant|‹R\d+›)|less (?:sensitive|responsive|susceptible|vulnerable|‹S\d+›))"

#: of the body, or a mere reaction
_OTHER_RESPONSE = re.compile(
    r"\b(?:in|immune|inflammatory|stress|damage|antibody|insulin|adaptive|transcriptional|cytokine|side|adverse|castration(?: -)?) $"
)
#: "resistance to D-induced apoptosis" is one response, and its word is the first
_RESISTED = re.compile(
    r"(?:\b(?:[\w-]*resistan(?:ce|t)|insensitiv\w+|refractor\w+|toleran\w+|protect\w+)|‹R\d+›) (?:to|from|against|towards?) (?:[\w-]+ ){0,3}(?:‹[DC]\d+› (?:- )?(?:(?:and|or) ‹[DC]\d+› (?:- )?)?(?:[\w-]+ )?)?$"
)
#: response words, then their therapy
_HEAD = re.compile(
    rf"\b(?:(?P<sensitize>(?:re-?|re - )?(?:chemo-?)?sensiti[sz](?:e[sd]?|ing|ation)\b)|(?P<desensitize>desensiti[sz](?:e[sd]?|ing|ation)\b)"
    rf"|(?P<is_sens>(?:render|rendered|renders|rendering|ma[dk]e|makes|making|bec(?:ame|oming|omes?)) (?:{_W} ){{0,5}}?{_IS_SENS})|(?P<is_res>(?:render|rendered|renders|rendering|ma[dk]e|makes|making|bec(?:ame|oming|omes?)) (?:{_W} ){{0,5}}?{_IS_RES})"
    rf"|(?P<sens>{_SENS})|(?P<res>{_RES}))(?= |$)".replace(r"\b(?:(?P<sensitize>", r"(?<![\w-])(?:(?P<sensitize>")
)
_THERAPY_AFTER = re.compile(
    rf"(?: (?:of|in|for|among|within|by) (?:{_W} ){{1,7}}?| (?:{_W} cells? |‹[XLO]\d+› (?:cells? |lines? )?|cells? |tumou?rs? |phenotypes? |genes? |factors? |mechanisms? |rates? |in vitro (?:and in vivo )?|(?:and|or|as well as) (?:{_W} ){{1,2}}?)?)"
    rf"(?:to|toward|towards|against|of|from|with) (?!this\b|these\b)(?:(?!respon|sensiti|resist)(?:[\w-]+|‹[XLOK]\d+›|-|,) ){{0,4}}?(?:‹[GVP]\d+› (?:- )?)?(?P<therapy>‹[DC]\d+›)(?! - (?:resist|refract|na[iï]ve|treated|‹[RK]))"
)
_THERAPY_BEFORE = re.compile(
    r"(?P<therapy>‹[DC]\d+›)(?: ?- ?(?:and|or) ‹[DC]\d+›)?(?: (?:-|–|-?induced|-?mediated|-?triggered|-?dependent|-?based|treatment|therapy|chemotherapy|acquired|drug|tumou?r|cancer|cell|cells|growth|anti-?\w+|cytotoxic|‹[XL]\d+›|‹S\d+› and|apoptosis and)){0,4} $"
)

_MORE = (
    r"(?:promot\w+|enhanc\w+|increas\w+|confer\w*|induc\w+|caus(?:e[sd]?|ing)|contribut\w+ to|mediat\w+|driv(?:es?|ing|en)|drove|lead(?:s|ing)? to|led to|result(?:s|ed|ing)? in|responsible for|facilitat\w+|elevat\w+|augment\w+|potentiat\w+|(?:positive |significant )*(?:correlation|association|relationship) (?:with|between)|improv\w+|strengthen\w*|boost\w*"
    r"|restor\w+|trigger\w*|implicated in|involved in|(?:positively )?(?:associated|correlat\w+|linked|related) (?:with|to)|associated|plays? [^;‹›]{0,40}role in|played [^;‹›]{0,40}role in|plays? [^;‹›]{0,40}(?:part|function) in|role in|(?:key|critical|major|important|novel|central|crucial|potential|essential|main|primary)? ?(?:drivers?|mediators?|regulators?|determinants?|promoters?|causes?|mechanisms?|factors?|biomarkers?|markers?|predictors?|indicators?|genes?) (?:of|for|in)"
    r"|(?:required|necessary|essential|critical|indispensable|crucial|important) (?:for|to|in)|predict(?:s|ed|ive of|ive for|ing|ive)?|higher|greater|synergi[sz]\w+(?: with)?|rais\w+|favou?rs?|favou?red|support(?:s|ed|ing)?|sustain\w*|maintain\w*|as an?(?= (?:[\w-]+ ){0,2}(?:‹R|resist))|amplif\w+|underl(?:ie|ies|ying|ain)|through|foster\w*|accelerat\w+|aggravat\w+|reinforc\w+|reestablish\w*|re-establish\w*|regain\w*|display\w*|show(?:s|ed)|exhibit\w*)"
)
_LESS = r"(?:reduc\w+|decreas\w+|attenuat\w+|block\w*|abolish\w*|abrogat\w+|overc[oa]m\w*|revers(?:e[sd]?|al|ing)|reverts?|reverted|suppress\w*|inhibit\w*|prevent\w*|diminish\w*|impair\w*|limit(?:s|ed|ing)?|lower(?:s|ed|ing)?|alleviat\w+|circumvent\w*|mitigat\w+|protect\w* (?:[\w-]+ |‹[XLO]\d+› ){0,3}?(?:from|against)|weaken\w*|antagoni[sz]\w+|surmount\w*|counteract\w*|eliminat\w+|rescu\w+(?: [\w-]+| ‹[XLO]\d+›){0,3}? from|dampen\w*|blunt\w*|hamper\w*|hinder\w*|compromis\w+|(?:negatively|inversely) (?:associated|correlat\w+|linked|related) (?:with|to)|resist(?:s|ed)?|weaker|less|poor|desensiti[sz]\w+|evad\w+|escap\w+|break\w*|defeat\w*|loss of|lack of|interfer\w+ with|negative (?:predict\w+|(?:bio)?markers?|indicators?|regulators?) (?:of|for)|negatively (?:regulat|affect|influenc|predict)\w*|ameliorat\w+)"
_STEP = re.compile(rf"(?<![\w-])(?<!- )(?:(?P<less>{_LESS})|(?P<more>{_MORE}))(?= )")
#: what may stand between a verb and the response it acts on, and between two verbs ("resulted in a markedly reduced")
_GAP = re.compile(
    r"(?: (?:by|both|the|a|an|its|their|these|of|to|in|such|and|or|,|-|(?!affect|modulat|regulat|influenc|not\b|than\b|compared\b|identif|evaluat|assess|which\b|that\b|yet\b|but\b|while\b|whereas\b)[\w'’%.-]+|‹[XLOHKR]\d+›|‹[PS]\d+› (?:and|,))){0,7} "
)
_SHORT_GAP = re.compile(r"(?: (?:the|a|an|its|their|to|of|strong|both|partial|[\w-]+ly|in vivo|in vitro)){0,3} ")
_PASSIVE = re.compile(
    r"(?: (?!which\b|that\b|than\b)[\w-]+| ‹[XLO]\d+›| -){0,6}? (?:was|were|is|are|be|been|being) (?:also |most |further |then |\w+ly ){0,2}(?:(?P<less>reduced|decreased|attenuated|blocked|abolished|abrogated|overcome|reversed|suppressed|inhibited|prevented|diminished|impaired|alleviated|circumvented|mitigated|weakened|counteracted|eliminated|rescued|lost|lower)"
    r"|(?P<more>promoted|enhanced|increased|conferred|induced|caused|mediated|driven|facilitated|elevated|augmented|potentiated|improved|restored|triggered|dependent|associated|correlated|linked|related|due|attributable|attributed|predicted|higher|greater|stronger))(?: [\w-]+){0,2}? (?:by|upon|after|following|in|with|when|on|through|via|to) (?:[\w-]+ ){0,4}?(?P<agent>‹[GVP]\d+›)"
)
_BY_ACTING = re.compile(
    r"(?: (?!and\b|but\b|which\b|not\b)[\w-]+| ‹[XLOHK]\d+›| -| \(| \)|,){0,8}? (?:by|via|through) (?:(?:the |a )?[\w-]+ly )?(?:the )?(?:(?P<less>(?:co-?)?(?:suppress|inhibit|down-?regulat|target|block|antagoni[sz]|silenc|deplet|abrogat|attenuat|reduc|decreas|degrad|inactivat|disrupt|impair|diminish|repress|ablat|eliminat)\w*)|(?P<more>(?:activat|up-?regulat|increas|enhanc|restor|stabili[sz]|facilitat|promot|elevat|induc)\w*)) (?:(?:the|of|both|its|downstream|expression|levels?|activity|of the) ){0,3}(?P<agent>‹[GVP]\d+›)"
)
_LOST_BEFORE = re.compile(
    r"\b(?:inhibit\w*|knock\w*(?: -)?(?: down| out)?|silenc\w+|deplet\w+|suppress\w*|target(?:ing|ed)|block\w*|ablat\w+|delet\w+|abrogat\w+|antagoni[sz]\w+|antagonism|disrupt\w+|down-?regulat\w+|inactivat\w+|loss|lack\w*|absence|deficien\w+|reduc\w+|decreas\w*|diminish\w*|low|lower|degrad\w+|neutrali[sz]\w+|interfer\w+|sirnas?|shrnas?|rnai|antisense|dominant(?:-| - | )negative|absent|ablation|abolish\w*|attenuat\w+|repress\w+|impair\w*|sgrnas?|inhibition of)"
    r"(?: (?:of|the|in|endogenous|expression|levels?|activity|mediated|activation|signal(?:l)?ing|either|both|against|for|specific|directed|to|with|by|rna|[\w-]+ed|and|or|inhibition|silencing|pharmacologic(?:al)?|genetic|phosphorylation|-|function|gene|protein|tumou?r|cancer|cell|\( [^()]{1,30} \)|‹[XLOHK]\d+›|[\w-]+ly)){0,5} (?:‹[GP]\d+› (?:- |/ |and |or ){1,2})*$"
)
_LOST_AFTER = re.compile(
    r"^ (?:- |– )?(?:(?:gene|protein|expression|pathway|signal(?:l)?ing|axis|function|activity|activation|kinase|specific|\( [^()]{0,30} \)) (?:- )?){0,3}(?:‹K\d+› )?(?:inhibit(?:ion|ed|ing)|knock ?-? ?(?:down|out)\w*|knock(?:down|out)s?|silenc\w+|deplet\w+|suppression|deficien\w+|delet\w+|ablat\w+|blockade|loss|inactivation|down-?regulation|targeting|degradation|reduction|sirnas?|shrnas?|rnai|neutrali[sz]ation|disruption|null\b|- / -|antisense|antagonism|abrogation|repression|as an? (?:[\w-]+ ){0,3}target)"
)
_NOT_AGENT = re.compile(
    r"\b(?:in|by|via|with|from|on|for|between|within|among|at|under|through|into|against|towards?|than|as|including|like|to|without|despite|after|before|unlike|containing|using|harbou?ring|carrying) (?:the |a |an |both |human |mouse |its |their |these )?(?:[\w-]+ |‹[GPX]\d+› (?:- |/ )?){0,2}$"
)
_AGENT_OF = re.compile(r"\b(?:transfect|transduc|reconstitut|infect|introduc)\w*[^;,]{0,40} (?:with|into) (?:[\w-]+ ){0,3}$")
_BARRIER = re.compile(r"\b(?:than|compared|versus|because|since|unlike)\b|‹[DC]\d+›")
_GOES_ON = re.compile(
    r"(?:, |\band |\bthus |\bthereby |\bhence |\bsubsequently |\bconsequently |\bultimately |\bleading to )+(?:also )?(?:[\w-]+ly )?$"
)
_MAIN = re.compile(
    r"\b(?:promot|enhanc|increas|activat|up-?regulat|down-?regulat|inhibit|suppress|regulat|modulat|target|bind|interact|stabili[sz]|degrad|phosphorylat|diminish|reduc|decreas|induc|mediat|block|repress|elevat|recruit|function|act|harness|augment|trigger|facilitat|attenuat|impair|driv|prevent|boost|enabl|allow|caus|confer|restor|correlat|associat|render|sensiti[sz]|transform)(?:e?s|ed|e)\b|\b(?:led|leads?) to\b|\bresult(?:s|ed) in\b|\b(?:is|are|was|were)\b"
)
_NO_SIGN = re.compile(
    r"^ (?:- )?(?:mutations?|polymorphisms?|variants?|inhibitors?|antagonists?|antibod\w+|agonists?|ligands?|substrates?|status|methylation)\b"
)
_NO_SIGN_OF = re.compile(
    r"\b(?:(?:down|up)stream|targets?|regulators?|ligands?|partners?|independent) of (?:[\w-]+ ){0,1}$|\b(?:methylation|status|mutations?|polymorphisms?|variants?|genotypes?)\b(?: [\w/-]+){0,7} (?:of|in) (?:[\w-]+ ){0,3}(?:\( )?$"
)
#: says that a response is foreseen, not which way, unless it is the change that foretells
_FORETELLS = re.compile(r"predict|marker|indicator")
_SHOWS = re.compile(r"(?:show|display|exhibit|regain)")
#: says that there is a tie, not which way it goes; a mechanism by which a drug kills is no effect on who is killed
_LOOSE = re.compile(
    r"(?:(?:associat|correlat|link|relat|predict|mediat|involv|implicat|accompan|through|role|mechanism|factor|(?:bio)?marker|determinant|indicator|attribut|due|significant|interaction|relationship|play)\S*"
    r"(?: (?:with|to|in|of|for|by|between|an?|the|key|critical|major|important|novel|potential|role))* ?)+"
)
_KILLS = re.compile(r"apopto|death|senescence|arrest|killing|growth|‹S")
_NO_VERB = re.compile(r"\b(?:that|with|of|about) $")
_BY_MEANS = re.compile(r"\b(?:by|with|using|via) (?:[\w-]+ ){0,3}‹[DC]\d+›(?: \([^()]*\))?")
_PARTICIPLE = re.compile(r"\w+ing\b")
#: "X silencing is a way of overcoming", "X as a target to reverse"
_PURPOSE = re.compile(r"\b(?:for|of|to) (?:[\w-]+ly )?$")
_AS_NOUN = re.compile(r"\b(?:for|of|by) (?:[\w-]+ly )?$")
_SERVES = re.compile(
    r"\b(?:is|are|be|was|were|as|represents?|offers?|provid\w+|serv\w+|failed|able|known|shown|found|reported|appears?|seems?|suggested|likely|proved|expected|sufficient)\b|^ (?:[\w-]+ ){0,3}to $"
)
_AND_THERAPY = re.compile(r"(?: -)?(?: ,)? (?:and|or|/|,|\+|plus) (?:to |activated |- |both )?(‹[DC]\d+›)")
_WERE = re.compile(r"\b(?:was|were|been|is|are) $")
_BREAK = re.compile(r";|‖|\b(?:whereas|while|although|though|however|but(?! not\b| also\b| rather\b))\b")
_SET_APART = re.compile(r"\b(?:but not|and not|rather than|not) (?:[\w-]+ )?$")
_ASIDE = re.compile(r", but not [^,;]*,")
_AIM = re.compile(
    r"\b(?:to (?:investigate|explore|examine|determine|assess|evaluate|study|test|elucidate|identify|clarify|understand)|(?:investigat|explor|examin|determin|assess|evaluat|stud|test|elucidat)(?:ed|ied) (?:the |whether|how|if)|whether|aim\w*|hypothesi[sz]\w*|remains? (?:unclear|unknown|elusive|unexplored|largely|to be))\b"
)
_ANY_PROCESS = re.compile(
    r"^(?:apoptotic process|cell (?:population proliferation|growth|migration|death|division|cycle)|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|gene expression|transcription|translation|signal transduction|methylation|proteolysis|binding|secretion|transport)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Response:
    """A response tied to a therapy: where its words begin and end, its sign (more of it is +1), whether its word is itself a verb; the word."""

    start: int
    end: int
    sign: int
    verb: bool
    therapy: list[Item]
    word: tuple[int, int]


def find_modulators(sentence: Sentence) -> Iterator[Found]:
    """Yield the effects of what is said to change the response to a therapy."""
    coded = sentence.coded
    if not coded.groups("DC") or not coded.groups("GVP") or "respectively" in coded.text:
        return  # who goes with whom in two lists is read pair by pair elsewhere
    text = _relabelled(coded)
    for response in _responses(coded, text):
        if _AIM.search(text[: response.start]):
            continue
        for agent in _agents(coded, text, response):
            verb = coded.source(agent.verb, agent.verb + 1)
            certainty = sentence.assertion.certainty(*verb)
            if certainty == "hypothesis" or sentence.assertion.negated(*verb):
                continue  # what is denied is read where its kind of denial is told apart
            if sentence.section == "text":  # a curator's statement is of an effect, however loosely it is put
                agent = replace(agent, tied=False)
            for subject, turn in _signed(coded, text, agent, agent.tied and _kills(text, response)):
                kind, predicate = ("sens", SENSITIVITY) if agent.sign * turn > 0 else ("res", RESISTANCE)
                for drug in response.therapy:
                    if subject.key != drug.key and drug.letter in "DC":
                        cue = coded.source(*response.word)
                        yield Found(subject, predicate, drug, cue, f"effect/{kind}/modulator", 0.85, "positive", certainty)


def _relabelled(coded: Coded) -> str:
    """Return the coded text with concepts and processes lettered by what they mean, every place unchanged."""
    parts = list(coded.text)
    for at, token in coded.groups("KP"):
        for letter, new, name in _MEANS:
            if token.letter == letter and name.search(token.items[0].name.lower()):
                parts[at + 1] = new
                break
    return "".join(parts)


def _responses(coded: Coded, text: str) -> Iterator[Response]:
    for m in _HEAD.finditer(text):
        if _OTHER_RESPONSE.search(text[: m.start()]) or _RESISTED.search(text[: m.start()]):
            continue
        verb = bool(m["sensitize"] or m["desensitize"] or m["is_sens"] or m["is_res"])
        sign = -1 if m["res"] or m["desensitize"] or m["is_res"] else 1
        if (m["is_sens"] or m["is_res"]) and _WERE.search(text[: m.start()]):
            continue
        before = None if verb else _THERAPY_BEFORE.search(text[: m.start()])
        found = before or _THERAPY_AFTER.match(text, m.end())
        if found:
            start, end = (found.start("therapy"), m.end()) if before else (m.start(), found.end())
            yield Response(start, end, sign, verb, [*coded.group(found["therapy"]), *_more_therapies(coded, text, found.end("therapy"))], m.span())


def _more_therapies(coded: Coded, text: str, end: int) -> Iterator[Item]:
    """Yield the therapies that go on a list whose last member a word kept from being folded ("taxane- and platinum-based")."""
    while m := _AND_THERAPY.match(text, end):
        yield from coded.group(m[1])
        end = m.end()


@dataclass(frozen=True, slots=True)
class Agent:
    """What acts on a response: its place, the sign of what it does to sensitivity, the verb's place, and what is told of it."""

    at: int
    sign: int
    verb: int
    told: bool = False
    """Whether the verb has said whether it is more or less of the agent that acts ("by suppressing X")."""
    foretells: bool = False
    """Whether it only foretells the response."""
    since: int = 0
    """From where on words may turn its sign: those before belong to the verb of a passive."""
    shows: bool = False
    """Whether the verb says what cells that have it show, not what it does."""
    tied: bool = False
    """Whether it is only tied to the response, without a direction."""


def _agents(coded: Coded, text: str, response: Response) -> Iterator[Agent]:
    """Yield what acts on a response: the subject of its verb, what it acts through, or the agent of a passive."""
    sign, at, done = response.sign, response.start, response.verb
    gap, words = (_SHORT_GAP if done else _GAP), ""
    for step in reversed(list(_STEP.finditer(text, 0, at))):
        if at - step.end() > 80 or (done and not gap.fullmatch(text, step.end(), at) and step.end() <= at):
            break
        if step.end() <= at and gap.fullmatch(text, step.end(), at):
            if step.group() == "less" and sign < 0:
                return  # "less resistance" than something else may be some
            sign, at, done, gap, words = sign * (-1 if step["less"] else 1), step.start(), True, _SHORT_GAP, step.group() + " " + words
    if done:
        place = _subject(coded, text, at)
        if place is not None:
            tied = sign > 0 and _LOOSE.fullmatch(words) is not None
            foretells, shows = sign > 0 and _FORETELLS.search(words) is not None, _SHOWS.match(words) is not None
            yield Agent(place, sign, at, False, foretells, shows=shows, tied=tied)
        through = _BY_ACTING.match(text, response.end)
        if through:
            yield Agent(through.start("agent"), -sign if through["less"] else sign, at, True)
        return
    passive = _PASSIVE.match(text, response.end)
    if passive and not text.startswith(" gene", response.end):
        place = passive.start("agent")
        verb = "less" if passive["less"] else "more"
        tied = _LOOSE.fullmatch(passive[verb]) is not None
        sign = -sign if passive["less"] else sign
        yield Agent(place, sign, passive.start(verb), since=passive.end(verb), tied=tied and sign > 0)


def _kills(text: str, response: Response) -> bool:
    """Whether a response is the death of cells by the drug."""
    return _KILLS.search(text[slice(*response.word)]) is not None


def _subject(coded: Coded, text: str, verb: int) -> int | None:
    """Return the place of the group that is the subject of the verb at a place, or None."""
    begun = max((m.end() for m in _BREAK.finditer(text[:verb])), default=0)
    groups = [at for at, _ in coded.groups("GVP") if begun <= at < verb and text[at + 1] != "S"]
    limit = verb
    if _NO_VERB.search(text[:verb]) and not _PARTICIPLE.match(text, verb):
        return None
    only_lost, goes_on = False, _GOES_ON.search(text[:verb])
    if goes_on and goes_on.group() == ", " and not _PARTICIPLE.match(text, verb):
        goes_on = None  # "SRC, implicated in"
    if goes_on or (_PARTICIPLE.match(text, verb) and not _AS_NOUN.search(text[:verb])):
        mains = [m.start() for m in _MAIN.finditer(text, begun, verb) if any(at < m.start() for at in groups)]
        limit = mains[-1 if goes_on and "and" in goes_on.group() else 0] if mains else verb
        only_lost = not mains
    for at in reversed(groups):
        if at >= limit or _SET_APART.search(text[:at]):
            continue
        gap, before = text[text.find("›", at) + 1 : limit], text[:at]
        lost = _LOST_BEFORE.search(before[-110:])
        if (
            _BARRIER.search(_BY_MEANS.sub("", gap) if lost else _ASIDE.sub("", gap))
            or len(gap.split()) > 14
            or (_PURPOSE.search(text[:verb]) and not _SERVES.search(gap))
        ):
            return None
        if only_lost and not lost:
            return None
        if lost or not _NOT_AGENT.search(before[-60:]) or _AGENT_OF.search(before[-60:]):
            return at
    return None


def _signed(coded: Coded, text: str, agent: Agent, kills: bool) -> Iterator[tuple[Item, int]]:
    """Yield the items of an agent with the sign that what is done to it gives; nothing where it cannot be told.

    ``kills`` says that it is only tied to how cells die of the drug.
    """
    before, after = text[max(agent.since, agent.at - 110) : agent.at], text[text.find("›", agent.at) + 1 :]
    if agent.at in compared(coded) or (not agent.told and (_NO_SIGN.match(after) or _NO_SIGN_OF.search(before))):
        return
    lost = not agent.told and bool(_LOST_BEFORE.search(before) or _LOST_AFTER.match(after))
    for item in coded.token_at(agent.at).items:
        if item.letter == "V":
            if is_absent(text, agent.at):
                return
            if agent.tied and POLYMORPHISM.search(item.name):
                continue
            yield item, -1 if lost and item.name.endswith(" overexpression") else 1
        elif (
            item.letter in "GP"
            and not (kills and not lost)
            and not (agent.foretells or agent.shows or (item.letter == "P" and _ANY_PROCESS.match(item.name)))
        ):
            yield item, -1 if lost else 1
