// Which groups take over from which: as a drawing, and as a list that says the same.
import { call } from "./api.js";
import { el, empty, head, svg } from "./dom.js";
import { healthBadge, toneOf } from "./deployments.js";

const kinds = [
  { member: "fallbacks", name: "when no deployment can answer", short: "outage" },
  { member: "contextWindowFallbacks", name: "when the prompt is too long", short: "too long" },
  { member: "contentPolicyFallbacks", name: "when a content filter refuses", short: "filtered" },
];
const width = 250;
const across = 110;
const line = 20;

export function show(main, { signal }) {
  const body = el("div", { class: "stack" });
  main.append(head("Fallbacks", "Which groups take over from which, and the deployments of each with their weight and order."), body);
  call("api/graph", { signal }).then(({ groups }) => {
    if (groups.length === 0) return body.append(el("div", { class: "card" }, empty("No groups", "The gateway serves no model groups.")));
    body.append(
      el("section", { class: "card stack", "aria-labelledby": "graph" }, el("h2", { id: "graph" }, "Drawing"), legend(),
        el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Drawing of the fallbacks" }, draw(groups))),
      el("section", { class: "card stack", "aria-labelledby": "list" }, el("h2", { id: "list" }, "List"), groups.map(listOf)));
  }).catch((error) => { if (!signal.aborted) body.append(el("div", { class: "card" }, empty("No answer", error.message))); });
}

function legend() {
  return el("ul", { class: "legend" }, kinds.map((kind, index) =>
    el("li", {}, svg("svg", { class: "graph", viewBox: "0 0 24 8", "aria-hidden": "true" }, svg("line", { class: `edge k${index}`, x1: 1, x2: 23, y1: 4, y2: 4 })), `takes over ${kind.name}`)));
}

function listOf(group) {
  const takesOver = kinds.filter((kind) => group[kind.member].length > 0).map((kind) => el("li", {}, `${kind.name[0].toUpperCase()}${kind.name.slice(1)}: ${group[kind.member].join(", then ")}`));
  return el("div", {}, el("h3", {}, group.name, el("span", { class: "muted" }, ` ${group.kind}`)),
    el("ul", {}, group.deployments.map((one) => el("li", {}, `${one.name}, weight ${one.weight}, order ${one.order} `, one.isShadow && "(shadow) ", healthBadge(one.health))), takesOver.length > 0 ? takesOver : el("li", { class: "muted" }, "No group takes over.")));
}

// A group stands to the right of all that it takes over from, unless that goes in a circle.
function columnsOf(groups) {
  const byName = new Map(groups.map((group) => [group.name, group]));
  const column = new Map(groups.map((group) => [group.name, 0]));
  const next = (name) => kinds.flatMap((kind) => byName.get(name)[kind.member]);
  for (let round = 0; round < groups.length; round++) {
    let moved = false;
    for (const { name } of groups) {
      for (const other of next(name)) {
        if (column.get(other) > column.get(name) || column.get(name) + 1 >= groups.length || leadsTo(other, name, next)) continue;
        column.set(other, column.get(name) + 1);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return column;
}

function leadsTo(from, to, next, seen = new Set()) {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return next(from).some((name) => leadsTo(name, to, next, seen));
}

function draw(groups) {
  const column = columnsOf(groups);
  const lanes = { next: 0, count: groups.reduce((sum, group) => sum + kinds.flatMap((kind) => group[kind.member]).filter((name) => column.get(name) > column.get(group.name) + 1).length, 0) };
  const above = 8 + lanes.count * 12;
  const fill = [];
  const boxes = new Map();
  for (const group of [...groups].sort((a, b) => column.get(a.name) - column.get(b.name))) {
    const at = column.get(group.name);
    const tall = 38 + line * group.deployments.length;
    boxes.set(group.name, { x: 4 + at * (width + across), y: fill[at] ?? above + 8, tall, group, column: at });
    fill[at] = (fill[at] ?? above + 8) + tall + 26;
  }
  const wide = Math.max(...[...boxes.values()].map((box) => box.x)) + width + 34;
  const tall = Math.max(...fill.filter(Boolean));
  const drawing = svg("svg", { class: "graph", viewBox: `0 0 ${wide} ${tall}`, width: wide, height: tall, role: "img", "aria-label": "The list below says the same as this drawing." });
  for (const box of boxes.values()) {
    kinds.forEach((kind, index) => box.group[kind.member].forEach((name) => boxes.has(name) && drawing.append(...edge(box, boxes.get(name), index, lanes))));
  }
  for (const box of boxes.values()) drawing.append(node(box));
  return drawing;
}

// To the next column at once; over the columns between in a lane above all groups; and back, or within a column, around the right side.
function edge(from, to, kind, lanes) {
  const startX = from.x + width;
  const startY = from.y + 14 + kind * 9;
  const endY = to.y + 14 + kind * 9;
  const endX = to.x - 8;
  const draw = (d, tip) => [svg("path", { class: `edge k${kind}`, d }), svg("path", { class: `tip k${kind}`, d: tip })];
  const into = `M${to.x} ${endY}l-9 -5v10z`;
  if (to.column === from.column + 1) {
    const half = startX + across / 2;
    return draw(`M${startX} ${startY}C${half} ${startY} ${half} ${endY} ${endX} ${endY}`, into);
  }
  if (to.column > from.column) {
    const lane = 8 + 12 * lanes.next++;
    const up = startX + 30 + kind * 10;
    const down = to.x - 30 - kind * 10;
    return draw(`M${startX} ${startY}H${up - 8}q8 0 8 -8V${lane + 8}q0 -8 8 -8H${down - 8}q8 0 8 8V${endY - 8}q0 8 8 8H${endX}`, into);
  }
  const right = to.x + width;
  return draw(`M${startX} ${startY}C${startX + 44} ${startY} ${right + 52} ${endY} ${right + 8} ${endY}`, `M${right} ${endY}l9 -5v10z`);
}

function node({ x, y, tall, group }) {
  return svg("g", {}, svg("rect", { class: "node", x, y, width, height: tall, rx: 10 }), svg("text", { class: "title", x: x + 14, y: y + 22 }, cut(group.name, 24)), svg("text", { class: "dim", x: x + width - 14, y: y + 22, "text-anchor": "end" }, group.kind),
    group.deployments.map((one, index) => {
      const at = y + 44 + index * line;
      return [svg("circle", { class: `h-${toneOf(one.health)}`, cx: x + 19, cy: at - 4, r: 4 }), svg("text", { class: "item", x: x + 30, y: at }, cut(one.name, 25)),
        svg("text", { class: "dim", x: x + width - 14, y: at, "text-anchor": "end" }, `${one.weight} · ${one.order}`)];
    }));
}

const cut = (text, most) => text.length <= most ? text : `${text.slice(0, most - 1)}…`;
