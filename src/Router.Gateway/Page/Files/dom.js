// Elements made of data. A text becomes a text node, always: nothing here reads HTML.

const svgSpace = "http://www.w3.org/2000/svg";

/** Makes an element. `on…` are listeners, `class` and other names attributes; null and false are left out. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Makes an element of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(svgSpace, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

let numbers = 0;

/** Returns an id that nothing else on the page has. */
export const newId = (prefix) => `${prefix}-${++numbers}`;

/** A labelled control. `hint` is read with it. */
export function field(label, control, { hint, wide } = {}) {
  control.id ||= newId("f");
  const hintId = hint && newId("h");
  if (hint) control.setAttribute("aria-describedby", hintId);
  return el("div", { class: wide ? "field wide" : "field" }, el("label", { for: control.id }, label), control, hint && el("span", { class: "hint", id: hintId }, hint));
}

/** A choice among a few, as radio buttons. */
export function segments(legend, name, options, value, onchange) {
  return el("fieldset", { class: "segments" }, el("legend", { class: "hidden" }, legend),
    options.map(([key, label]) => el("label", {}, el("input", { type: "radio", name, value: key, checked: key === value, onchange: () => onchange(key) }), label)));
}

/** A select with options `[value, label]`. */
export function select(options, value, attributes = {}) {
  const control = el("select", attributes);
  setOptions(control, options, value);
  return control;
}

/** Replaces the options of a select, and keeps what is chosen. */
export function setOptions(control, options, value = control.value) {
  const wanted = JSON.stringify(options);
  if (control.dataset.options === wanted) return;
  control.dataset.options = wanted;
  control.replaceChildren(...options.map(([key, label]) => el("option", { value: key }, label)));
  if (options.some(([key]) => key === value)) control.value = value;
}

/** The head of a view: its title, what it is, and what can be done. */
export function head(title, text, ...tools) {
  return el("div", { class: "head" }, el("div", { class: "stack-tight" }, el("h1", { tabindex: -1 }, title), text && el("p", { class: "muted" }, text)), tools.length > 0 && el("div", { class: "row" }, tools));
}

/** What stands where there is nothing to show. */
export const empty = (title, text) => el("p", { class: "empty" }, el("b", {}, title), text);

/** A badge: its word says all, its colour repeats it. */
export const badge = (text, tone = "") => el("span", { class: `badge ${tone}` }, text);

/** How much of something is used, as a bar beside a number that says the same. */
export function meter(part) {
  const bar = el("i");
  bar.style.width = `${Math.round(Math.min(1, Math.max(0, part)) * 100)}%`;
  return el("div", { class: part >= 0.9 ? "meter high" : "meter", "aria-hidden": "true" }, bar);
}

/** Says something to a screen reader. */
export function say(text) {
  const said = document.getElementById("said");
  said.textContent = "";
  setTimeout(() => { said.textContent = text; }, 50);
}
