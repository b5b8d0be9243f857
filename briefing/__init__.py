"""A citation-first briefing generator."""
