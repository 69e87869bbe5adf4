// A provider of identities for the page's tests: OpenID Connect as far as a gateway needs it. Who signs in is chosen by a link on a page of its own.
import { createHash, createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";

const people = {
  admin: { sub: "u-1", name: "Ada Admin", roles: ["gateway-admins"] },
  viewer: { sub: "u-2", name: "Vera Viewer", roles: ["gateway-viewers"] },
  stranger: { sub: "u-3", name: "Some Stranger", roles: [] },
};
const encode = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** Starts a provider for one client. */
export function startProvider({ clientId, secret }) {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const codes = new Map();
  let url;
  const token = (claims) => {
    const signed = `${encode({ alg: "RS256", typ: "JWT", kid: "one" })}.${encode(claims)}`;
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey, "base64url")}`;
  };
  const answers = {
    "/.well-known/openid-configuration": () => ({ issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token`, jwks_uri: `${url}/keys` }),
    "/keys": () => ({ keys: [{ ...publicKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "one" }] }),
    "/token": (form) => {
      const begun = codes.get(form.get("code"));
      codes.delete(form.get("code"));
      const isRight = begun && form.get("client_id") === clientId && form.get("client_secret") === secret && createHash("sha256").update(form.get("code_verifier")).digest("base64url") === begun.challenge;
      if (!isRight) return null;
      const now = Math.floor(Date.now() / 1000);
      return { access_token: "a", token_type: "Bearer", id_token: token({ ...people[begun.who], iss: url, aud: clientId, iat: now, exp: now + 300, nonce: begun.nonce }) };
    },
  };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, url);
    if (pathname === "/authorize") {
      const links = Object.keys(people).map((who) => {
        const code = randomUUID();
        codes.set(code, { who, nonce: searchParams.get("nonce"), challenge: searchParams.get("code_challenge") });
        return `<a href="${searchParams.get("redirect_uri")}?code=${code}&state=${encodeURIComponent(searchParams.get("state"))}">${people[who].name}</a>`;
      });
      response.setHeader("content-type", "text/html").end(`<!doctype html><title>Provider</title><h1>Who are you?</h1>${links.join(" ")}`);
      return;
    }
    let body = "";
    for await (const chunk of request) body += chunk;
    const answer = answers[pathname]?.(new URLSearchParams(body)) ?? null;
    response.writeHead(answer ? 200 : 400, { "content-type": "application/json" }).end(JSON.stringify(answer ?? { error: "invalid_grant" }));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      url = `http://127.0.0.1:${server.address().port}`;
      resolve({ url, stop: () => { server.closeAllConnections(); server.close(); } });
    });
  });
}

/** Returns a port that is free now. */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
