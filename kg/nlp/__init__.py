"""spaCy components: from a section's text to mentions, groundings and evidence. spaCy is imported nowhere else."""

from kg.nlp.pipeline import PIPELINE_VERSION, Pipeline, build_language, extraction_version

__all__ = ["PIPELINE_VERSION", "Pipeline", "build_language", "extraction_version"]
