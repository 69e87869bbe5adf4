// Tables: with a caption, in a region that can be scrolled by keyboard, and whose cells change in place, so that what has the focus keeps it.
import { el } from "./dom.js";

/**
 * Makes a table. A column has a `label`, `cell(row)` that returns a text or a node, `num` where it holds numbers, and `mark(row)` where its cell is not to be
 * made anew but when that changes. The first column names the row. `show(rows)` fills it.
 */
export function table({ caption, columns, key, placeholder }) {
  // Roles that are said: a style that lays rows out as cards would take them away.
  const body = el("tbody", { role: "rowgroup" });
  const heads = columns.map((column) => el("th", { scope: "col", role: "columnheader", class: classOf(column) }, column.label));
  const grid = el("table", { class: "rows", role: "table" }, el("caption", { class: "hidden" }, caption), el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, heads)), body);
  const scroll = el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": caption }, grid);
  const none = el("div", { hidden: true }, placeholder ?? "");
  const known = new Map();

  function show(rows) {
    const wanted = new Set();
    let at = body.firstChild;
    for (const row of rows) {
      const id = key(row);
      wanted.add(id);
      let shown = known.get(id);
      if (!shown) known.set(id, shown = { element: el("tr", { role: "row" }), marks: [] });
      update(shown, row);
      if (shown.element === at) at = at.nextSibling;
      else body.insertBefore(shown.element, at);
    }
    for (const [id, shown] of known) {
      if (wanted.has(id)) continue;
      shown.element.remove();
      known.delete(id);
    }
    scroll.hidden = rows.length === 0;
    none.hidden = rows.length > 0;
  }

  function update(shown, row) {
    columns.forEach((column, index) => {
      const content = column.mark ? null : column.cell(row);
      const mark = column.mark ? String(column.mark(row)) : typeof content === "string" ? content : content?.outerHTML ?? "";
      if (shown.marks[index] === mark) return;
      shown.marks[index] = mark;
      const cell = index === 0 ? el("th", { scope: "row", role: "rowheader", class: classOf(column) }) : el("td", { role: "cell", class: classOf(column), "data-label": column.label });
      cell.append(column.mark ? column.cell(row) : content ?? "");
      const old = shown.element.children[index];
      if (old) old.replaceWith(cell);
      else shown.element.append(cell);
    });
  }

  return { element: el("div", { class: "card" }, scroll, none), bare: [scroll, none], show };
}

const classOf = (column) => [column.num ? "num" : "", column.class ?? ""].join(" ").trim() || null;
