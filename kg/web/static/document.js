// Lead to any stretch of the text: #char=8,14 counts characters (code points) from its beginning.
"use strict";

(() => {
  const text = document.getElementById("document");

  function asked() {
    const found = /^#char=(\d+)(?:,(\d+))?$/.exec(decodeURIComponent(location.hash));
    if (!found) return null;
    const start = Number(found[1]);
    return { start, end: found[2] === undefined ? start + 1 : Number(found[2]) };
  }

  // Marks are taken off by putting the words back as one node, so that offsets stay simple.
  function unmark() {
    for (const mark of text.querySelectorAll("mark.chosen")) {
      const whole = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      whole.normalize();
    }
  }

  function mark(piece, from, until) {
    const points = Array.from(piece.textContent);
    const before = points.slice(0, from).join("");
    const inside = points.slice(from, until).join("");
    const chosen = document.createElement("mark");
    chosen.className = "chosen";
    chosen.textContent = inside;
    piece.replaceChildren(before, chosen, points.slice(until).join(""));
    return chosen;
  }

  function lead() {
    unmark();
    const span = asked();
    if (!span || span.end <= span.start) return;
    let first = null;
    for (const piece of text.querySelectorAll("[data-start]")) {
      const start = Number(piece.dataset.start);
      if (start >= span.end) break;
      const length = Array.from(piece.textContent).length;
      const from = Math.max(span.start - start, 0);
      const until = Math.min(span.end - start, length);
      if (from < until) first = mark(piece, from, until) && (first || piece.querySelector("mark"));
    }
    if (first) first.scrollIntoView({ block: "center" });
  }

  addEventListener("hashchange", lead);
  lead();
})();
