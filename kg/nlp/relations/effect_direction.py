"""Which way a cue points: whether what stands around it denies it, turns it round, or finds no difference.

Rule: given a cue and the words on both sides, one answer: a predicate, a polarity, and whether the cue is undone ("overcame resistance").
"""

# ruff: noqa: E501  # a pattern is easier to read in one line

from __future__ import annotations

import re

from kg.nlp.relations.effect_arguments import UNDONE_BEFORE
from kg.nlp.relations.effect_cues import Cue

RESISTANCE, SENSITIVITY = "confers_resistance_to", "confers_sensitivity_to"

_LESS = (
    r"(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|compromis\w+|revers(?:e[sd]?|ing)|attenuat\w+|abrogat\w+|abolish\w*|loss of|lost|lack(?:ed|ing|s)? (?:of )?|lack|no|not(?! only\b)|without|poor(?:er|ly)?|less|lower|limit(?:ed|s)?|minimal|modest|insufficient|inadequate|suboptimal"
    r"|failed to|fail to|fails to|failure to|unable to|never(?!-| smok)|nor|neither|absence of|absent|weak(?:er)?|inferior|low(?! (?:[\w-]+ )?(?:\w*molar|nm\b|doses?|concentrations?|ic ?\d|gi ?\d))|did n't|cannot|worse|shorter|inverse(?:ly)?|negatively|little|rarely|unlikely to)"
)
_LESS_BEFORE = re.compile(
    r"\b"
    + _LESS
    + r"(?: (?!followed\b|size\b|volume\b|burden\b|tumou?rs?\b)[\w%.,-]+| ‹[^DC]\d+›){0,4} ?$|\b(?:no|not(?! only\b)|lack of|failed to|neither)\b(?: [\w%.-]+| ,| ‹[^DC]\d+›){0,9} ?$|\b0 (?:of|/|out of|%) ?\d*(?: [\w-]+){0,5} ?$"
    + r"|\b(?:0|zero|none)(?: ,(?: and)? \d+| and \d+)* (?:patients? )?(?:achieved|had|showed|experienced)(?: [\w-]+){0,3} $"
    + r"|\b(?:lower|less|reduced|decreased) (?:[\w-]+ )?in (?:the )?(?:‹[DC]\d+› (?:- )?)$"
)
_WAS_LESS = re.compile(
    r"^(?: (?:effects?|activity))?(?: (?:of|to|by|with) (?:the )?‹[DC]\d+›)? (?:was|were|is|are) (?:\w+ly )?"
    r"(?:not|lost|reduced|decreased|limited|poor|lower|impaired|minimal|attenuated|abolished|abrogated|diminished|blunted|blocked|reversed|weak\w*|compromised)\b"
)
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
_SURVIVAL = re.compile(r"surviv|\b(?:os|pfs|dfs|rfs)\b|-free\b", re.IGNORECASE)
_OWN = re.compile(r"‹[DC]\d+› (?:- )?$")
_CELLS = re.compile(r" (?:(?!and\b|or\b|but\b|in\b|to\b)[\w/-]+ |‹[XLO]\d+› ){0,4}?(?:cells?|lines?|clones?|tumou?rs?|xenografts?|mice|‹[XL]\d+›)")
_ACTED = re.compile(
    r"\b(?:(?:re-?|chemo-?)?sensiti[sz](?:e[sd]?|ing)|restor(?:e[sd]?|ing)|(?:increas|enhanc|reduc|decreas|inhibit|suppress)(?:e[sd]?|ed|ing|s)? (?:the )?(?:[\w-]+ |‹[KP]\d+› )?"
    r"(?:sensitivity|chemosensitivity|response|viability|growth|proliferation|survival|‹[KP]\d+›) (?:of|in|to))\b[^;]{0,30}$"
)
#: "sensitive to DNA damage", "resistant to serum starvation": what is resisted is told, and is no therapy
_TO_ELSE = re.compile(
    r" to (?!the (?:drug|treatment|therap|agent|compound|combination|inhibitor)|[\w-]*(?:treatment|therap|drug|agent|inhibit|chemo|compound|blockade|combin|regimen|mono|dose)"
    r"|(?:it|them|these|this|that|those|both|either|all|any|each|such|further|other|an?|the|its|their|be|a|low|high|standard|first|second|third)\b|\w+ed\b)[a-zA-Z]"
    r"(?![^;.]{0,60}(?:‹[DC]|treatment|therap|drug|inhibit))"
)
_HORMONES = {"INS", "LEP"}
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
_CUT = re.compile(r" , (?:and|but|while|with|which|in) ")
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
_SURVIVAL = re.compile(r"surviv|\b(?:os|pfs|dfs|rfs)\b|-free\b", re.IGNORECASE)
_OWN = re.compile(r"‹[DC]\d+› (?:- )?$")
_CELLS = re.compile(r" (?:(?!and\b|or\b|but\b|in\b|to\b)[\w/-]+ |‹[XLO]\d+› ){0,4}?(?:cells?|lines?|clones?|tumou?rs?|xenografts?|mice|‹[XL]\d+›)")
_ACTED = re.compile(
    r"\b(?:(?:re-?|chemo-?)?sensiti[sz](?:e[sd]?|ing)|restor(?:e[sd]?|ing)|(?:increas|enhanc|reduc|decreas|inhibit|suppress)(?:e[sd]?|ed|ing|s)? (?:the )?(?:[\w-]+ |‹[KP]\d+› )?"
    r"(?:sensitivity|chemosensitivity|response|viability|growth|proliferation|survival|‹[KP]\d+›) (?:of|in|to))\b[^;]{0,30}$"
)
#: "sensitive to DNA damage", "resistant to serum starvation": what is resisted is told, and is no therapy
_TO_ELSE = re.compile(
    r" to (?!the (?:drug|treatment|therap|agent|compound|combination|inhibitor)|[\w-]*(?:treatment|therap|drug|agent|inhibit|chemo|compound|blockade|combin|regimen|mono|dose)"
    r"|(?:it|them|these|this|that|those|both|either|all|any|each|such|further|other|an?|the|its|their|be|a|low|high|standard|first|second|third)\b|\w+ed\b)[a-zA-Z]"
    r"(?![^;.]{0,60}(?:‹[DC]|treatment|therap|drug|inhibit))"
)
_HORMONES = {"INS", "LEP"}
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
_CUT = re.compile(r" , (?:and|but|while|with|which|in) ")
#: what a finding holds beside, and does not deny it ("comparable to cells with T790M", "regardless of KRAS status")
_BESIDES = re.compile(
    r"(?:, |\( )?\b(?:(?:comparable|similar(?:ly)?|equivalent|identical) to|regardless of|irrespective of|independent(?:ly)? of)\b.*"
)
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
_SURVIVAL = re.compile(r"surviv|\b(?:os|pfs|dfs|rfs)\b|-free\b", re.IGNORECASE)
_OWN = re.compile(r"‹[DC]\d+› (?:- )?$")
_CELLS = re.compile(r" (?:(?!and\b|or\b|but\b|in\b|to\b)[\w/-]+ |‹[XLO]\d+› ){0,4}?(?:cells?|lines?|clones?|tumou?rs?|xenografts?|mice|‹[XL]\d+›)")
_ACTED = re.compile(
    r"\b(?:(?:re-?|chemo-?)?sensiti[sz](?:e[sd]?|ing)|restor(?:e[sd]?|ing)|(?:increas|enhanc|reduc|decreas|inhibit|suppress)(?:e[sd]?|ed|ing|s)? (?:the )?(?:[\w-]+ |‹[KP]\d+› )?"
    r"(?:sensitivity|chemosensitivity|response|viability|growth|proliferation|survival|‹[KP]\d+›) (?:of|in|to))\b[^;]{0,30}$"
)
#: "sensitive to DNA damage", "resistant to serum starvation": what is resisted is told, and is no therapy
_TO_ELSE = re.compile(
    r" to (?!the (?:drug|treatment|therap|agent|compound|combination|inhibitor)|[\w-]*(?:treatment|therap|drug|agent|inhibit|chemo|compound|blockade|combin|regimen|mono|dose)"
    r"|(?:it|them|these|this|that|those|both|either|all|any|each|such|further|other|an?|the|its|their|be|a|low|high|standard|first|second|third)\b|\w+ed\b)[a-zA-Z]"
    r"(?![^;.]{0,60}(?:‹[DC]|treatment|therap|drug|inhibit))"
)
_HORMONES = {"INS", "LEP"}
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
_CUT = re.compile(r" , (?:and|but|while|with|which|in) ")
#: what a finding holds beside, and does not deny it ("comparable to cells with T790M", "regardless of KRAS status")
_BESIDES = re.compile(
    r"(?:, |\( )?\b(?:(?:comparable|similar(?:ly)?|equivalent|identical) to|regardless of|irrespective of|independent(?:ly)? of)\b.*"
)
#: what the cue itself denies
_FEW = re.compile(r"^ (?:rates? )?(?:\( [^()]* \) )?(?:(?:to|with|of|for|on) (?:the )?‹[DC]\d+› )?(?:was|were|of|:) (?:only )?[0-5](?:\.\d+)? ?%")
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
_SURVIVAL = re.compile(r"surviv|\b(?:os|pfs|dfs|rfs)\b|-free\b", re.IGNORECASE)
_OWN = re.compile(r"‹[DC]\d+› (?:- )?$")
_CELLS = re.compile(r" (?:(?!and\b|or\b|but\b|in\b|to\b)[\w/-]+ |‹[XLO]\d+› ){0,4}?(?:cells?|lines?|clones?|tumou?rs?|xenografts?|mice|‹[XL]\d+›)")
_ACTED = re.compile(
    r"\b(?:(?:re-?|chemo-?)?sensiti[sz](?:e[sd]?|ing)|restor(?:e[sd]?|ing)|(?:increas|enhanc|reduc|decreas|inhibit|suppress)(?:e[sd]?|ed|ing|s)? (?:the )?(?:[\w-]+ |‹[KP]\d+› )?"
    r"(?:sensitivity|chemosensitivity|response|viability|growth|proliferation|survival|‹[KP]\d+›) (?:of|in|to))\b[^;]{0,30}$"
)
#: "sensitive to DNA damage", "resistant to serum starvation": what is resisted is told, and is no therapy
_TO_ELSE = re.compile(
    r" to (?!the (?:drug|treatment|therap|agent|compound|combination|inhibitor)|[\w-]*(?:treatment|therap|drug|agent|inhibit|chemo|compound|blockade|combin|regimen|mono|dose)"
    r"|(?:it|them|these|this|that|those|both|either|all|any|each|such|further|other|an?|the|its|their|be|a|low|high|standard|first|second|third)\b|\w+ed\b)[a-zA-Z]"
    r"(?![^;.]{0,60}(?:‹[DC]|treatment|therap|drug|inhibit))"
)
_HORMONES = {"INS", "LEP"}
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
_CUT = re.compile(r" , (?:and|but|while|with|which|in) ")
#: what a finding holds beside, and does not deny it ("comparable to cells with T790M", "regardless of KRAS status")
_BESIDES = re.compile(
    r"(?:, |\( )?\b(?:(?:comparable|similar(?:ly)?|equivalent|identical) to|regardless of|irrespective of|independent(?:ly)? of)\b.*"
)
#: what the cue itself denies
_FEW = re.compile(r"^ (?:rates? )?(?:\( [^()]* \) )?(?:(?:to|with|of|for|on) (?:the )?‹[DC]\d+› )?(?:was|were|of|:) (?:only )?[0-5](?:\.\d+)? ?%")
_ONLY_FEW = re.compile(r"\bonly (?:one|two|1|2) (?:\( \d ?% \) )?(?:of|out of|/|in) (?:the )?\d\d+ [^;]{0,100}$")
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
_SURVIVAL = re.compile(r"surviv|\b(?:os|pfs|dfs|rfs)\b|-free\b", re.IGNORECASE)
_OWN = re.compile(r"‹[DC]\d+› (?:- )?$")
_CELLS = re.compile(r" (?:(?!and\b|or\b|but\b|in\b|to\b)[\w/-]+ |‹[XLO]\d+› ){0,4}?(?:cells?|lines?|clones?|tumou?rs?|xenografts?|mice|‹[XL]\d+›)")
_ACTED = re.compile(
    r"\b(?:(?:re-?|chemo-?)?sensiti[sz](?:e[sd]?|ing)|restor(?:e[sd]?|ing)|(?:increas|enhanc|reduc|decreas|inhibit|suppress)(?:e[sd]?|ed|ing|s)? (?:the )?(?:[\w-]+ |‹[KP]\d+› )?"
    r"(?:sensitivity|chemosensitivity|response|viability|growth|proliferation|survival|‹[KP]\d+›) (?:of|in|to))\b[^;]{0,30}$"
)
#: "sensitive to DNA damage", "resistant to serum starvation": what is resisted is told, and is no therapy
_TO_ELSE = re.compile(
    r" to (?!the (?:drug|treatment|therap|agent|compound|combination|inhibitor)|[\w-]*(?:treatment|therap|drug|agent|inhibit|chemo|compound|blockade|combin|regimen|mono|dose)"
    r"|(?:it|them|these|this|that|those|both|either|all|any|each|such|further|other|an?|the|its|their|be|a|low|high|standard|first|second|third)\b|\w+ed\b)[a-zA-Z]"
    r"(?![^;.]{0,60}(?:‹[DC]|treatment|therap|drug|inhibit))"
)
_HORMONES = {"INS", "LEP"}
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
_CUT = re.compile(r" , (?:and|but|while|with|which|in) ")
#: what a finding holds beside, and does not deny it ("comparable to cells with T790M", "regardless of KRAS status")
_BESIDES = re.compile(
    r"(?:, |\( )?\b(?:(?:comparable|similar(?:ly)?|equivalent|identical) to|regardless of|irrespective of|independent(?:ly)? of)\b.*"
)
#: what the cue itself denies
_FEW = re.compile(r"^ (?:rates? )?(?:\( [^()]* \) )?(?:(?:to|with|of|for|on) (?:the )?‹[DC]\d+› )?(?:was|were|of|:) (?:only )?[0-5](?:\.\d+)? ?%")
_ONLY_FEW = re.compile(r"\bonly (?:one|two|1|2) (?:\( \d ?% \) )?(?:of|out of|/|in) (?:the )?\d\d+ [^;]{0,100}$")
#: "19 were sensitive and 9 resistant" says nothing of what they carry
_BOTH_COUNTED = re.compile(r"\b\d+ (?:[\w-]+ ){0,4}sensitive\b[^;]{0,40}\b\d+ (?:[\w-]+ ){0,4}(?:resistan|insensitiv|‹K)")
_LIST_OF_EFFECTS = re.compile(r"^(?:reduc|decreas|diminish|impair|attenuat|abrogat|abolish|less|lower).*(?: and| ,) $")
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
_SURVIVAL = re.compile(r"surviv|\b(?:os|pfs|dfs|rfs)\b|-free\b", re.IGNORECASE)
_OWN = re.compile(r"‹[DC]\d+› (?:- )?$")
_CELLS = re.compile(r" (?:(?!and\b|or\b|but\b|in\b|to\b)[\w/-]+ |‹[XLO]\d+› ){0,4}?(?:cells?|lines?|clones?|tumou?rs?|xenografts?|mice|‹[XL]\d+›)")
_ACTED = re.compile(
    r"\b(?:(?:re-?|chemo-?)?sensiti[sz](?:e[sd]?|ing)|restor(?:e[sd]?|ing)|(?:increas|enhanc|reduc|decreas|inhibit|suppress)(?:e[sd]?|ed|ing|s)? (?:the )?(?:[\w-]+ |‹[KP]\d+› )?"
    r"(?:sensitivity|chemosensitivity|response|viability|growth|proliferation|survival|‹[KP]\d+›) (?:of|in|to))\b[^;]{0,30}$"
)
#: "sensitive to DNA damage", "resistant to serum starvation": what is resisted is told, and is no therapy
_TO_ELSE = re.compile(
    r" to (?!the (?:drug|treatment|therap|agent|compound|combination|inhibitor)|[\w-]*(?:treatment|therap|drug|agent|inhibit|chemo|compound|blockade|combin|regimen|mono|dose)"
    r"|(?:it|them|these|this|that|those|both|either|all|any|each|such|further|other|an?|the|its|their|be|a|low|high|standard|first|second|third)\b|\w+ed\b)[a-zA-Z]"
    r"(?![^;.]{0,60}(?:‹[DC]|treatment|therap|drug|inhibit))"
)
_HORMONES = {"INS", "LEP"}
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
_CUT = re.compile(r" , (?:and|but|while|with|which|in) ")
#: what a finding holds beside, and does not deny it ("comparable to cells with T790M", "regardless of KRAS status")
_BESIDES = re.compile(
    r"(?:, |\( )?\b(?:(?:comparable|similar(?:ly)?|equivalent|identical) to|regardless of|irrespective of|independent(?:ly)? of)\b.*"
)
#: what the cue itself denies
_FEW = re.compile(r"^ (?:rates? )?(?:\( [^()]* \) )?(?:(?:to|with|of|for|on) (?:the )?‹[DC]\d+› )?(?:was|were|of|:) (?:only )?[0-5](?:\.\d+)? ?%")
_ONLY_FEW = re.compile(r"\bonly (?:one|two|1|2) (?:\( \d ?% \) )?(?:of|out of|/|in) (?:the )?\d\d+ [^;]{0,100}$")
#: "19 were sensitive and 9 resistant" says nothing of what they carry
_BOTH_COUNTED = re.compile(r"\b\d+ (?:[\w-]+ ){0,4}sensitive\b[^;]{0,40}\b\d+ (?:[\w-]+ ){0,4}(?:resistan|insensitiv|‹K)")
_LIST_OF_EFFECTS = re.compile(r"^(?:reduc|decreas|diminish|impair|attenuat|abrogat|abolish|less|lower).*(?: and| ,) $")
_PREDICTS = re.compile(r"\bpredict(?:s|ed)\b")
#: a heading of what was measured, not its result
_HEADING = re.compile(r"^best (?:overall )?(?:[\w-]+ )?response$")
#: what is given back its sensitivity was resistant
_GIVEN_BACK = re.compile(r"\b(?:rescu|restor|regain|re-?establish|recover)\w* (?:[\w-]+ ){0,2}$")
_DENIED = re.compile(r"^(?:no|little|limited|modest|minimal)\b")
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
_SURVIVAL = re.compile(r"surviv|\b(?:os|pfs|dfs|rfs)\b|-free\b", re.IGNORECASE)
_OWN = re.compile(r"‹[DC]\d+› (?:- )?$")
_CELLS = re.compile(r" (?:(?!and\b|or\b|but\b|in\b|to\b)[\w/-]+ |‹[XLO]\d+› ){0,4}?(?:cells?|lines?|clones?|tumou?rs?|xenografts?|mice|‹[XL]\d+›)")
_ACTED = re.compile(
    r"\b(?:(?:re-?|chemo-?)?sensiti[sz](?:e[sd]?|ing)|restor(?:e[sd]?|ing)|(?:increas|enhanc|reduc|decreas|inhibit|suppress)(?:e[sd]?|ed|ing|s)? (?:the )?(?:[\w-]+ |‹[KP]\d+› )?"
    r"(?:sensitivity|chemosensitivity|response|viability|growth|proliferation|survival|‹[KP]\d+›) (?:of|in|to))\b[^;]{0,30}$"
)
#: "sensitive to DNA damage", "resistant to serum starvation": what is resisted is told, and is no therapy
_TO_ELSE = re.compile(
    r" to (?!the (?:drug|treatment|therap|agent|compound|combination|inhibitor)|[\w-]*(?:treatment|therap|drug|agent|inhibit|chemo|compound|blockade|combin|regimen|mono|dose)"
    r"|(?:it|them|these|this|that|those|both|either|all|any|each|such|further|other|an?|the|its|their|be|a|low|high|standard|first|second|third)\b|\w+ed\b)[a-zA-Z]"
    r"(?![^;.]{0,60}(?:‹[DC]|treatment|therap|drug|inhibit))"
)
_HORMONES = {"INS", "LEP"}
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
_CUT = re.compile(r" , (?:and|but|while|with|which|in) ")
#: what a finding holds beside, and does not deny it ("comparable to cells with T790M", "regardless of KRAS status")
_BESIDES = re.compile(
    r"(?:, |\( )?\b(?:(?:comparable|similar(?:ly)?|equivalent|identical) to|regardless of|irrespective of|independent(?:ly)? of)\b.*"
)
#: what the cue itself denies
_FEW = re.compile(r"^ (?:rates? )?(?:\( [^()]* \) )?(?:(?:to|with|of|for|on) (?:the )?‹[DC]\d+› )?(?:was|were|of|:) (?:only )?[0-5](?:\.\d+)? ?%")
_ONLY_FEW = re.compile(r"\bonly (?:one|two|1|2) (?:\( \d ?% \) )?(?:of|out of|/|in) (?:the )?\d\d+ [^;]{0,100}$")
#: "19 were sensitive and 9 resistant" says nothing of what they carry
_BOTH_COUNTED = re.compile(r"\b\d+ (?:[\w-]+ ){0,4}sensitive\b[^;]{0,40}\b\d+ (?:[\w-]+ ){0,4}(?:resistan|insensitiv|‹K)")
_LIST_OF_EFFECTS = re.compile(r"^(?:reduc|decreas|diminish|impair|attenuat|abrogat|abolish|less|lower).*(?: and| ,) $")
_PREDICTS = re.compile(r"\bpredict(?:s|ed)\b")
#: a heading of what was measured, not its result
_HEADING = re.compile(r"^best (?:overall )?(?:[\w-]+ )?response$")
#: what is given back its sensitivity was resistant
_GIVEN_BACK = re.compile(r"\b(?:rescu|restor|regain|re-?establish|recover)\w* (?:[\w-]+ ){0,2}$")
_DENIED = re.compile(r"^(?:no|little|limited|modest|minimal)\b")
#: a result that was not significant is none
_INSIGNIFICANT = re.compile(
    r"\b(?:non(?: -|-)? ?significant(?:ly)?|insignificant(?:ly)?|not (?:statistically )?significant(?:ly)?|trends?|tendency)\b(?: [\w%.-]+){0,6} $"
)
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
_SURVIVAL = re.compile(r"surviv|\b(?:os|pfs|dfs|rfs)\b|-free\b", re.IGNORECASE)
_OWN = re.compile(r"‹[DC]\d+› (?:- )?$")
_CELLS = re.compile(r" (?:(?!and\b|or\b|but\b|in\b|to\b)[\w/-]+ |‹[XLO]\d+› ){0,4}?(?:cells?|lines?|clones?|tumou?rs?|xenografts?|mice|‹[XL]\d+›)")
_ACTED = re.compile(
    r"\b(?:(?:re-?|chemo-?)?sensiti[sz](?:e[sd]?|ing)|restor(?:e[sd]?|ing)|(?:increas|enhanc|reduc|decreas|inhibit|suppress)(?:e[sd]?|ed|ing|s)? (?:the )?(?:[\w-]+ |‹[KP]\d+› )?"
    r"(?:sensitivity|chemosensitivity|response|viability|growth|proliferation|survival|‹[KP]\d+›) (?:of|in|to))\b[^;]{0,30}$"
)
#: "sensitive to DNA damage", "resistant to serum starvation": what is resisted is told, and is no therapy
_TO_ELSE = re.compile(
    r" to (?!the (?:drug|treatment|therap|agent|compound|combination|inhibitor)|[\w-]*(?:treatment|therap|drug|agent|inhibit|chemo|compound|blockade|combin|regimen|mono|dose)"
    r"|(?:it|them|these|this|that|those|both|either|all|any|each|such|further|other|an?|the|its|their|be|a|low|high|standard|first|second|third)\b|\w+ed\b)[a-zA-Z]"
    r"(?![^;.]{0,60}(?:‹[DC]|treatment|therap|drug|inhibit))"
)
_HORMONES = {"INS", "LEP"}
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
_CUT = re.compile(r" , (?:and|but|while|with|which|in) ")
#: what a finding holds beside, and does not deny it ("comparable to cells with T790M", "regardless of KRAS status")
_BESIDES = re.compile(
    r"(?:, |\( )?\b(?:(?:comparable|similar(?:ly)?|equivalent|identical) to|regardless of|irrespective of|independent(?:ly)? of)\b.*"
)
#: what the cue itself denies
_FEW = re.compile(r"^ (?:rates? )?(?:\( [^()]* \) )?(?:(?:to|with|of|for|on) (?:the )?‹[DC]\d+› )?(?:was|were|of|:) (?:only )?[0-5](?:\.\d+)? ?%")
_ONLY_FEW = re.compile(r"\bonly (?:one|two|1|2) (?:\( \d ?% \) )?(?:of|out of|/|in) (?:the )?\d\d+ [^;]{0,100}$")
#: "19 were sensitive and 9 resistant" says nothing of what they carry
_BOTH_COUNTED = re.compile(r"\b\d+ (?:[\w-]+ ){0,4}sensitive\b[^;]{0,40}\b\d+ (?:[\w-]+ ){0,4}(?:resistan|insensitiv|‹K)")
_LIST_OF_EFFECTS = re.compile(r"^(?:reduc|decreas|diminish|impair|attenuat|abrogat|abolish|less|lower).*(?: and| ,) $")
_PREDICTS = re.compile(r"\bpredict(?:s|ed)\b")
#: a heading of what was measured, not its result
_HEADING = re.compile(r"^best (?:overall )?(?:[\w-]+ )?response$")
#: what is given back its sensitivity was resistant
_GIVEN_BACK = re.compile(r"\b(?:rescu|restor|regain|re-?establish|recover)\w* (?:[\w-]+ ){0,2}$")
_DENIED = re.compile(r"^(?:no|little|limited|modest|minimal)\b")
#: a result that was not significant is none
_INSIGNIFICANT = re.compile(
    r"\b(?:non(?: -|-)? ?significant(?:ly)?|insignificant(?:ly)?|not (?:statistically )?significant(?:ly)?|trends?|tendency)\b(?: [\w%.-]+){0,6} $"
)
_PROVED_NOT = re.compile(r"^[^;]{0,60}?\b(?:(?:was|were|did) not (?:reach )?(?:statistically )?significan\w+|but (?:this )?(?:was )?not significant)")
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
_SURVIVAL = re.compile(r"surviv|\b(?:os|pfs|dfs|rfs)\b|-free\b", re.IGNORECASE)
_OWN = re.compile(r"‹[DC]\d+› (?:- )?$")
_CELLS = re.compile(r" (?:(?!and\b|or\b|but\b|in\b|to\b)[\w/-]+ |‹[XLO]\d+› ){0,4}?(?:cells?|lines?|clones?|tumou?rs?|xenografts?|mice|‹[XL]\d+›)")
_ACTED = re.compile(
    r"\b(?:(?:re-?|chemo-?)?sensiti[sz](?:e[sd]?|ing)|restor(?:e[sd]?|ing)|(?:increas|enhanc|reduc|decreas|inhibit|suppress)(?:e[sd]?|ed|ing|s)? (?:the )?(?:[\w-]+ |‹[KP]\d+› )?"
    r"(?:sensitivity|chemosensitivity|response|viability|growth|proliferation|survival|‹[KP]\d+›) (?:of|in|to))\b[^;]{0,30}$"
)
#: "sensitive to DNA damage", "resistant to serum starvation": what is resisted is told, and is no therapy
_TO_ELSE = re.compile(
    r" to (?!the (?:drug|treatment|therap|agent|compound|combination|inhibitor)|[\w-]*(?:treatment|therap|drug|agent|inhibit|chemo|compound|blockade|combin|regimen|mono|dose)"
    r"|(?:it|them|these|this|that|those|both|either|all|any|each|such|further|other|an?|the|its|their|be|a|low|high|standard|first|second|third)\b|\w+ed\b)[a-zA-Z]"
    r"(?![^;.]{0,60}(?:‹[DC]|treatment|therap|drug|inhibit))"
)
_HORMONES = {"INS", "LEP"}
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
_CUT = re.compile(r" , (?:and|but|while|with|which|in) ")
#: what a finding holds beside, and does not deny it ("comparable to cells with T790M", "regardless of KRAS status")
_BESIDES = re.compile(
    r"(?:, |\( )?\b(?:(?:comparable|similar(?:ly)?|equivalent|identical) to|regardless of|irrespective of|independent(?:ly)? of)\b.*"
)
#: what the cue itself denies
_FEW = re.compile(r"^ (?:rates? )?(?:\( [^()]* \) )?(?:(?:to|with|of|for|on) (?:the )?‹[DC]\d+› )?(?:was|were|of|:) (?:only )?[0-5](?:\.\d+)? ?%")
_ONLY_FEW = re.compile(r"\bonly (?:one|two|1|2) (?:\( \d ?% \) )?(?:of|out of|/|in) (?:the )?\d\d+ [^;]{0,100}$")
#: "19 were sensitive and 9 resistant" says nothing of what they carry
_BOTH_COUNTED = re.compile(r"\b\d+ (?:[\w-]+ ){0,4}sensitive\b[^;]{0,40}\b\d+ (?:[\w-]+ ){0,4}(?:resistan|insensitiv|‹K)")
_LIST_OF_EFFECTS = re.compile(r"^(?:reduc|decreas|diminish|impair|attenuat|abrogat|abolish|less|lower).*(?: and| ,) $")
_PREDICTS = re.compile(r"\bpredict(?:s|ed)\b")
#: a heading of what was measured, not its result
_HEADING = re.compile(r"^best (?:overall )?(?:[\w-]+ )?response$")
#: what is given back its sensitivity was resistant
_GIVEN_BACK = re.compile(r"\b(?:rescu|restor|regain|re-?establish|recover)\w* (?:[\w-]+ ){0,2}$")
_DENIED = re.compile(r"^(?:no|little|limited|modest|minimal)\b")
#: a result that was not significant is none
_INSIGNIFICANT = re.compile(
    r"\b(?:non(?: -|-)? ?significant(?:ly)?|insignificant(?:ly)?|not (?:statistically )?significant(?:ly)?|trends?|tendency)\b(?: [\w%.-]+){0,6} $"
)
_PROVED_NOT = re.compile(r"^[^;]{0,60}?\b(?:(?:was|were|did) not (?:reach )?(?:statistically )?significan\w+|but (?:this )?(?:was )?not significant)")
#: "suppressed BIM and promoted resistance": the first verb is not about the resistance
_AND_DONE = re.compile(
    r" (?:and|but|thereby|thus|hence|,) (?:[\w-]+ )?(?:promot|increas|enhanc|induc|confer|caus|contribut|led|lead|drove|driv|mediat|trigger|result|develop|rais|acquir)\w*"
)
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
_SURVIVAL = re.compile(r"surviv|\b(?:os|pfs|dfs|rfs)\b|-free\b", re.IGNORECASE)
_OWN = re.compile(r"‹[DC]\d+› (?:- )?$")
_CELLS = re.compile(r" (?:(?!and\b|or\b|but\b|in\b|to\b)[\w/-]+ |‹[XLO]\d+› ){0,4}?(?:cells?|lines?|clones?|tumou?rs?|xenografts?|mice|‹[XL]\d+›)")
_ACTED = re.compile(
    r"\b(?:(?:re-?|chemo-?)?sensiti[sz](?:e[sd]?|ing)|restor(?:e[sd]?|ing)|(?:increas|enhanc|reduc|decreas|inhibit|suppress)(?:e[sd]?|ed|ing|s)? (?:the )?(?:[\w-]+ |‹[KP]\d+› )?"
    r"(?:sensitivity|chemosensitivity|response|viability|growth|proliferation|survival|‹[KP]\d+›) (?:of|in|to))\b[^;]{0,30}$"
)
#: "sensitive to DNA damage", "resistant to serum starvation": what is resisted is told, and is no therapy
_TO_ELSE = re.compile(
    r" to (?!the (?:drug|treatment|therap|agent|compound|combination|inhibitor)|[\w-]*(?:treatment|therap|drug|agent|inhibit|chemo|compound|blockade|combin|regimen|mono|dose)"
    r"|(?:it|them|these|this|that|those|both|either|all|any|each|such|further|other|an?|the|its|their|be|a|low|high|standard|first|second|third)\b|\w+ed\b)[a-zA-Z]"
    r"(?![^;.]{0,60}(?:‹[DC]|treatment|therap|drug|inhibit))"
)
_HORMONES = {"INS", "LEP"}
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
_CUT = re.compile(r" , (?:and|but|while|with|which|in) ")
#: what a finding holds beside, and does not deny it ("comparable to cells with T790M", "regardless of KRAS status")
_BESIDES = re.compile(
    r"(?:, |\( )?\b(?:(?:comparable|similar(?:ly)?|equivalent|identical) to|regardless of|irrespective of|independent(?:ly)? of)\b.*"
)
#: what the cue itself denies
_FEW = re.compile(r"^ (?:rates? )?(?:\( [^()]* \) )?(?:(?:to|with|of|for|on) (?:the )?‹[DC]\d+› )?(?:was|were|of|:) (?:only )?[0-5](?:\.\d+)? ?%")
_ONLY_FEW = re.compile(r"\bonly (?:one|two|1|2) (?:\( \d ?% \) )?(?:of|out of|/|in) (?:the )?\d\d+ [^;]{0,100}$")
#: "19 were sensitive and 9 resistant" says nothing of what they carry
_BOTH_COUNTED = re.compile(r"\b\d+ (?:[\w-]+ ){0,4}sensitive\b[^;]{0,40}\b\d+ (?:[\w-]+ ){0,4}(?:resistan|insensitiv|‹K)")
_LIST_OF_EFFECTS = re.compile(r"^(?:reduc|decreas|diminish|impair|attenuat|abrogat|abolish|less|lower).*(?: and| ,) $")
_PREDICTS = re.compile(r"\bpredict(?:s|ed)\b")
#: a heading of what was measured, not its result
_HEADING = re.compile(r"^best (?:overall )?(?:[\w-]+ )?response$")
#: what is given back its sensitivity was resistant
_GIVEN_BACK = re.compile(r"\b(?:rescu|restor|regain|re-?establish|recover)\w* (?:[\w-]+ ){0,2}$")
_DENIED = re.compile(r"^(?:no|little|limited|modest|minimal)\b")
#: a result that was not significant is none
_INSIGNIFICANT = re.compile(
    r"\b(?:non(?: -|-)? ?significant(?:ly)?|insignificant(?:ly)?|not (?:statistically )?significant(?:ly)?|trends?|tendency)\b(?: [\w%.-]+){0,6} $"
)
_PROVED_NOT = re.compile(r"^[^;]{0,60}?\b(?:(?:was|were|did) not (?:reach )?(?:statistically )?significan\w+|but (?:this )?(?:was )?not significant)")
#: "suppressed BIM and promoted resistance": the first verb is not about the resistance
_AND_DONE = re.compile(
    r" (?:and|but|thereby|thus|hence|,) (?:[\w-]+ )?(?:promot|increas|enhanc|induc|confer|caus|contribut|led|lead|drove|driv|mediat|trigger|result|develop|rais|acquir)\w*"
)
_FAILED = re.compile(
    r"\b(?:ineffective|not effective|no (?:[\w-]+ )?(?:activity|effect|response|benefit|‹K\d+›)|(?:did|does|do) not (?:respond|inhibit|affect|reduce)|failed|unable)\b|‹K\d+› as"
)
_NEITHER = re.compile(
    r"\b(?:neither|nor|none of) ‹[VGP]\d+› (?:\w+ )?(?:conferred|confers?|mediated|mediates?|induced|induces?|caused|causes?|drove|drives?) $"
)
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
_SURVIVAL = re.compile(r"surviv|\b(?:os|pfs|dfs|rfs)\b|-free\b", re.IGNORECASE)
_OWN = re.compile(r"‹[DC]\d+› (?:- )?$")
_CELLS = re.compile(r" (?:(?!and\b|or\b|but\b|in\b|to\b)[\w/-]+ |‹[XLO]\d+› ){0,4}?(?:cells?|lines?|clones?|tumou?rs?|xenografts?|mice|‹[XL]\d+›)")
_ACTED = re.compile(
    r"\b(?:(?:re-?|chemo-?)?sensiti[sz](?:e[sd]?|ing)|restor(?:e[sd]?|ing)|(?:increas|enhanc|reduc|decreas|inhibit|suppress)(?:e[sd]?|ed|ing|s)? (?:the )?(?:[\w-]+ |‹[KP]\d+› )?"
    r"(?:sensitivity|chemosensitivity|response|viability|growth|proliferation|survival|‹[KP]\d+›) (?:of|in|to))\b[^;]{0,30}$"
)
#: "sensitive to DNA damage", "resistant to serum starvation": what is resisted is told, and is no therapy
_TO_ELSE = re.compile(
    r" to (?!the (?:drug|treatment|therap|agent|compound|combination|inhibitor)|[\w-]*(?:treatment|therap|drug|agent|inhibit|chemo|compound|blockade|combin|regimen|mono|dose)"
    r"|(?:it|them|these|this|that|those|both|either|all|any|each|such|further|other|an?|the|its|their|be|a|low|high|standard|first|second|third)\b|\w+ed\b)[a-zA-Z]"
    r"(?![^;.]{0,60}(?:‹[DC]|treatment|therap|drug|inhibit))"
)
_HORMONES = {"INS", "LEP"}
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
_CUT = re.compile(r" , (?:and|but|while|with|which|in) ")
#: what a finding holds beside, and does not deny it ("comparable to cells with T790M", "regardless of KRAS status")
_BESIDES = re.compile(
    r"(?:, |\( )?\b(?:(?:comparable|similar(?:ly)?|equivalent|identical) to|regardless of|irrespective of|independent(?:ly)? of)\b.*"
)
#: what the cue itself denies
_FEW = re.compile(r"^ (?:rates? )?(?:\( [^()]* \) )?(?:(?:to|with|of|for|on) (?:the )?‹[DC]\d+› )?(?:was|were|of|:) (?:only )?[0-5](?:\.\d+)? ?%")
_ONLY_FEW = re.compile(r"\bonly (?:one|two|1|2) (?:\( \d ?% \) )?(?:of|out of|/|in) (?:the )?\d\d+ [^;]{0,100}$")
#: "19 were sensitive and 9 resistant" says nothing of what they carry
_BOTH_COUNTED = re.compile(r"\b\d+ (?:[\w-]+ ){0,4}sensitive\b[^;]{0,40}\b\d+ (?:[\w-]+ ){0,4}(?:resistan|insensitiv|‹K)")
_LIST_OF_EFFECTS = re.compile(r"^(?:reduc|decreas|diminish|impair|attenuat|abrogat|abolish|less|lower).*(?: and| ,) $")
_PREDICTS = re.compile(r"\bpredict(?:s|ed)\b")
#: a heading of what was measured, not its result
_HEADING = re.compile(r"^best (?:overall )?(?:[\w-]+ )?response$")
#: what is given back its sensitivity was resistant
_GIVEN_BACK = re.compile(r"\b(?:rescu|restor|regain|re-?establish|recover)\w* (?:[\w-]+ ){0,2}$")
_DENIED = re.compile(r"^(?:no|little|limited|modest|minimal)\b")
#: a result that was not significant is none
_INSIGNIFICANT = re.compile(
    r"\b(?:non(?: -|-)? ?significant(?:ly)?|insignificant(?:ly)?|not (?:statistically )?significant(?:ly)?|trends?|tendency)\b(?: [\w%.-]+){0,6} $"
)
_PROVED_NOT = re.compile(r"^[^;]{0,60}?\b(?:(?:was|were|did) not (?:reach )?(?:statistically )?significan\w+|but (?:this )?(?:was )?not significant)")
#: "suppressed BIM and promoted resistance": the first verb is not about the resistance
_AND_DONE = re.compile(
    r" (?:and|but|thereby|thus|hence|,) (?:[\w-]+ )?(?:promot|increas|enhanc|induc|confer|caus|contribut|led|lead|drove|driv|mediat|trigger|result|develop|rais|acquir)\w*"
)
_FAILED = re.compile(
    r"\b(?:ineffective|not effective|no (?:[\w-]+ )?(?:activity|effect|response|benefit|‹K\d+›)|(?:did|does|do) not (?:respond|inhibit|affect|reduce)|failed|unable)\b|‹K\d+› as"
)
_NEITHER = re.compile(
    r"\b(?:neither|nor|none of) ‹[VGP]\d+› (?:\w+ )?(?:conferred|confers?|mediated|mediates?|induced|induces?|caused|causes?|drove|drives?) $"
)
_JUST_DENIED = re.compile(r"\b(?:no|not|never) (?:[\w-]+ ){0,2}$")
#: "reduced oxaliplatin-induced apoptosis", "protected cells from cisplatin-induced apoptosis"
_LESS_INDUCED = re.compile(
    r"\b(?:reduc\w+|decreas\w+|diminish\w*|impair\w*|attenuat\w+|abrogat\w+|abolish\w*|prevent\w*|block\w*|inhibit\w*|suppress\w*|(?:protect|rescu)\w* [^;]{0,40}from) "
    r"(?:[\w-]+ ){0,3}‹[DC]\d+› (?:- |and |or |‹[DC]\d+› )*$"
)
_BUT_NOT_THE = re.compile(r"\bbut not (?:[\w'’-]+ |‹[^DC›]\d+› ){1,6}$")
_NO_SUCCESS = re.compile(
    r"^ (?:rates? )?(?:was|were|of|:) (?:only )?0(?:\.0)? ?%|^ (?:(?!and\b|or\b)[\w-]+ |‹[^DC]\d+› ){0,6}(?:was|were|is|are)? ?(?:achieved |seen |observed )?(?:in |: )?\(? ?0 (?:of|/|out of|%)"
)
_SAME = re.compile(
    r"\b(?:no (?:significant |statistically |marked |such |clear |apparent )*(?:differences?|changes?|correlations?|associations?|impact|influence|effect)|similar\w*|comparable|equivalent|equally|identical|same|unchanged|independent of|regardless of|irrespective"
    r"|(?:not|n't) (?:show |have |find |observe |reveal |demonstrate |a |an |any |be |been |seen |found |observed |to |significantly |statistically |significant |different |independently )*(?:correlat\w+|associat\w+|differ\w*|affect\w*|alter\w*|chang\w+|predict\w*|influenc\w+|difference\w*)|as sensitive|(?:no|not) more)\b"
)
_AIM = re.compile(
    r"\b(?:effects? of|impact of|influence of|explor\w+|summari[sz]\w+|discuss\w*|reviews?(?! (?:[\w-]+ )?(?:highlight|show|demonstrat|support|underscor|confirm))|overview|contrasting|highlight\w* the (?:importance|need|role)|correlation between|relationship between|potential responders?"
    r"|studied|studies on|understanding|predict(?:ing|ion of)?|guid\w+|personali[sz]ed)\b"
)
#: lesions that a drug is made for: unspecified changes of its target, and the activating hotspots
_BROAD = re.compile(
    r"(?: mutation| fusion| amplification| overexpression| alteration| exon 19 deletion| exon 11 mutation)$|^(?:BRAF V600[EKDR]?|EGFR L858R|KRAS G12C)$"
)
_SELF_DENYING = re.compile(
    r"\bcost(?: -|-| )?$|\b(?:variable|heterogeneous|differential|varying|prior|previous|drug|treatment) $|progressive disease as (?:[\w-]+ )?(?:best )?$|\bas (?:best )?$|(?:resistan\w+|inhibition|sensitiv\w+|‹K\d+›) (?:to|by|of) [^;]{0,40}induced $"
)
#: of the body or the cell, not of the tumour to a drug; hormones are read as genes
_OTHER_RESISTANCE = re.compile(
    r"\b(?:stress|insulin|anoikis|acid|heat|salt|vascular|airway|host|antibiotic|antimicrobial|oxidative|apoptosis|leptin|contact|castration|castrate"
    r"|immune|humoral|antibody|inflammatory|damage|dose|proliferative|mitogenic|apoptotic|adaptive|calcium|feedback|unfolded protein|transcriptional|hypersensitivity)(?: -)? $|\b(?:logistic|linear|cox|hazards?|poisson|ridge|stepwise|(?:uni|multi)varia\w+|proportional) $"
)
_STATISTICS = re.compile(r"^ (?:analys[ei]s|models?|coefficients?|curves?)\b")
#: what the cue belongs to stands on the other side of a comparison ("than resistant cells")
_YARDSTICK = re.compile(r"\b(?:than|vs\.?|versus|compared (?:with|to)|relative to) (?:the |their |its )?(?:[\w-]+ ){0,1}$")
#: "resistance mutants" and "refractory NSCLC" name a kind, and say nothing of the drug that happens to stand near
_MERE_NAME = re.compile(r"resistance (?:mutants?|mutations?|variants?)\b|‹K\d+› mutants?\b|refractory (?:[\w-]+ )?‹[VX]\d+›")
_NOT_ONLY = re.compile(r"^ (?:[\w-]+ |‹[DC]\d+› ){0,4}not (?:restricted|limited|confined|exclusive|specific)\b")
_AFTER = re.compile(r"\b(?:after|following|upon|beyond|post|despite|overcom\w+)(?: [\w-]+| -| ‹[^›]+›){0,6} $")
_WHOSE = re.compile(r"(?:\b(?:cells?|patients?|tumou?rs?|lines?|cases?|models?|cancers?)|‹[XLO]\d+›) (?:with|showing|having) (?:[\w-]+ ){0,2}$")
_PRIOR = re.compile(r" (?:on|after|to|with|following|during) (?:an? |the |their )?(?:prior|previous|earlier)\b")
#: "distinct resistance dynamics" says that there is resistance, not whose
_MANNER = re.compile(r"^ (?:dynamics|patterns?|profiles?|landscapes?|signatures?|scores?)\b")
#: "drugs are still needed to improve survival"
_NEEDED = re.compile(r"\b(?:needed|required|warranted|necessary)\b[^;]{0,80}\bto (?:\w+ ){0,2}$")
#: what every cell does makes none resist
_ANY_PROCESS = re.compile(
    r"(?:apoptotic process|cell cycle|(?:innate |adaptive )?immune response|metabolic process|phosphorylation|cell (?:population proliferation|growth|migration|death|division)"
    r"|gene expression|transcription|translation|signal transduction|immune system process)$",
    re.IGNORECASE,
)
_REDUCED_IN = re.compile(
    r"\b(?:reduced|lost|abolished|abrogated|diminished|attenuated|absent|impaired|blunted|weaker|lower) (?:[\w-]+ ){0,2}(?:in|by|upon|with) (?:[\w-]+ )*$"
)
_SURVIVAL = re.compile(r"surviv|\b(?:os|pfs|dfs|rfs)\b|-free\b", re.IGNORECASE)
_OWN = re.compile(r"‹[DC]\d+› (?:- )?$")
_CELLS = re.compile(r" (?:(?!and\b|or\b|but\b|in\b|to\b)[\w/-]+ |‹[XLO]\d+› ){0,4}?(?:cells?|lines?|clones?|tumou?rs?|xenografts?|mice|‹[XL]\d+›)")
_ACTED = re.compile(
    r"\b(?:(?:re-?|chemo-?)?sensiti[sz](?:e[sd]?|ing)|restor(?:e[sd]?|ing)|(?:increas|enhanc|reduc|decreas|inhibit|suppress)(?:e[sd]?|ed|ing|s)? (?:the )?(?:[\w-]+ |‹[KP]\d+› )?"
    r"(?:sensitivity|chemosensitivity|response|viability|growth|proliferation|survival|‹[KP]\d+›) (?:of|in|to))\b[^;]{0,30}$"
)
#: "sensitive to DNA damage", "resistant to serum starvation": what is resisted is told, and is no therapy
_TO_ELSE = re.compile(
    r" to (?!the (?:drug|treatment|therap|agent|compound|combination|inhibitor)|[\w-]*(?:treatment|therap|drug|agent|inhibit|chemo|compound|blockade|combin|regimen|mono|dose)"
    r"|(?:it|them|these|this|that|those|both|either|all|any|each|such|further|other|an?|the|its|their|be|a|low|high|standard|first|second|third)\b|\w+ed\b)[a-zA-Z]"
    r"(?![^;.]{0,60}(?:‹[DC]|treatment|therap|drug|inhibit))"
)
_HORMONES = {"INS", "LEP"}
#: a sentence that tells what was measured, not what came out
_MEASURING = re.compile(r"\b(?:stud(?:y|ies)|assays?|test(?:s|ed|ing)?|screen\w*|measure\w*) (?:of|for) (?:the )?(?:‹[DC]\d+› )?$")
_CUT = re.compile(r" , (?:and|but|while|with|which|in) ")
#: what a finding holds beside, and does not deny it ("comparable to cells with T790M", "regardless of KRAS status")
_BESIDES = re.compile(
    r"(?:, |\( )?\b(?:(?:comparable|similar(?:ly)?|equivalent|identical) to|regardless of|irrespective of|independent(?:ly)? of)\b.*"
)
#: what the cue itself denies
_FEW = re.compile(r"^ (?:rates? )?(?:\( [^()]* \) )?(?:(?:to|with|of|for|on) (?:the )?‹[DC]\d+› )?(?:was|were|of|:) (?:only )?[0-5](?:\.\d+)? ?%")
_ONLY_FEW = re.compile(r"\bonly (?:one|two|1|2) (?:\( \d ?% \) )?(?:of|out of|/|in) (?:the )?\d\d+ [^;]{0,100}$")
#: "19 were sensitive and 9 resistant" says nothing of what they carry
_BOTH_COUNTED = re.compile(r"\b\d+ (?:[\w-]+ ){0,4}sensitive\b[^;]{0,40}\b\d+ (?:[\w-]+ ){0,4}(?:resistan|insensitiv|‹K)")
_LIST_OF_EFFECTS = re.compile(r"^(?:reduc|decreas|diminish|impair|attenuat|abrogat|abolish|less|lower).*(?: and| ,) $")
_PREDICTS = re.compile(r"\bpredict(?:s|ed)\b")
#: a heading of what was measured, not its result
_HEADING = re.compile(r"^best (?:overall )?(?:[\w-]+ )?response$")
#: what is given back its sensitivity was resistant
_GIVEN_BACK = re.compile(r"\b(?:rescu|restor|regain|re-?establish|recover)\w* (?:[\w-]+ ){0,2}$")
_DENIED = re.compile(r"^(?:no|little|limited|modest|minimal)\b")
#: a result that was not significant is none
_INSIGNIFICANT = re.compile(
    r"\b(?:non(?: -|-)? ?significant(?:ly)?|insignificant(?:ly)?|not (?:statistically )?significant(?:ly)?|trends?|tendency)\b(?: [\w%.-]+){0,6} $"
)
_PROVED_NOT = re.compile(r"^[^;]{0,60}?\b(?:(?:was|were|did) not (?:reach )?(?:statistically )?significan\w+|but (?:this )?(?:was )?not significant)")
#: "suppressed BIM and promoted resistance": the first verb is not about the resistance
_AND_DONE = re.compile(
    r" (?:and|but|thereby|thus|hence|,) (?:[\w-]+ )?(?:promot|increas|enhanc|induc|confer|caus|contribut|led|lead|drove|driv|mediat|trigger|result|develop|rais|acquir)\w*"
)
_FAILED = re.compile(
    r"\b(?:ineffective|not effective|no (?:[\w-]+ )?(?:activity|effect|response|benefit|‹K\d+›)|(?:did|does|do) not (?:respond|inhibit|affect|reduce)|failed|unable)\b|‹K\d+› as"
)
_NEITHER = re.compile(
    r"\b(?:neither|nor|none of) ‹[VGP]\d+› (?:\w+ )?(?:conferred|confers?|mediated|mediates?|induced|induces?|caused|causes?|drove|drives?) $"
)
_JUST_DENIED = re.compile(r"\b(?:no|not|never) (?:[\w-]+ ){0,2}$")
#: none of those treated
_NONE = re.compile(r"\bnone (?:of|had|showed|achieved)\b[^;]*$|\bno (?:patients?|responders?|case)\b[^;,]*$")


