"""The headings and button words of PubMed pages, old layout (to 2020) and new.

Rule: lower case, no colon, no count; `page.heading` brings a line into that form. A heading that is missing here lets navigation into text, so the
list is generous; it holds no phrase that could be a title or an abstract on a line of its own.
"""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in text.split("|"))


#: what ends a stretch of text
STOPS = _names(
    """author information|affiliations|affiliation|pubmed disclaimer|disclaimer|conflict of interest statement|figures|figure
    |similar articles
    |similar articles in pubmed|cited by|cited by in pmc|publication types|publication type|mesh terms|substances|related information
    |grants and funding
    |grant support|linkout - more resources|full text links|full text sources|pubmed commons|pubmed commons home|how to join pubmed commons
    |supplemental content|supplementary info|supplementary concepts|comment in|comment on|erratum in|update in|update of|retraction in|associated data
    |miscellaneous|other literature sources|medical|research materials|save items|recent activity|write to the help desk|send to|choose destination
    |see comment in pubmed commons below|copyright and license information|images from this publication|secondary source id|personal name as subject
    |free pmc article|free article|copyright|format|actions|cite|collections|share|permalink|page navigation|title & authors|data availability
    |expression of concern in|corrected and republished in|loading ...
    |review|clinical trial|skip to main page content
    |publication types, mesh terms, substances
    |publication types, mesh terms|publication types, mesh terms, substances, grant support|investigators|collaborators|plain language summary
    |summary for patients in|access keys|u.s. flag|dot gov|https|free full text|full text|search|advanced|clipboard|email|save|create alert"""
)

#: what only a PubMed page has
MARKS = _names(
    """author information|pubmed disclaimer|similar articles|cited by|linkout - more resources|full text links|pubmed commons|pubmed commons home
    |how to join pubmed commons|supplemental content|send to|choose destination|see comment in pubmed commons below|skip to main page content
    |affiliations
    |mesh terms|publication types|conflict of interest statement|abstract|an official website of the united states government|free pmc article"""
)

#: publication types as the page prints them above or under the citation
TYPES = _names(
    """review|clinical trial|randomized controlled trial|meta-analysis|systematic review|case reports|comparative study|editorial|letter|comment
    |multicenter study|observational study|practice guideline|guideline|news|historical article|published erratum|retraction of publication
    |retracted publication|clinical trial, phase i|clinical trial, phase ii|clinical trial, phase iii|clinical trial, phase iv
    |controlled clinical trial|validation study|evaluation study|preprint|biography"""
)
