// The frame of the page: which view is shown, the key, the theme, and whether the gateway can be reached.
import { call, keys, session } from "./api.js";
import { el, field, head, say } from "./dom.js";

const views = {
  live: () => import("./live.js"),
  deployments: () => import("./deployments.js"),
  plots: () => import("./plots.js"),
  requests: () => import("./requests.js"),
  access: () => import("./access.js"),
  playground: () => import("./playground.js"),
  graph: () => import("./graph.js"),
};
const main = document.getElementById("main");
const nav = document.querySelector(".views");
const leave = document.getElementById("leave");
const person = document.getElementById("person");
const refusals = {
  role: "Your account has no role for this gateway. Ask those who run it.",
  unreachable: "The provider that you sign in with cannot be reached. The master key works.",
  failed: "Signing in did not work. Try again; the gateway's log says why.",
};
let current = null; // what ends the view that is shown

/** Shows the view that the address names. */
async function route({ first = false } = {}) {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = path.split("/").map(decode);
  const view = Object.hasOwn(views, name) ? name : "live";
  current?.abort();
  const mine = current = new AbortController();
  frame(true);
  for (const link of nav.querySelectorAll("a")) {
    if (link.getAttribute("href") === `#/${view}`) {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else link.removeAttribute("aria-current");
  }
  const { show } = await views[view]();
  if (mine.signal.aborted) return;
  main.replaceChildren();
  show(main, { signal: mine.signal, rest, query: new URLSearchParams(query) });
  const title = main.querySelector("h1");
  document.title = `${title.textContent} – RouterGen gateway`;
  scrollTo(0, 0);
  if (!first) title.focus();
}

/** Asks people to sign in, or for the key. */
function login(problem = "") {
  current?.abort();
  current = null;
  keys.forget();
  Object.assign(session, { person: null, role: null });
  frame(false);
  const input = el("input", { type: "password", autocomplete: "off", required: true, spellcheck: "false", "aria-describedby": "login-error" });
  const error = el("p", { class: "error", id: "login-error", role: "alert" }, problem);
  const button = el("button", { class: "main" }, "Sign in");
  const submit = async (event) => {
    event.preventDefault();
    button.disabled = true;
    error.textContent = "";
    keys.set(input.value.trim());
    try {
      await call("api/live", { signal: AbortSignal.timeout(15000) });
      route();
    } catch (failure) {
      keys.forget();
      error.textContent = [401, 403].includes(failure.status) ? "That is not the master key of this gateway." : failure.message;
      button.disabled = false;
      input.setAttribute("aria-invalid", "true");
      input.select();
      input.focus();
    }
  };
  const about = "It is kept in this tab alone, and forgotten when the tab is closed.";
  const provider = session.signIn && el("a", { class: "button main", href: "sign-in" }, `Sign in with ${session.signIn}`);
  if (provider) button.className = "";
  if (provider) button.textContent = "Use the key";
  main.replaceChildren(el("div", { class: "login stack" }, head("Sign in", provider ? "With your account, or with the gateway's master key." : `This gateway asks for its master key. ${about}`),
    provider && el("div", { class: "card stack" }, provider),
    el("form", { class: "card stack", onsubmit: submit }, field("Master key", input, { hint: provider ? about : undefined }), error, button)));
  document.title = "Sign in – RouterGen gateway";
  (provider ?? input).focus();
}

function frame(isIn) {
  nav.hidden = !isIn;
  document.body.classList.toggle("alone", !isIn);
  leave.hidden = !keys.get() && !session.person;
  person.textContent = keys.get() ? "" : session.person ? `${session.person}${session.isViewer ? " (viewer)" : ""}` : "";
  nav.querySelector('[href="#/playground"]').parentElement.hidden = session.isViewer; // Its requests cost money.
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const theme = document.getElementById("theme");
theme.value = document.documentElement.dataset.theme ?? "auto";
theme.addEventListener("change", () => {
  if (theme.value === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
  try {
    localStorage.setItem("routergen.theme", theme.value);
  } catch { /* Then it holds for this visit. */ }
});

const connection = document.getElementById("connection");
document.addEventListener("lost", () => { if (!connection.textContent) connection.textContent = "The gateway cannot be reached. Trying again …"; });
document.addEventListener("reached", () => {
  if (!connection.textContent) return;
  connection.textContent = "";
  say("The gateway can be reached again.");
});
document.addEventListener("refused", () => { if (current) login("The gateway asks for its master key."); });
leave.addEventListener("click", async () => {
  if (!keys.get() && session.person) await call("api/sign-out", { method: "POST", body: {} }).catch(() => {});
  login();
});
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
addEventListener("hashchange", () => { if (current) route(); });

// A gateway without a key answers at once, and so does one that knows the session; else it says that it wants a key.
try {
  const refused = new URLSearchParams(location.search).get("sign-in");
  if (refused) history.replaceState(null, "", location.pathname + location.hash);
  await session.read();
  if (refused && !session.person) login(refusals[refused] ?? refusals.failed);
  else {
    await call("api/live");
    route({ first: true });
  }
} catch (error) {
  if (error.status === 401) login();
  else {
    current = new AbortController();
    main.replaceChildren(head("No answer", error.message), el("div", {}, el("button", { class: "main", onclick: () => location.reload() }, "Try again")));
  }
}
