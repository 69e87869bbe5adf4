// A conversation with a group, streamed, and how each answer came about.
import { ApiError, call, messageOf, send } from "./api.js";
import { el, empty, field, head, say, select, setOptions } from "./dom.js";
import { count, dollars, duration, none, plural } from "./format.js";
import { outcomeBadge } from "./requests.js";

export function show(main, { signal }) {
  const group = select([], "");
  const system = el("textarea", { rows: 2 });
  const temperature = el("input", { type: "number", min: 0, max: 2, step: 0.1, placeholder: "default" });
  const most = el("input", { type: "number", min: 1, max: 1000000, step: 1, placeholder: "default" });
  const prompt = el("textarea", { rows: 4, required: true });
  const sendButton = el("button", { class: "main", disabled: true }, "Send"); // until the groups are known
  const stopButton = el("button", { type: "button", disabled: true, onclick: () => asking?.abort() }, "Stop");
  const clearButton = el("button", { type: "button", class: "quiet", onclick: clear }, "New conversation");
  const talk = el("div", { class: "talk" });
  const nothing = empty("No conversation yet", "What you send is a real call: it is routed, limited and billed like any other.");
  const facts = el("section", { class: "card stack", "aria-labelledby": "about" }, el("h2", { id: "about" }, "How it came about"), el("p", { class: "muted" }, "The deployment that answered, its attempts, times and cost appear here."));
  let messages = [];
  let asking = null;
  signal.addEventListener("abort", () => asking?.abort());

  main.append(head("Playground", "Ask a group, and see which deployment answers."), el("div", { class: "two" },
    el("div", { class: "stack" }, el("section", { class: "card stack", "aria-labelledby": "talk" }, el("h2", { id: "talk" }, "Conversation"), nothing, talk,
      el("form", { class: "stack", onsubmit: (event) => { event.preventDefault(); ask(); } }, field("Message", prompt, { hint: "Ctrl+Enter sends it." }), el("div", { class: "row" }, sendButton, stopButton, clearButton)))),
    el("div", { class: "stack" }, el("section", { class: "card stack", "aria-labelledby": "settings" }, el("h2", { id: "settings" }, "Settings"), field("Group", group), field("System prompt", system), el("div", { class: "fields" }, field("Temperature", temperature), field("Most tokens", most))), facts)));
  prompt.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); ask(); } });
  call("api/deployments", { signal }).then((data) => {
    const groups = data.groups.filter((one) => one.kind === "chat").map((one) => [one.name, one.name]);
    setOptions(group, groups.length > 0 ? groups : [["", "no chat groups"]]);
    sendButton.disabled = groups.length === 0 || asking !== null;
  }).catch(() => {});

  function clear() {
    asking?.abort();
    messages = [];
    talk.replaceChildren();
    nothing.hidden = false;
    prompt.focus();
  }

  function turn(role, text = "") {
    const words = el("span", {}, text);
    talk.append(el("div", { class: `turn ${role}` }, el("h3", {}, role === "user" ? "You" : "Answer"), words));
    nothing.hidden = true;
    return words;
  }

  async function ask() {
    const text = prompt.value.trim();
    if (!text || asking || !group.value) return;
    const mine = asking = new AbortController();
    sendButton.disabled = true;
    stopButton.disabled = false;
    messages.push({ role: "user", content: text });
    turn("user", text);
    prompt.value = "";
    const words = turn("answer");
    talk.setAttribute("aria-busy", "true");
    const began = performance.now();
    let answer = "";
    let first;
    let problem = null;
    let response;
    try {
      const body = { model: group.value, stream: true, stream_options: { include_usage: true }, messages: [...(system.value.trim() ? [{ role: "system", content: system.value }] : []), ...messages] };
      if (temperature.value) body.temperature = Number(temperature.value);
      if (most.value) body.max_tokens = Number(most.value);
      response = await send("api/playground", { method: "POST", body, signal: mine.signal });
      for await (const event of eventsOf(response)) {
        if (event.error) throw new ApiError(response.status, messageOf(event) ?? "The stream broke.");
        const delta = event.choices?.[0]?.delta?.content;
        if (!delta) continue;
        first ??= performance.now() - began;
        answer += delta;
        words.textContent = answer;
      }
    } catch (error) {
      problem = mine.signal.aborted ? "Stopped." : error.message;
    }
    asking = null;
    if (signal.aborted) return;
    talk.removeAttribute("aria-busy");
    sendButton.disabled = false;
    stopButton.disabled = true;
    if (answer) messages.push({ role: "assistant", content: answer });
    else messages.pop();
    if (problem) words.after(el("p", { class: "error" }, problem));
    say(problem ?? `Answer: ${answer}`);
    prompt.focus();
    if (response) await explain(response, first, performance.now() - began);
  }

  async function explain(response, first, whole) {
    const id = response.headers.get("x-request-id");
    const request = id ? await ended(id, signal) : null;
    if (signal.aborted) return;
    const rows = [
      ["Deployment", request?.deployment ?? response.headers.get("x-routergen-deployment") ?? none], ["Model", request?.model ?? response.headers.get("x-routergen-model") ?? none],
      ["Attempts", request ? count(request.attempts.length) : none], ["First token here", duration(first)], ["Whole, here", duration(whole)],
      ["First byte", duration(request?.firstByte)], ["Tokens", request ? `${count(request.inputTokens)} read, ${count(request.outputTokens)} written` : none], ["Cost", dollars(request?.cost)],
    ];
    facts.replaceChildren(...[facts.firstChild, el("dl", { class: "facts" }, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
      request && request.attempts.length > 0 && el("ol", { class: "route", "aria-label": plural(request.attempts.length, "attempt") }, request.attempts.map((attempt) => el("li", { class: attempt.outcome ? "failed" : null },
        el("div", { class: "row" }, attempt.deployment, outcomeBadge(attempt), el("span", { class: "muted" }, duration(attempt.duration)))))),
      request ? el("p", {}, el("a", { href: `#/requests/${encodeURIComponent(id)}` }, "This request in the log")) : ""].filter(Boolean));
  }
}

// A request is in the log when it has ended, which may be a moment after its last byte.
async function ended(id, signal) {
  for (let pause = 50; pause < 2000; pause *= 2) {
    try {
      return await call(`api/requests/${encodeURIComponent(id)}`, { signal });
    } catch (error) {
      if (error.status !== 404) return null;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return null;
}

/** The events of a stream, each as the object that it holds. */
async function* eventsOf(response) {
  if (!response.ok) {
    const data = await response.json().catch(() => null);
    throw new ApiError(response.status, messageOf(data) ?? `The gateway answered with status ${response.status}.`);
  }
  let rest = "";
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  while (true) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      if (!line.startsWith("data:")) continue;
      const data = line.slice(5).trim();
      if (data === "[DONE]") return;
      yield JSON.parse(data);
    }
  }
}
