/** The dialog about one junction. */

import { ask, city, may } from "./centre.js";
import { $, button, made, moment, number, quoted } from "./lists.js";
import { bars, kind } from "./pictures.js";
import { order } from "./views.js";
import { basis, prose, say } from "./words.js";

let chosen = null;

export function choose(name) {
  chosen = name;
  showJunction();
  $("junction").showModal();
  refreshDetectors();
  refreshDecision();
}

export async function refreshDetectors() {
  if (!chosen) return;
  city.detectors = await ask("api/v1/detectors").catch(() => city.detectors);
  showJunction();
}

/** What control of the second decided last, and what else it could have wanted. */
export async function refreshDecision() {
  const name = chosen;
  const isSteered = city.junctions.get(name)?.running === "groups";
  const decisions = isSteered ? await ask(`api/v1/junctions/${encodeURIComponent(name)}/decisions?limit=1`).catch(() => []) : [];
  if (name === chosen) $("decision").replaceChildren(...decisions.map(decisionTable));
}

function decisionTable({ time, reason, groups, priority, alternatives }) {
  const wanted = groups.join();
  return made("decision-table", {
    caption: [say("decision"), moment("decision.time", time), `: ${say(reason)}`,
      ...(priority.length ? [`; ${say("priorityFor")}${priority.join(", ")}`] : [])],
    stage: say("stage"), cost: say("cost"),
    rows: alternatives.map((stage, row) => made("decision-row", {
      stage: stage.groups.join(", ") || say("nobodyGreen"),
      cost: [stage.cost === undefined ? say("dearer") : number(`decision.alternatives.${row}.cost`, stage.cost, 1),
        ...(stage.groups.join() === wanted ? [`, ${say("wanted")}`] : [])],
    })),
  });
}

export function showJunction() {
  const junction = city.junctions.get(chosen);
  if (!junction) return;
  $("junction-name").textContent = `${say("junction")} ${junction.junction}`;
  const { plan, origin } = junction;
  const path = `junctions.${junction.junction}`;
  const entries = [
    ["runs", say(kind(junction))], ["district", junction.district], ["demandBasis", basis(junction.demandBasis)],
    ["lease", junction.lease === undefined ? "–" : [
      number(`${path}.lease`, junction.lease), ...(junction.leaseExpires === undefined ? [] : [` ${say("until")} `, moment(`${path}.leaseExpires`, junction.leaseExpires)]),
    ]],
    ["maker", origin ? say(origin.maker) : "–"], ["reason", origin ? quoted(prose(origin.reason)) : "–"],
    ["since", origin ? moment(`${path}.origin.time`, origin.time) : "–"],
    ["cycle", plan ? number(`${path}.plan.cycle_s`, plan.cycle_s) : "–"],
    ["offset", plan ? number(`${path}.plan.offset_s`, plan.offset_s) : "–"],
  ];
  if (junction.refusal) entries.push(["refusal", quoted(prose(junction.refusal))]);
  if (junction.isForcedToFallback) entries.push(["forced", say("fallback")]);
  const own = city.detectors.filter((detector) => detector.junction === junction.junction);
  if (own.length) {
    entries.push(["condition", own.map((detector) => `${detector.detector}: ${say(detector.condition)}`).join("; ")]);
  }
  const list = document.createElement("dl");
  list.append(...entries.map(([name, value]) => made("vital-entry", { name: say(name), value })));
  const content = [list];
  if (plan) content.push(made("group-table", { group: say("group"), aspect: say("aspect"), green: say("green"), rows: greens(junction) }));
  const choice = junction.isForcedToFallback ? "resume" : "toFallback";
  if (may("operator")) {
    content.push(button(choice, junction.junction, () =>
      order(`api/v1/junctions/${encodeURIComponent(junction.junction)}/${choice === "resume" ? "resume" : "fallback"}`)));
  }
  const view = $("junction-view");
  const hadFocus = view.contains(document.activeElement);
  view.replaceChildren(...content);
  if (hadFocus) view.querySelector("button")?.focus();
}

const greens = ({ junction, plan, aspects }) => plan.greens.map(({ group, intervals }, row) => {
  const path = `junctions.${junction}.plan.greens.${row}.intervals`;
  const aspect = aspects[group];
  return made("group-row", {
    group, aspect: aspect ? say(aspect === "green" ? "greenAspect" : aspect) : "–", bars: bars(intervals, plan.cycle_s),
    green: intervals.flatMap((interval, place) => [
      place ? ", " : "", number(`${path}.${place}.start_s`, interval.start_s), " + ",
      number(`${path}.${place}.duration_s`, interval.duration_s),
    ]),
  });
});

$("junction").addEventListener("close", () => {
  chosen = null;
  $("junction-view").replaceChildren();
  $("decision").replaceChildren();
});
