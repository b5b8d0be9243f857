"""The search of the site: an inverted index, made while building, that a small script in the browser reads.

Material's search was measured on German text and found 16 of 39 ordinary queries: it appends `*` to each word, which
switches its stemming off, knows no compounds, and builds its index anew on every page view (6 to 7 s of CPU at 3,000
pages). Here everything that costs time or needs language data happens once, in Python; the browser folds the query in
the same way (`theme/assets/search.js` mirrors `words.py`, and a test holds them together), looks its words up, and
ranks. A result is a statement with its anchor, not a page.

What an entry can be found by, besides its own words: the same statement in the site's other languages, the quoted words
and their translation, lemmas, all other names of whoever it names (`names.yml`), and the exact values of its figures.
"""

from briefing.searching.entries import Entry, entries
from briefing.searching.index import plain_index, search_index

__all__ = ["Entry", "entries", "plain_index", "search_index"]
