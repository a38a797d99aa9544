// A certified OpenID provider (oidc-provider) on this machine, for tests: node provider.mjs CONFIG.json
// Who can log in, and with which claims, stands in a file that is read at each login.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const config = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { default: Provider } = await import(pathToFileURL(config.library).href);
const people = () => JSON.parse(readFileSync(config.people, "utf8"));

const provider = new Provider(config.issuer, {
  clients: [
    {
      client_id: config.client_id,
      client_secret: config.client_secret,
      redirect_uris: config.redirect_uris,
      post_logout_redirect_uris: config.post_logout_redirect_uris,
    },
  ],
  claims: {
    openid: ["sub", "acr", "amr", "auth_time"],
    email: ["email", "email_verified", "roles"],
  },
  cookies: { keys: ["only for tests"] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...people()[id].claims }) }),
  interactions: { url: (_ctx, interaction) => `/ask/${interaction.uid}` },
  pkce: { required: () => true },
  ttl: {
    AuthorizationCode: 60,
    IdToken: config.lasts,
    AccessToken: 60,
    Grant: 600,
    Interaction: 600,
    Session: 600,
  },
  // What is allowed once is allowed: there is no page of consent.
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
});

async function form(request) {
  let body = "";
  for await (const part of request) body += part;
  return new URLSearchParams(body);
}

async function ask(request, response) {
  if (request.method === "GET") {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end('<form method="post"><label>Who <input name="login"></label><button>In</button></form>');
    return;
  }
  const login = (await form(request)).get("login");
  const { amr, acr, ts } = people()[login]; // ts: when they logged in there
  const found = { accountId: login, amr, acr, ts };
  await provider.interactionFinished(request, response, { login: found });
}

const answer = provider.callback();
createServer((request, response) => {
  const asked = request.url.startsWith("/ask/") ? ask(request, response) : answer(request, response);
  Promise.resolve(asked).catch((error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
}).listen(Number(new URL(config.issuer).port), "127.0.0.1", () => console.log("ready"));
