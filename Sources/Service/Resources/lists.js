/** Elements from the templates of the page, and lists that change no more than they have to. */

import { clock, languageNow, round, say } from "./words.js";

export const $ = (id) => document.getElementById(id);

/** A copy of a template with its slots filled: with text, with an element, or with several. */
export function made(template, slots = {}) {
  const copy = document.importNode($(template).content, true).firstElementChild;
  for (const place of copy.querySelectorAll("[data-slot]")) {
    const content = slots[place.dataset.slot];
    if (content !== undefined) place.replaceChildren(...[content].flat());
  }
  return copy;
}

/**
 * A number of the centre as people read it, with where in the centre's JSON it stands.
 *
 * The browser's test holds each against the JSON.
 */
export function number(path, value, digits = 0, factor = 1) {
  const text = document.createElement("data");
  text.value = value;
  text.textContent = round(value * factor, digits);
  Object.assign(text.dataset, { path, digits, factor });
  return text;
}

/** A time of the centre as a time of day, likewise. */
export function moment(path, seconds) {
  const text = document.createElement("data");
  text.value = seconds;
  text.textContent = clock(seconds);
  text.dataset.path = path;
  return text;
}

export function button(key, subject, action) {
  const text = document.createElement("button");
  text.type = "button";
  text.textContent = say(key);
  text.dataset.action = key;
  text.setAttribute("aria-label", `${say(key)}: ${subject}`);
  text.addEventListener("click", action);
  return text;
}

/** Words of the centre, marked where they are not in the page's language. */
export function quoted({ text, language }) {
  const span = document.createElement("span");
  span.textContent = text;
  if (language !== languageNow()) span.lang = language;
  return span;
}

const shown = new WeakMap();

/**
 * Brings a list in line with items: what stays the same stays in place, and the focus with it.
 *
 * Where an entry goes that has the focus, the focus goes to `heading`.
 */
export function bring(list, items, key, make, heading) {
  const known = new Map([...list.children].map((entry) => [entry.dataset.key, entry]));
  let place = list.firstElementChild;
  for (const item of items) {
    const state = languageNow() + JSON.stringify(item);
    let entry = known.get(String(item[key]));
    if (entry && shown.get(entry) !== state) {
      const action = entry.contains(document.activeElement) ? document.activeElement.dataset.action : null;
      const fresh = make(item);
      fresh.dataset.key = item[key];
      shown.set(fresh, state);
      if (entry === place) place = fresh;
      entry.replaceWith(fresh);
      if (action) fresh.querySelector(`[data-action="${action}"]`)?.focus();
      entry = fresh;
    } else if (!entry) {
      entry = make(item);
      entry.dataset.key = item[key];
      shown.set(entry, state);
    }
    if (entry === place) place = place.nextElementSibling;
    else list.insertBefore(entry, place);
  }
  while (place) {
    const next = place.nextElementSibling;
    if (heading && place.contains(document.activeElement)) heading.focus();
    place.remove();
    place = next;
  }
}
