// Requests to the gateway, at the page's own origin, with the key that a person typed, or the session of one who signed in. The key is kept for as long as the tab is open.

const place = "routergen.key";

export const keys = {
  get: () => sessionStorage.getItem(place),
  set: (key) => sessionStorage.setItem(place, key),
  forget: () => sessionStorage.removeItem(place),
};

/** Who signed in, and how people do: `signIn` is what the button says, null where the master key is the only way. */
export const session = {
  signIn: null, person: null, role: null,
  async read() {
    const { signIn = null, person = null, role = null } = await call("api/session");
    Object.assign(session, { signIn, person, role });
  },
  /** Whether there is nothing but to look: no key is there, and the role changes nothing. */
  get isViewer() { return session.role === "viewer" && !keys.get(); },
};

/** Why there is no answer. `status` is 0 where the gateway cannot be reached. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Sends a request. Returns the response, whatever its status. Throws where there is none. */
export async function send(path, { method = "GET", body, signal } = {}) {
  const headers = {};
  if (body !== undefined) headers["content-type"] = "application/json";
  if (keys.get()) headers.authorization = `Bearer ${keys.get()}`;
  let response;
  try {
    response = await fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body), credentials: keys.get() ? "omit" : "same-origin", cache: "no-store" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw lost();
  }
  document.dispatchEvent(new CustomEvent("reached"));
  if (response.status === 401) document.dispatchEvent(new CustomEvent("refused"));
  return response;
}

/** Sends a request and returns what its answer holds. Throws where that is an error. */
export async function call(path, options) {
  const response = await send(path, options);
  let text;
  try {
    text = await response.text();
  } catch (error) {
    throw error.name === "AbortError" ? error : lost();
  }
  let data = null;
  try {
    data = JSON.parse(text);
  } catch { /* Not every error is JSON. */ }
  if (!response.ok) throw new ApiError(response.status, messageOf(data) ?? `The gateway answered with status ${response.status}.`);
  return data;
}

/** Returns what an error says, in any of the forms that the gateway has. */
export function messageOf(data) {
  const error = data?.error ?? data?.detail;
  return typeof error === "string" ? error : error?.message ?? error?.error ?? null;
}

/** Calls again and again, until the signal ends it: a pause after each answer, a longer one after failures, none while the page is out of sight. */
export async function poll(milliseconds, signal, work) {
  let pause = milliseconds;
  while (!signal.aborted) {
    if (!document.hidden) {
      try {
        await work();
        pause = milliseconds;
      } catch (error) {
        if (signal.aborted || error.status === 401) return;
        if (!(error instanceof ApiError)) throw error;
        pause = Math.min(Math.max(pause * 2, 1000), 5000);
      }
    }
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      signal.addEventListener("abort", () => { clearTimeout(timer); resolve(); }, { once: true });
    });
  }
}

function lost() {
  document.dispatchEvent(new CustomEvent("lost"));
  return new ApiError(0, "The gateway cannot be reached.");
}
