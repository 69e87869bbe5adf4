// Dialogs that ask, and notices that say what was done, with a way back.
import { el, newId } from "./dom.js";

/** Shows a dialog and returns what its buttons give; null where it was left. The browser keeps the focus within it, and gives it back. */
export function dialog(title, build) {
  return new Promise((resolve) => {
    const id = newId("d");
    let result = null;
    const box = el("dialog", { "aria-labelledby": id, onclose: () => { box.remove(); resolve(result); } });
    const close = (value) => { result = value ?? null; box.close(); };
    box.append(el("h2", { id }, title), ...[build(close)].flat());
    document.body.append(box);
    box.showModal();
  });
}

/** Asks before something is done. */
export function confirm(title, text, action, { danger } = {}) {
  return dialog(title, (close) => el("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); close(true); } },
    el("p", {}, text),
    el("div", { class: "row end" }, el("button", { type: "button", autofocus: true, onclick: () => close(null) }, "Cancel"), el("button", { class: danger ? "danger" : "main" }, action))));
}

/** Says what was done. It stays until it is closed, or until three others have come, unless it `passes` after some seconds; `undo` offers the way back. */
export function notify(text, undo, { passes } = {}) {
  const toasts = document.getElementById("toasts");
  const toast = el("div", { class: "toast" }, el("span", {}, text),
    undo && el("button", { type: "button", class: "small", onclick: () => { toast.remove(); undo(); } }, "Undo"),
    el("button", { type: "button", class: "small quiet", "aria-label": "Close notice", onclick: () => toast.remove() }, "Close"));
  toasts.append(toast);
  if (passes) setTimeout(() => toast.remove(), 8000);
  while (toasts.childElementCount > 3) toasts.firstElementChild.remove();
}

/** A form in a dialog: `fields` are controls by name, `submit(values)` does the work, and what it throws is shown beside the buttons. */
export function formDialog(title, controls, action, submit, { note } = {}) {
  return dialog(title, (close) => {
    const error = el("p", { class: "error", role: "alert" });
    const button = el("button", { class: "main" }, action);
    const work = async (event) => {
      event.preventDefault();
      button.disabled = true;
      error.textContent = "";
      try {
        close(await submit() ?? true);
      } catch (problem) {
        error.textContent = problem.message;
        button.disabled = false;
        button.focus();
      }
    };
    return el("form", { onsubmit: work, novalidate: false }, note && el("p", { class: "muted" }, note), el("div", { class: "fields" }, controls), error,
      el("div", { class: "row end" }, el("button", { type: "button", onclick: () => close(null) }, "Cancel"), button));
  });
}
