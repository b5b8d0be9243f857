"""The briefing in the formats of other tools, one module a format; `briefing.exports` gathers them."""