def direction_of(cue: Cue, said: str, left: str, right: str, how: str) -> tuple[str, str, bool]:
    """Return (predicate, polarity, whether something undoes the cue)."""
    if cue.kind == "short":
        return (
            (RESISTANCE, "negative", False)
            if _SAME.search(_own(left)[-60:]) or re.search(r"\bnot (?:[\w-]+ ){0,3}$", left) or _INSIGNIFICANT.search(left[-80:])
            else (RESISTANCE, "positive", False)
        )
    if cue.kind == "res":
        if _SAME.search(_own(left)[-60:]):
            return RESISTANCE, "negative", False
        undone = UNDONE_BEFORE.search(left)
        if undone and _AND_DONE.search(undone.group()):
            undone = None
        if (how == "cause" and _JUST_DENIED.search(left)) or _NEITHER.search(left):
            return RESISTANCE, "negative", True
        if not undone or how in ("mediated", "cause"):
            return RESISTANCE, "positive", bool(undone)
        if re.search(r"\b(?:no|not|without|never|absence of|lack of|nor|neither|fail\w*|unable|rather than)\b", undone.group()):
            return RESISTANCE, "negative", True
        return SENSITIVITY, "positive", True
    behind = _own_right(right)[:60] if how == "in" else _BESIDES.sub("", _own_right(right))[:60]
    if _SAME.search(_own(left)[-90:] + " " + behind):
        return RESISTANCE, "negative", False
    if _INSIGNIFICANT.search(left[-80:]) or _PROVED_NOT.match(right):
        return SENSITIVITY, "negative", False
    if _FEW.match(right) or _ONLY_FEW.search(left[-150:]) or _BUT_NOT_THE.search(left[-60:]):
        return SENSITIVITY, "negative", False
    lessened = (
        _lessened(said, left)
        or _LESS_INDUCED.search(left[-120:])
        or _DENIED.match(said)
        or _NONE.search(left)
        or re.search(r"\bnon ?-? ?$|\brescue\w* (?:[\w-]+ )?from [^;]{0,40}$", left)
        or _WAS_LESS.match(right)
        or (how == "in" and _REDUCED_IN.search(right.partition("‹V")[0]))
        or _NO_SUCCESS.match(right)
    )
    return (RESISTANCE, "positive", False) if lessened else (SENSITIVITY, "positive", False)


def _lessened(said: str, left: str) -> bool:
    """Whether a word of less before the cue is about it; in "reduced growth and reduced size" the first is about the first."""
    less = _LESS_BEFORE.search(left)
    return less is not None and not (_LIST_OF_EFFECTS.search(less.group()) and re.match(r"reduc|decreas|diminish|impair|inhibit|suppress", said))


def _own(left: str) -> str:
    """Return what stands before a cue, from where the last part of a list of findings begins."""
    cuts = [m.end() for m in _CUT.finditer(left)]
    return left[cuts[-1] :] if cuts else left


def _own_right(right: str) -> str:
    """Return what stands behind a cue, up to where the next finding of a list begins."""
    m = _CUT.search(right)
    return right[: m.start()] if m else right
