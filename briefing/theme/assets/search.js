/* The search of the site. Python made an inverted index (briefing/searching); here a query is folded in the same way
   (words.py; tests/test_search.py compares the two), looked up and ranked. The index is loaded when somebody first wants to
   search, by a script element, because pages opened from a file may not fetch. */
(() => {
  "use strict";

  // ------------------------------------------------------------------------------------------- words (as in words.py)
  const ENDINGS = [["ung", 8], ["ing", 7], ["ern", 7], ["em", 8], ["en", 6], ["er", 6], ["es", 6], ["ed", 6],
    ["e", 5], ["s", 5], ["n", 5], ["t", 5]];
  const SHORTEST = 4;

  const folded = (text) => {
    const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss")
      .replace(/(\d)[.,'’\u00a0\u2009\u202f ](?=\d{3}(?!\d))/g, "$1");
    return (plain.match(/[\p{L}\p{N}]+/gu) || []).map((word) => word.replace(/([aou])e/g, "$1"));
  };

  const stem = (word) => {
    if (!/^\p{L}+$/u.test(word)) return word;
    for (;;) {
      const found = ENDINGS.find(([ending, longest]) =>
        word.length >= longest && word.length - ending.length >= SHORTEST && word.endsWith(ending));
      if (!found) break;
      word = word.slice(0, -found[0].length);
    }
    return word.endsWith("y") && word.length > SHORTEST ? word.slice(0, -1) + "i" : word;
  };

  // ---------------------------------------------------------------------------------------------------------- matching
  /* Edits (insert, delete, replace, swap neighbours) from a to b; more than `most` is as good as infinite. */
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[b.length];
  };

  /* The terms of the index that a word of the query may mean, each with how surely. */
  const candidates = (word, index, isLast) => {
    const terms = index.terms, root = stem(word), found = new Map();
    const add = (n, weight) => { if (weight > (found.get(n) || 0)) found.set(n, weight); };
    const isNumber = /\d/.test(word);
    terms.forEach((term, n) => {
      if (term === root) add(n, 1);
      else if (isNumber) { if (isLast && term.startsWith(word)) add(n, .6); }
      else if (root.length >= 3 && term.startsWith(root)) add(n, .75 * Math.max(.5, root.length / term.length) + .1);
      else if (isLast && word.length >= 2 && term.startsWith(word)) add(n, .5);
      else if (root.length >= 4 && term.endsWith(root)) add(n, .7);
      else if (root.length >= 5 && term.includes(root)) add(n, .5);
      else if (term.length >= 5 && !/\d/.test(term) && (root.startsWith(term) || root.endsWith(term))) add(n, .4);
    });
    // One typo, two in a long word; only where nothing else begins like the word.
    if (!isNumber && root.length >= 4 && ![...found.values()].some((weight) => weight >= .7)) {
      const most = root.length >= 8 ? 2 : 1;
      // The ending may hold the typo: then the word as it stands is nearer than its stem.
      const least = word.length >= 8 ? 2 : 1;
      index.forms.forEach((form, n) => {
        const edits = distance(word, form, least);
        if (edits <= least) add(index.stems[n], (edits === 1 ? .65 : .45) - (word[0] === form[0] ? 0 : .2));
      });
      terms.forEach((term, n) => {
        if (/\d/.test(term)) return;
        const edits = distance(root, term, most);
        if (edits <= most) add(n, (edits === 1 ? .65 : .45) - (root[0] === term[0] ? 0 : .2));
        // The typo may stand in one part of a compound, or the word may still be being typed.
        else if (term.length > root.length + 1 && root.length >= 5) {
          if (distance(root, term.slice(0, root.length), 1) <= 1 || distance(root, term.slice(-root.length), 1) <= 1) add(n, .35);
        }
      });
    }
    return found;
  };

  const search = (index, query) => {
    const words = [...new Set(folded(query))].slice(0, 12);
    const count = index.docs.length;
    const rarity = (n) => Math.log(1 + count / (index.postings[n].length / 2 + .5));
    const scores = new Map(), hits = new Set();
    let whole = 0;
    words.forEach((word, w) => {
      const found = candidates(word, index, w === words.length - 1);
      const best = new Map();
      let rarest = 0;
      for (const [n, weight] of found) {
        hits.add(index.terms[n]);
        rarest = Math.max(rarest, rarity(n) * weight);
        const list = index.postings[n];
        for (let i = 0; i < list.length; i += 2) {
          const score = weight * rarity(n) * list[i + 1] / 100;
          if (score > (best.get(list[i]) || 0)) best.set(list[i], score);
        }
      }
      // A word that stands nowhere counts as a rare one, so that an entry with all others does not look complete.
      const worth = found.size ? rarest : Math.log(1 + count) / 2;
      whole += worth;
      for (const [doc, score] of best) {
        const sum = scores.get(doc) || { score: 0, worth: 0 };
        scores.set(doc, { score: sum.score + score, worth: sum.worth + worth });
      }
    });
    return {
      hits,
      words,
      found: [...scores].map(([doc, sum]) => ({ doc, score: sum.score * Math.pow(sum.worth / whole, 2) * index.boosts[doc] }))
        .sort((a, b) => b.score - a.score || a.doc - b.doc),
    };
  };

  /* By page, best first; of a page its best entries. */
  const grouped = (index, found, most) => {
    const pages = new Map();
    for (const { doc, score } of found) {
      const [location] = index.docs[doc];
      const page = location.split("#")[0];
      if (!pages.has(page)) { if (pages.size === most) continue; pages.set(page, []); }
      pages.get(page).push({ doc, score });
    }
    return [...pages.values()];
  };

  // ---------------------------------------------------------------------------------------------------------- the page
  const box = document.querySelector("[data-briefing-search]");
  if (!box) return;
  const labels = JSON.parse(document.getElementById("briefing-labels").textContent);
  const input = box.querySelector("input"), list = box.querySelector("ol"), meta = box.querySelector(".md-search-result__meta");
  const toggle = document.getElementById("__search");
  const root = box.dataset.root;
  let index = null, loading = null;

  const load = () => loading = loading || new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = box.dataset.index;
    script.onload = () => { index = window.briefing_search; resolve(index); };
    script.onerror = reject;
    document.head.append(script);
  });

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  /* The text with the words marked that the query found. */
  const marked = (text, hits) => {
    const made = document.createDocumentFragment();
    for (const part of text.split(/([\p{L}\p{N}]+)/u)) {
      const isHit = part && folded(part).some((word) => hits.has(stem(word)));
      made.append(isHit ? element("mark", {}, part) : part);
    }
    return made;
  };

  const count = (text, hits) => new Set(folded(text).map(stem).filter((word) => hits.has(word))).size;
  /* The quotation that holds more of what was looked for than the statement itself, if one does. */
  const telling = (text, proof, hits) => {
    const [best, found] = proof.reduce((most, one) => (count(one[0], hits) > most[1] ? [one, count(one[0], hits)] : most), [null, count(text, hits)]);
    return found && best ? element("p", { class: "proof", lang: best[1] }, marked(best[0], hits)) : "";
  };

  const entry = (doc, hits, isFirst) => {
    const [location, page, title, text, kind, language, proof = []] = index.docs[doc];
    const heading = isFirst ? element("h2", {}, kind === "passage" || kind === "source" ? `${labels.search_source}: ${page}` : page) : "";
    const body = [title && title !== page ? marked(title + (text ? ", " : ""), hits) : "", marked(text, hits)];
    const target = location.replace(/\/(#|$)/, "/index.html$1");
    return element("a", { href: root + target, class: "md-search-result__link" },
      element("article", { class: "md-search-result__article md-typeset", "data-kind": kind }, heading,
        element("p", { lang: language }, ...body), telling(text, proof, hits)));
  };

  const show = () => {
    const query = input.value.trim();
    list.replaceChildren();
    if (!query) { meta.textContent = labels.search_start; return; }
    if (!index) return;
    const result = search(index, query);
    const pages = grouped(index, result.found, 12);
    meta.textContent = !pages.length ? labels.search_none
      : (pages.length === 1 ? labels.search_one : labels.search_other.replace("{n}", pages.length));
    for (const entries of pages) {
      const item = element("li", { class: "md-search-result__item" }, entry(entries[0].doc, result.hits, true));
      const others = entries.slice(1, 6);
      if (others.length) {
        item.append(element("details", { class: "md-search-result__more" },
          element("summary", { tabindex: "0" }, element("div", {}, labels.search_more.replace("{n}", others.length))),
          ...others.map(({ doc }) => entry(doc, result.hits, false))));
      }
      list.append(item);
    }
  };

  const open = () => {
    toggle.checked = true;
    load().then(show, () => { meta.textContent = labels.search_unavailable; });
  };
  const close = () => { toggle.checked = false; input.blur(); };

  input.addEventListener("focus", open);
  input.addEventListener("input", () => { open(); });
  toggle.addEventListener("change", () => { if (toggle.checked) input.focus(); });
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  box.querySelector("form").addEventListener("reset", () => setTimeout(() => { input.focus(); show(); }));
  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest("input, textarea, select, [contenteditable]");
    if (!writes && !event.ctrlKey && !event.metaKey && !event.altKey && (event.key === "/" || event.key === "s" || event.key === "f")) {
      event.preventDefault();
      input.focus();
    } else if (event.key === "Escape" && toggle.checked) {
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && toggle.checked) {
      const stops = [input, ...list.querySelectorAll(".md-search-result__item > a, details[open] a, summary")];
      const at = stops.indexOf(document.activeElement);
      const next = stops[(at + (event.key === "ArrowDown" ? 1 : -1) + stops.length) % stops.length];
      if (at >= 0) { event.preventDefault(); next.focus(); toggle.checked = true; }
    }
  });
  // A result on the page one is on: the address changes, nothing loads, so the results must go away by themselves.
  list.addEventListener("click", (event) => { if (event.target.closest("a")) close(); });
  document.addEventListener("click", (event) => {
    if (toggle.checked && !box.contains(event.target) && !event.target.closest("label[for=__search]") && event.target !== toggle) close();
  });
  // What the tests compare with Python.
  window.briefing_words = { folded, stem };
})();
