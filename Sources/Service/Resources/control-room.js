/** The control room: hears what the centre tells by server-sent events, and shows it. */

import { ask, city, hasToken, listen, signIn, signOut } from "./centre.js";
import { choose, refreshDecision, refreshDetectors, showJunction } from "./junction.js";
import { $ } from "./lists.js";
import { showLegend, showMap } from "./pictures.js";
import { announce, showAlarms, showDistricts, showJunctions, showProposals, showTrend, showVital } from "./views.js";
import { languageNow, round, say, switchLanguage } from "./words.js";

const stale = new Set();

/** Shows soon what has changed, all at once, and never more often than eyes can follow. */
function draw(...names) {
  if (!stale.size) setTimeout(drawNow, 50);
  for (const name of names) stale.add(name);
}

function drawNow() {
  const has = (...names) => names.some((name) => stale.has(name) || stale.has("all"));
  if (has("health", "vital-signs", "trend")) showVital();
  if (has("trend")) showTrend();
  if (has("events")) showAlarms();
  if (has("proposals")) showProposals();
  if (has("districts")) showDistricts();
  if (has("junction")) showJunctions(choose);
  if (has("junction", "streets", "health") && city.health) {
    const counts = Object.entries(city.health.running).map(([name, count]) => `${say(name)} ${round(count)}`);
    showMap(city.streets, [...city.junctions.values()], `${say("map")}: ${counts.join(", ")}`, choose);
  }
  if ($("junction").open && has("junction")) showJunction();
  if ($("junction").open && has("junction", "health")) refreshDecision();
  stale.clear();
}

async function refreshStreets() {
  city.streets = await ask("api/v1/streets").catch(() => city.streets);
  draw("streets");
}

function hear(name, data) {
  if (name === "junction") {
    city.junctions.set(data.junction, data);
  } else {
    const before = city[name];
    city[name] = data;
    if (name === "events") announce();
    if (name === "vital-signs") refreshStreets();
    if (name === "health" && before?.soundDetectors !== data.soundDetectors) refreshDetectors();
  }
  draw(name);
}

function tellLink(key) {
  $("link").dataset.text = key;
  $("link").textContent = say(key);
  document.body.classList.toggle("old", key === "lost");
}

async function enter(token) {
  try {
    await signIn(token);
  } catch (error) {
    $("sign-in-error").textContent = error.message;
    $("token").focus();
    return;
  }
  $("sign-in").hidden = true;
  for (const id of ["room", "leave"]) $(id).hidden = false;
  showWho();
  refreshStreets();
  listen(hear, tellLink);
}

function showWho() {
  if (city.me) $("who").textContent = `${city.me.name}, ${say(`${city.me.role}Role`)}`;
}

function translate() {
  document.documentElement.lang = languageNow();
  document.title = say("title");
  for (const place of document.querySelectorAll("[data-text]")) place.textContent = say(place.dataset.text);
  $("language").textContent = languageNow() === "en" ? "中文" : "English";
  $("language").lang = languageNow() === "en" ? "zh-Hans" : "en";
  showLegend();
  showWho();
  if (city.me) draw("all");
}

$("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  const token = $("token").value;
  $("token").value = "";
  $("sign-in-error").textContent = "";
  enter(token);
});
$("leave").addEventListener("click", () => {
  signOut();
  location.reload();
});
$("language").addEventListener("click", () => {
  switchLanguage();
  translate();
});
translate();
if (hasToken()) enter();
