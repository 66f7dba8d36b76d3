// What looks.py asks of a page. Run by the debugger in the page's own world; the policy stays in force.
window.looks = (() => {
  const visible = (one) => one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const told = (one) => {
    const words = one.ariaLabel || one.labels?.[0]?.textContent || one.textContent || one.name;
    return `${one.tagName.toLowerCase()} “${plain(words).slice(0, 60)}”`;
  };

  // Inside the vendored editor of guidance, which draws a cell anew when the focus comes to it: that its cells are
  // reached and written by keyboard is shown in test_guidance_editor.py.
  const ours = (one) => !one.closest("[data-editor]");

  // What the Tab key should reach: of radio buttons one for each group.
  function reachable() {
    const groups = new Set();
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
      .filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && visible(one))
      .filter((one) => {
        if (one.type !== "radio") return true;
        const group = `${one.form?.id} ${one.name}`;
        return !groups.has(group) && groups.add(group);
      });
  }

  // How a control is drawn, with the circle or square that stands for a radio button or a box to tick.
  const parts = (one) => [[one], [one.nextElementSibling, "::before"]].filter(([it]) => it);
  const drawn = (one) => parts(one).map(([it, part]) => {
    const s = getComputedStyle(it, part);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor].join();
  }).join(" | ");

  // Its middle lies on top, not under a bar; of a tall box, a part that can be written in.
  const onTop = (one) => [...one.getClientRects()].filter((box) => box.width && box.height).some((box) =>
    (box.height < 60 ? [0.5] : [0.5, 0.2, 0.8]).some((down) => {
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height * down);
      return one.contains(top) || [...one.labels ?? []].some((label) => label.contains(top));
    }));

  // The walk begins at the very top. Whether a stop can be seen is asked as the focus arrives and again
  // as it leaves: by then the browser has scrolled it into view.
  let walk;
  function begin() {
    const start = document.createElement("span");
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
    const all = reachable();
    const before = new Map(all.map((one) => [one, drawn(one)]));
    walk = { all, stops: [], hidden: [], unmarked: [] };
    const same = (one, other) => one === other
      || (one.type === "radio" && one.name === other.name && one.form === other.form);
    document.addEventListener("focusin", ({ target }) => {
      walk.stops.push(all.findIndex((one) => same(one, target)));
      if (ours(target) && before.get(target) === drawn(target)) walk.unmarked.push(told(target));
      walk.seen = onTop(target);
    });
    document.addEventListener("focusout", ({ target }) => {
      if (target !== start && ours(target) && !walk.seen && !onTop(target)) walk.hidden.push(told(target));
    });
    return all.length;
  }

  function end() {
    const { all, stops, hidden, unmarked } = walk;
    const known = stops.slice(0, all.length).filter((number) => number >= 0);
    return {
      missed: all.filter((one, number) => ours(one) && !stops.includes(number)).map(told),
      backwards: known.slice(1).filter((number, at) => number < known[at]).map((number) => told(all[number])),
      hidden, unmarked,
    };
  }

  // The same words may lead to different places only from rows that tell them apart.
  const ROW = "[data-row], li, article, p, .nwd-kept, .nwd-promise, .nwd-clocked, .nwd-team";
  function links() {
    const places = new Map();
    for (const link of [...document.querySelectorAll("a[href]")].filter(ours).filter(visible)) {
      const words = plain(link.ariaLabel || link.textContent);
      const row = plain(link.closest("main, aside") && link.closest(ROW)?.textContent);
      places.set(words, [...places.get(words) ?? [], [link.href, row !== words && row]]);
    }
    return [...places].filter(([words, all]) => !words
      || (new Set(all.map(([href]) => href)).size > 1 && all.some(([, row]) => !row)))
      .map(([words, all]) => `“${words}” leads to ${[...new Set(all.map(([href]) => href))].join(" and ")}`);
  }

  // Under forced colours shadows and backgrounds are gone: only an outline can say where the focus is.
  const outlined = (one) => parts(one).some(([it, part]) => {
    const s = getComputedStyle(it, part);
    return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
  });
  const unoutlined = () => reachable().filter(ours).filter((one) => {
    one.focus({ focusVisible: true, preventScroll: true });
    return !outlined(one);
  }).map(told);

  // How each name looks, by the kind of place it stands in: late and other rows are of one kind.
  function names() {
    document.activeElement.blur();
    return [...document.querySelectorAll(".nwd-name, .nwd-name a")].map((one) => {
      const s = getComputedStyle(one);
      const place = one.closest("table, article, li, section")?.className.split(" ")[0];
      const look = [s.color, s.backgroundColor, s.backgroundImage, s.fontWeight, s.fontStyle, s.textDecorationColor];
      return [`${one.tagName} in ${place}`, look.join(" ")];
    });
  }

  // A browser that had to close a paragraph early leaves an empty one behind.
  const mended = () => [...document.querySelectorAll("main p:empty, aside p:empty")]
    .filter((one) => !one.hasAttribute("role") && !one.matches("[data-draft-status]"))
    .map((one) => `an empty paragraph before ${one.nextElementSibling?.outerHTML.slice(0, 80)}`);

  const left = (selector) => [...document.querySelectorAll(selector)]
    .filter((one) => visible(one) && one.getBoundingClientRect().width > 1).map(told);

  return { begin, end, links, mended, unoutlined, names, left };
})();
0;
