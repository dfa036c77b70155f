/** What the page knows of the city, and its talk with the centre. */

import { say } from "./words.js";

/** What the centre has told last, by the names of its server-sent events, and who asks. */
export const city = {
  me: null, health: null, "vital-signs": null, trend: null, events: [], proposals: [], districts: [], junctions: new Map(), streets: [],
  detectors: [],
};

let token = sessionStorage.getItem("token");
let stream = null;
/** Longest time without a word of the centre, ms; it says something every two seconds. */
const patience = 6000;
const roles = ["viewer", "operator", "engineer"];

export const may = (role) => roles.indexOf(city.me?.role) >= roles.indexOf(role);
export const hasToken = () => Boolean(token);

export async function ask(path, method = "GET", body) {
  const answer = await fetch(path, {
    method, headers: { Authorization: `Bearer ${token}` }, body: body && JSON.stringify(body),
  });
  if (answer.status === 401) throw new Error(say("refused"));
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? `HTTP ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}

/** Has the centre say whom a token is of, and keeps it for this tab. */
export async function signIn(given) {
  token = given ?? token;
  try {
    city.me = await ask("api/v1/me");
    sessionStorage.setItem("token", token);
  } catch (error) {
    signOut();
    throw error;
  }
}

export function signOut() {
  stream?.abort();
  token = null;
  sessionStorage.removeItem("token");
}

/**
 * Server-sent events by fetch, as an EventSource cannot send a token; tells also whether the centre answers.
 */
export async function listen(hear, tellLink) {
  stream?.abort();
  const own = new AbortController();
  stream = own;
  while (!own.signal.aborted) {
    // A connection may stand and yet bring nothing.
    const call = new AbortController();
    own.signal.addEventListener("abort", () => call.abort(), { signal: call.signal });
    let watch = setTimeout(() => call.abort(), patience);
    try {
      const answer = await fetch("api/v1/stream", { headers: { Authorization: `Bearer ${token}` }, signal: call.signal });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      city.junctions.clear();
      tellLink("live");
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        clearTimeout(watch);
        watch = setTimeout(() => call.abort(), patience);
        const parts = (text + value).split("\n\n");
        text = parts.pop();
        for (const part of parts) {
          const [, name, data] = part.match(/^event: (.*)\ndata: (.*)$/) ?? [];
          if (name) hear(name, JSON.parse(data));
        }
      }
    } catch {
      // Told below, and tried again.
    }
    clearTimeout(watch);
    if (own.signal.aborted) return;
    tellLink("lost");
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

