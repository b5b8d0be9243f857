/* What the pages do besides being read: footnotes under the pointer, the focus or a finger, and citing a statement. Without
   it everything is still there: footnotes are links, the way back is a link. */
(() => {
  "use strict";
  const box = document.getElementById("briefing-labels");
  if (!box) return;
  const labels = JSON.parse(box.textContent);

  // ---------------------------------------------------------------------------------------------------------- footnotes
  const note = document.createElement("div");
  note.className = "briefing-note md-typeset";
  note.id = "briefing-note";
  note.setAttribute("role", "tooltip");
  note.hidden = true;
  let shownFor = null, timer = 0, finger = false;

  const place = (mark) => {
    const at = mark.getBoundingClientRect(), own = note.getBoundingClientRect();
    const left = Math.min(Math.max(6, at.left - 24), document.documentElement.clientWidth - own.width - 6);
    const above = at.bottom + own.height + 12 > window.innerHeight && at.top > own.height + 60;
    const from = (note.offsetParent || document.body).getBoundingClientRect();
    note.style.left = `${left - from.left}px`;
    note.style.top = `${(above ? at.top - own.height - 6 : at.bottom + 6) - from.top}px`;
  };
  const hide = () => {
    clearTimeout(timer);
    if (!shownFor) return;
    shownFor.removeAttribute("aria-describedby");
    shownFor = null;
    note.hidden = true;
  };
  const show = (mark) => {
    clearTimeout(timer);
    if (shownFor === mark) return;
    const target = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
    if (!target) return;
    hide();
    note.replaceChildren(...[...target.childNodes].map((child) => child.cloneNode(true)));
    note.querySelectorAll(".footnote-backref").forEach((back) => back.remove());
    note.querySelectorAll("[id]").forEach((named) => named.removeAttribute("id"));
    if (!note.isConnected) (document.querySelector(".md-content") || document.body).append(note);
    note.hidden = false;
    mark.setAttribute("aria-describedby", note.id);
    shownFor = mark;
    place(mark);
  };
  const soon = (action, wait) => { clearTimeout(timer); timer = setTimeout(action, wait); };

  document.querySelectorAll("a.footnote-ref").forEach((mark) => {
    mark.addEventListener("mouseenter", () => { if (!finger) soon(() => show(mark), 120); });
    mark.addEventListener("mouseleave", () => soon(hide, 300));
    mark.addEventListener("focus", () => { if (!finger && mark.matches(":focus-visible")) show(mark); });
    mark.addEventListener("blur", (event) => { if (!note.contains(event.relatedTarget)) soon(hide, 150); });
    // A finger cannot hover: the first tap shows the note, a second one goes to it.
    mark.addEventListener("click", (event) => {
      if (finger && shownFor !== mark) { event.preventDefault(); show(mark); } else hide();
    });
  });
  document.addEventListener("pointerdown", (event) => {
    finger = event.pointerType === "touch";
    if (shownFor && !note.contains(event.target) && event.target.closest("a.footnote-ref") !== shownFor) hide();
  }, true);
  document.addEventListener("keydown", (event) => { finger = false; if (event.key === "Escape") hide(); }, true);
  note.addEventListener("mouseenter", () => clearTimeout(timer));
  note.addEventListener("mouseleave", () => soon(hide, 300));
  addEventListener("resize", hide);

  // ------------------------------------------------------------------------------------------- arriving at a folded place
  const unfold = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let outer = target && target.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
    if (target && target.closest("details")) target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
  // Paper cannot be unfolded.
  addEventListener("beforeprint", () => document.querySelectorAll(".md-content details").forEach((one) => { one.open = true; }));

  // ------------------------------------------------------------------------------------------------------------- citing
  const statementText = (statement) => {
    const copy = statement.querySelector("p").cloneNode(true);
    copy.querySelectorAll("sup").forEach((mark) => mark.remove());
    return copy.textContent.trim();
  };
  const citations = (link) => {
    const statement = link.closest(".statement");
    const canonical = document.querySelector("link[rel=canonical]");
    const shown = canonical && link.pathname === location.pathname ? canonical.href + link.hash : link.href;
    const url = /^http/.test(shown) ? shown.replace(/index\.html(?=#|$)/, "") : shown;
    const text = statementText(statement), day = new Date().toISOString().slice(0, 10);
    const key = link.hash.slice(1);
    const tex = (words) => words.replace(/[\\{}%&$#_~^]/g, (mark) =>
      ({ "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" })[mark] || `\\${mark}`);
    return {
      url,
      [labels.cite_plain]: `${text} ${labels.site}${labels.as_of ? ` (${labels.as_of_shown})` : ""}. ${url}`,
      [labels.cite_bibtex]: `@misc{${key},\n  title = {{${tex(text)}}},\n  howpublished = {${tex(labels.site)}},\n`
        + `${labels.as_of ? `  year = {${labels.as_of.slice(0, 4)}},\n` : ""}  url = {${url}},\n  urldate = {${day}},\n}`,
      [labels.cite_csl]: JSON.stringify([{
        id: key, type: "webpage", title: text, "container-title": labels.site, URL: url, language: labels.language,
        ...(labels.as_of ? { issued: { "date-parts": [labels.as_of.split("-").map(Number)] } } : {}),
        accessed: { "date-parts": [day.split("-").map(Number)] },
      }], null, 1),
    };
  };
  const button = (text, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", action);
    return made;
  };
  /* From a file or an unsafe address browsers refuse the clipboard; then the words are selected for the reader to copy. */
  const copy = async (text, own, from) => {
    try {
      await navigator.clipboard.writeText(text);
      const before = own.textContent;
      own.textContent = labels.copied;
      setTimeout(() => { own.textContent = before; }, 1500);
    } catch {
      getSelection().selectAllChildren(from);
    }
  };
  const dialog = document.createElement("dialog");
  dialog.className = "briefing-cite";
  const openCitations = (link) => {
    const { url, ...formats } = citations(link);
    const title = document.createElement("h2");
    title.id = "briefing-cite-title";
    title.textContent = labels.cite_title;
    dialog.setAttribute("aria-labelledby", title.id);
    const parts = Object.entries({ [labels.link]: url, ...formats }).flatMap(([name, text]) => {
      const head = document.createElement("h3"), body = document.createElement("pre");
      body.textContent = text;
      body.tabIndex = 0;
      const act = button(labels.copy, () => copy(text, act, body));
      act.setAttribute("aria-label", `${labels.copy}: ${name}`);
      head.append(name, act);
      return [head, body];
    });
    dialog.replaceChildren(title, ...parts, button(labels.close, () => dialog.close()));
    if (!dialog.isConnected) document.body.append(dialog);
    dialog.showModal();
  };
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.querySelectorAll(".statement .permalink").forEach((link) => {
    const cite = button(labels.cite, () => openCitations(link));
    cite.className = "cite";
    link.after(" ", cite);
  });

  // ------------------------------------------------------------------------------------------------------------ printing
  document.querySelectorAll(".screen-only").forEach((place) => {
    const act = button(labels.print, () => print());
    act.className = "cite";
    place.append(" ", act);
  });
})();
