"""The words that open a scope of negation, speculation or hypothesis, and those that end one.

Rule: a table of data, read by `kg.nlp.scopes`. Patterns are matched on lower-cased text at word boundaries, the longest first, so that
a longer entry takes the text from a shorter one; kind ``none`` marks what looks like a cue and is none ("not only", "gram-negative").
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["negated", "speculated", "hypothesis", "indicated", "none"]
Side = Literal["right", "left", "both"]
Reach = Literal["sentence", "clause", "phrase"]


class Cue(NamedTuple):
    """A pattern, what it opens, on which side (``both``: its subject too) and how far."""

    pattern: str
    kind: Kind
    side: Side = "right"
    reach: Reach = "clause"


_ADVERB = r"(?:\w+ly |yet |also |been |still |fully |well |so far |currently )*"
_AUX = r"(?:(?:is|are|was|were|has|have|had|does|do|did|be|been|may|might|can|could) )*"
_BE = r"(?:is|are|was|were|be|been|being|remains?|remained)"
_STUDY = (
    "investigat|determin|evaluat|assess|examin|explor|elucidat|clarif|compar|"
    "address|ascertain|verif|validat|understand|test|stud|analy[sz]|delineat|characteri[sz]|define"
)
_ASKED = r"(?:investigated|evaluated|assessed|examined|explored|compared|tested|studied|analy[sz]ed)"
_NOW = r"(?:have |also |further |then |therefore |thus |retrospectively |prospectively |next |here |currently )*"

CUES: tuple[Cue, ...] = (
    # Not what they seem.
    *(
        Cue(p, "none")
        for p in (
            rf"{_AUX}not (?:only|just|merely|simply|solely|exclusively|necessarily|surprisingly|infrequently|uncommon(?:ly)?|unexpected(?:ly)?)",
            rf"{_AUX}not (?:been |yet |been yet |yet been )?(?:reached|estimable|evaluable|applicable|shown|included)",
            r"no doubt|without doubt|without a doubt|no wonder|if not|no\.? ?\d+|nos\.? ?\d+|not otherwise specified",
            r"promising (?:\w+ )?(?:efficacy|activity|results?|responses?|outcomes?|antitumou?r \w+|safety)",
            r"nothing but|none the less|no matter|no sooner|not otherwise|no case",
            r"(?:true|false|dominant|double|triple|gram|rh|her2|lymph node)[- ]negative|negative (?:control|regulat|feedback|selection|"
            r"predictive|effect|impact|element|factor)\w*",
            r"can be|could be (?:seen|shown|detected|demonstrated|identified|observed)|as if|even if|may \d{4}|(?:in|of|since|until|by|"
            r"between) may|likelihood ratio",
            r"as soon as possible|as much as possible|possible to|made it possible|makes it possible|membrane potential|action potential|"
            r"potential energy|redox potential",
            r"would like|would have been|suggested (?:dose|dosage)|failure[- ]free|treatment failure|time to (?:treatment )?failure|"
            r"(?:heart|renal|liver|hepatic|cardiac|respiratory|organ|kidney|bone marrow|multi-?organ) failure",
            r"presence (?:or|and) (?:the )?absence(?: of)?|(?:published )?erratum appears|appears? in|we could|could (?:also |still |"
            r"then )?(?:be (?:visuali[sz]ed|induced|achieved|obtained|found|reversed|performed|measured|classified|divided|isolated|"
            r"evaluated|assessed|blocked|amplified|reproduced|rescued|distinguished|confirmed))",
            r"response rate|never[- ]smok\w+|absence from|maximum likelihood|not (?:to|at) all|with or without|and/or without|or not|"
            r"supposed|thought-provoking",
        )
    ),
    # Speculation that carries a negative word.
    Cue(
        rf"(?:can ?not|could not|can't) (?:be )?(?:excluded?|ruled? out|rule out)|{_BE} {_ADVERB}(?:unknown|unclear|uncertain|"
        rf"undetermined|elusive|controversial|obscure|to be (?:\w+ )?(?:determined|elucidated|established|clarified|defined|"
        rf"investigated|understood|confirmed|explored))",
        "speculated",
        "both",
    ),
    Cue(
        rf"(?:(?:is|are|was|were|has|have|had|be|been|it is) )*not {_ADVERB}(?:known|clear|understood|elucidated|established|delineated|"
        rf"defined|evident|certain|clarified|characterized|determined)(?! to\b)|(?:unknown|unclear|uncertain|undetermined|"
        rf"obscure) (?:whether|if|how|why|what|which)|(?:poorly|not well|insufficiently|incompletely) (?:understood|documented|"
        rf"characteri[sz]ed|defined|described)|"
        r"(?:has|have|had) not (?:yet |previously |so far )*been (?:yet |previously )?(?:fully |well )?(?:reported|studied|"
        r"investigated|examined|evaluated|explored|"
        r"assessed|described|tested|addressed|documented)|unknown|unclear|uncertain",
        "speculated",
        "both",
    ),
    Cue(r"no (?:proof|direct evidence|conclusive evidence|clear evidence)|lack of (?:direct |conclusive )?evidence", "negated"),
    # Negation of the clause to the right.
    Cue(
        r"(?:did|does|do|has|have|had|could|would|should|can|is|are|was|were|will|must)(?: ?n't| not)|can ?not|not|never|"
        r"no longer|nor|neither|fail(?:s|ed|ing|ure)? to|unable to|inability (?:of|to)|incapable of|refus\w+ to",
        "negated",
    ),
    Cue(r"no(?: (?:evidence of|evidence for|evidence that|evidence))?|none(?: of)?", "negated"),
    # Negation of the phrase.
    Cue(r"without|with the exception of|except for|excluding", "negated", "right", "phrase"),
    Cue(
        r"(?:lack|absence|loss of effect|failure|devoid|free|independent absence|ineffectiveness|inactivity|ineffective treatment) of|"
        r"in the absence of|absence|lack(?:s|ed|ing)?(?: of)?|devoid|ineffectiveness",
        "negated",
        "right",
        "phrase",
    ),
    Cue(r"rather than|instead of|as opposed to|in place of", "negated", "right", "phrase"),
    Cue(
        r"independent(?:ly)? of|negative for|ruled? out|ruling out|sparing|spares?|spared|fail(?:s|ed)? in|miss(?:es|ed|ing)",
        "negated",
        "right",
        "phrase",
    ),
    Cue(r"absent|ineffective|undetectable|inactive against|disappointing|insensitive|unresponsive|unaffected|unaltered|unchanged", "negated", "both"),
    Cue(
        r"(?:limited|little|minimal|negligible|marginal|poor|no meaningful|insufficient|no additional|no clinical) (?:clinical |"
        r"therapeutic |antitumou?r |single-agent |anti-?tumou?r )*(?:benefit|efficacy|activity|effectiveness|effect|clinical benefit)",
        "negated",
        "both",
    ),
    Cue(r"fail(?:s|ed|ing)?|failures?", "negated"),
    # Hypothesis: what a study asks. It asserts nothing.
    Cue(rf"to (?:further |better |prospectively |retrospectively |systematically |directly |also )*(?:{_STUDY})\w*(?: whether| if)?", "hypothesis"),
    Cue(
        rf"(?:we|study|trial|review|analysis|work|authors?|here) {_NOW}(?:{_ASKED}|stud(?:y|ies)|assess(?:es)?|investigates?|evaluates?|"
        rf"examines?|explores?|compares?|tests?|analy[sz]es?)(?: whether| if)?",
        "hypothesis",
    ),
    Cue(r"(?:study|trial) (?:is|was) designed to", "hypothesis"),
    Cue(rf"(?:is|are|was|were|been|being) {_NOW}{_ASKED}(?: whether| if)?", "hypothesis", "both"),
    Cue(
        r"(?:study|trial|trials|studies|phase [i1-4v]+ trial|currently) (?:is |are )?(?:investigating|evaluating|testing|comparing|"
        r"assessing|exploring|examining|studying)",
        "hypothesis",
    ),
    Cue(
        r"(?:aim|aims|aimed|aiming|objective|objectives|purpose|goal|goals|sought|seeks?|planned|hope|hopes|"
        r"attempt(?:ed|s)?|wished|wanted|set out)(?: of (?:this|the|our) [\w-]+(?: [\w-]+)?)?(?: (?:is|was|were|are))? (?:to|at)\b",
        "hypothesis",
    ),
    Cue(
        r"under (?:active |clinical |current )?(?:investigation|evaluation|study|development|review)|in (?:clinical )?development|"
        r"being (?:investigated|evaluated|tested|explored|studied|assessed|developed)|(?:is|are) awaited|warranted|await(?:s|"
        r"ing)? further",
        "hypothesis",
        "both",
    ),
    Cue(r"little is known|understand(?:ing)? (?:of )?how|unclear how|unknown how", "hypothesis"),
    Cue(r"whether(?: or not)?|the question of|remains? to be seen", "hypothesis"),
    Cue(r"(?:are|is|be) needed to|(?:are|is) required to (?:confirm|determine|establish|validate)", "hypothesis"),
    Cue(r"indicat(?:e|es|ed|ing) that", "indicated", "right", "sentence"),
    # Speculation.
    Cue(
        r"(?:possibility|possible|plausible|likely|unlikely|probable|conceivable|tempting to speculate|thought|idea|notion|hypothesis|"
        r"likelihood|predict|predicts|predicted|predicting) that",
        "speculated",
        "right",
        "sentence",
    ),
    Cue(
        r"may|might|could|may be|perhaps|presumably|possibly|probably|potentially|conceivably|hypothetically|theoretically|apparently|"
        r"maybe|seemingly|arguably|supposedly",
        "speculated",
    ),
    Cue(
        r"suggest(?:s|ed|ing|ive of)?(?: that)?|impl(?:y|ies|ied|ying)(?: that)?|hint(?:s|ed|ing)? (?:at|"
        r"that)|postulat(?:e|es|ed|ing)|speculat(?:e|es|ed|ing|ion)|propos(?:e|es|ed|ing|al)(?: that)?|hypothesi[sz]e[sd]?|"
        r"hypothesi[sz]ing|hypothesis|"
        r"believ(?:e|es|ed)|assum(?:e|es|ed|ing)|presum(?:e|es|ed)|suspect(?:s|ed)?|conjectur\w+|we think|(?:is|are|was|were|"
        r"been) thought|thought|rais(?:e|es|ed|ing) (?:the )?(?:\w+ )?(?:possibility|hypothesis|question)\w*|support(?:s|ed|"
        r"ing)? (?:the )?(?:hypothesis|idea|notion|concept|possibility|potential)|idea that|notion that|hypotheses",
        "speculated",
        "right",
        "sentence",
    ),
    Cue(
        r"possibility|(?:un)?likely(?: to)?|likelihood|possible|probable|plausible|potential|putative|promising|candidate|suspected|"
        r"presumed|predicted(?: to)?|hypothetical|theoretical|suggestion|conceivable|tentative",
        "speculated",
        "right",
        "phrase",
    ),
    Cue(
        r"appear(?:s|ed|ing)? (?:to|as|that|not)|appears?|appeared|seem(?:s|ed|ing|ingly)?(?: to)?|(?:is|are|was|"
        r"were) (?:un)?likely(?: to)?|expected to|anticipated to|(?:is|are|was|were) (?:believed|thought|presumed|assumed|predicted|"
        r"hypothesized|considered|supposed|suspected) to",
        "speculated",
        "both",
    ),
    Cue(r"would|should|if|in case|remains? possible", "speculated"),
)

# A scope ends before one of these, wherever it stands.
ENDS = (
    r"but(?! also\b| not limited)|however|whereas|although|though|except|nevertheless|nonetheless|despite|in contrast|"
    r"instead(?! of)|yet(?= \w+)|unless|and(?= (?:this|these|it|we|they|those|others|was|were|is|are|has|have|had|may|could|did|"
    r"does|therefore|thus|hence)\b)|"
    r"in spite of|while|thereby|because|on the other hand|conversely|even though|apart from|other than"
)
# A scope ends at a comma before one of these.
COMMA_ENDS = (
    r"suggest\w*|indicat\w*|demonstrat\w*|impl(?:y|ies|ying)\w*|show\w*|support\w*|reveal\w*|confirm\w*|consistent|leading|"
    r"resulting|thus|therefore|which|who|where|when|since|(?:among|of) (?:which|whom|them|these)|"
    r"so|then|respectively|and (?:that|we|it|this|these|they|the|a|an|its|their|is|was|were|are|has|have|had|can|may|could|did|"
    r"does|found|show\w*|thus|therefore|also|then)|as (?:well|shown|determined|measured|judged|assessed|demonstrated)|"
    r"making|causing|providing|highlighting|underscoring|with|followed|it|they|we|this|these|there|the"
)
# A phrase also ends before these: finite verbs and words that begin another part of the clause.
PHRASE_ENDS = (
    r"is|are|was|were|has|have|had|did|does|do|can|could|may|might|will|would|should|must|confer(?:s|red)|resulted|results in|led|"
    r"leads|caused|causes|induced|induces|show(?:s|ed)|"
    r"demonstrated|suggests?|suggested|indicates?|indicated|reveal(?:s|ed)|remain(?:s|ed)|appear(?:s|ed)|seem(?:s|ed)|"
    r"significantly|which|who|whose|that|when|where|if|"
    r"compared|relative to|versus|vs|and (?:is|are|was|were|has|have|had|may|can|that)|after|before|during|through|via|by|as|"
    r"fail(?:s|ed)?|inhibits|inhibited|blocks|blocked|prevents|prevented|increases|reduces|reduced|produces|express|expressed|"
    r"requires|can completely"
)
# A past tense in a phrase is no part of it: "without MET amplification [responded to] osimertinib".
FINITE = r"(?<=[\w)] )(?:and )?[a-z]+ed(?= (?:to|with|the|a|an|from|in|by|that|as|more|better|significantly)\b)"
# A scope that takes in a whole statement ("suggest that ...") ends only here.
SENTENCE_ENDS = r", (?:but|however|although|though|and we|which suggests?|suggesting)|but(?! also\b| not\b| rather\b)|however"
# A clause that begins with one of these ends at its comma.
SUBORDINATORS = r"although|though|while|whereas|because|since|if|when|despite|unless|given that|in view of"
