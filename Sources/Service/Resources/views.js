/** Figures and lists of the room. */

import { ask, city, may } from "./centre.js";
import { $, bring, button, made, moment, number, quoted } from "./lists.js";
import { chart, kind } from "./pictures.js";
import { basis, prose, say, told } from "./words.js";

/** Carries an order to the centre, and says so where it is not carried out. */
export async function order(path, body) {
  $("order-error").textContent = "";
  try {
    await ask(path, "POST", body);
  } catch (error) {
    $("order-error").textContent = say("failed") + error.message;
  }
}

const leased = (health) => (health.running.plan ?? 0) + (health.running.groups ?? 0);

export function showVital() {
  const { health, trend, "vital-signs": vital } = city;
  if (!health) return;
  const count = (name, value, all, whole) =>
    [number(`health.${name}`, value), say("of"), number(`health.${all}`, whole)];
  const percent = (path, value) => [number(path, value, 0, 100), " %"];
  const entries = [
    ["status", say(health.status === "ok" ? "ok" : "needsLook")], ["time", moment("health.time", health.time)],
    ["connected", count("connected", health.connected, "junctions", health.junctions)],
    ["onLease", [number("leased", leased(health)), say("of"), number("health.junctions", health.junctions)]],
    ["degradedShare", count("degraded", health.degraded, "junctions", health.junctions)],
    ["inFallback", count("running.fallback", health.running.fallback ?? 0, "junctions", health.junctions)],
    ["detectors", count("soundDetectors", health.soundDetectors, "detectors", health.detectors)],
  ];
  if (health.storeFailure) entries.push(["store", say("storeFailure")]);
  if (vital) {
    entries.push(
      ["flow", number("vital-signs.demand_vehPerHour", vital.demand_vehPerHour)],
      ["delay", number("vital-signs.delay_sPerVehicle", vital.delay_sPerVehicle, 1)],
      ["saturation", number("vital-signs.greatestSaturation", vital.greatestSaturation, 2)],
      ["saturated", percent("vital-signs.saturatedShare", vital.saturatedShare)],
      ["spillback", percent("vital-signs.spillbackShare", vital.spillbackShare)]);
  }
  const last = trend?.forecast.length - 1;
  if (last >= 0) {
    const { time_s, demand_vehPerHour, standardError_vehPerHour } = trend.forecast[last];
    entries.push(["expected", [
      number(`trend.forecast.${last}.demand_vehPerHour`, demand_vehPerHour), say("plusMinus"),
      number(`trend.forecast.${last}.standardError_vehPerHour`, standardError_vehPerHour), say("at"), moment(`trend.forecast.${last}.time_s`, time_s),
    ]]);
  }
  $("vital").replaceChildren(...entries.map(([name, value]) => {
    const entry = made("vital-entry", { name: say(name), value });
    entry.dataset.vital = name;
    return entry;
  }));
}

export function showTrend() {
  const { trend } = city;
  if (!trend) return;
  const series = (list, key) => list.map((point) => ({ time: point.time_s, value: point[key] }));
  const charts = [];
  if (trend.demand.length) {
    const last = trend.demand.at(-1);
    const coming = [last, ...trend.forecast];
    charts.push(["demandTrend", number(`trend.demand.${trend.demand.length - 1}.demand_vehPerHour`, last.demand_vehPerHour), {
      lines: [
        { kind: "measured", points: series(trend.demand, "demand_vehPerHour") },
        { kind: "expected", points: series(coming, "demand_vehPerHour") },
      ],
      // Two standard errors: about nineteen times of twenty.
      band: trend.forecast.map((point) => ({
        time: point.time_s, low: Math.max(0, point.demand_vehPerHour - 2 * point.standardError_vehPerHour),
        high: point.demand_vehPerHour + 2 * point.standardError_vehPerHour,
      })),
    }]);
  }
  if (trend.vitalSigns.length) {
    const place = trend.vitalSigns.length - 1;
    const value = trend.vitalSigns[place].delay_sPerVehicle;
    charts.push(["delayTrend", number(`trend.vitalSigns.${place}.delay_sPerVehicle`, value, 1), {
      lines: [{ kind: "measured", points: series(trend.vitalSigns, "delay_sPerVehicle") }],
    }]);
  }
  if (trend.operation.length) {
    const place = trend.operation.length - 1;
    const { leased, junctions: all } = trend.operation[place];
    charts.push(["operationTrend", number(`trend.operation.${place}.leased`, leased), {
      lines: [{ kind: "measured", points: series(trend.operation, "leased") }], greatest: all,
    }]);
  }
  $("trend").replaceChildren(...charts.map(([name, value, content]) =>
    chart({ caption: [`${say(name)}: `, value], summary: `${say(name)}: ${value.textContent}`, ...content })));
}

export function showJunctions(choose) {
  const rows = [...city.junctions.values()].map((junction) => ({
    key: junction.junction, kind: kind(junction), basis: junction.demandBasis, cycle: junction.plan?.cycle_s,
    maker: junction.origin?.maker, reason: junction.refusal ?? junction.origin?.reason ?? "–",
  }));
  bring($("junctions"), rows, "key", (row) => {
    const name = button("junction", row.key, () => choose(row.key));
    name.textContent = row.key;
    name.className = "plain";
    const entry = made("junction-row", {
      name, runs: say(row.kind), basis: basis(row.basis),
      cycle: row.cycle === undefined ? "–" : number(`junctions.${row.key}.plan.cycle_s`, row.cycle),
      maker: row.maker ? say(row.maker) : "–", reason: quoted(prose(row.reason)),
    });
    entry.children[1].className = row.kind;
    return entry;
  });
}

export function showDistricts() {
  bring($("districts"), city.districts, "name", (district) => {
    const choice = district.isHeld ? "release" : "hold";
    const place = `districts.${district.name}.junctions.length`;
    return made("district-entry", {
      text: [`${district.name}: `, number(place, district.junctions.length), say("ofJunctions"), say(district.isHeld ? "held" : "free")],
      orders: may("operator") ? [button(choice, district.name, () =>
        order(`api/v1/districts/${encodeURIComponent(district.name)}/${choice}`))] : [],
    });
  }, $("district-title"));
}

export function showAlarms() {
  const { events } = city;
  $("no-alarms").hidden = events.length > 0;
  bring($("alarms"), events, "id", (event) => {
    const text = told(event);
    const entry = made("alarm-entry", {
      text: [moment(`events.${event.id}.time`, event.time), ` ${say(event.severity)}`, event.subject ? ` ${event.subject}: ` : ": ", quoted(text)],
      orders: may("operator")
        ? [button("acknowledge", `${event.subject} ${text.text}`, () => order(`api/v1/events/${event.id}/acknowledge`))] : [],
    });
    entry.className = event.severity;
    return entry;
  }, $("alarm-title"));
}

let greatestEvent = null;

/** Tells of what has happened since the last time, in words, for those who do not see it appear. */
export function announce() {
  const newest = Math.max(0, ...city.events.map((event) => event.id));
  if (greatestEvent !== null && newest > greatestEvent) {
    const fresh = city.events.filter((event) => event.id > greatestEvent);
    const texts = fresh.slice(0, 3).map((event) => `${say(event.severity)} ${event.subject} ${told(event).text}`);
    $("announcement").textContent = texts.join("; ") + (fresh.length > 3 ? `; ${fresh.length - 3}${say("more")}` : "");
  }
  greatestEvent = Math.max(newest, greatestEvent ?? 0);
}

export function showProposals() {
  const { proposals } = city;
  $("no-proposals").hidden = proposals.length > 0;
  bring($("proposals"), proposals, "id", (proposal) => {
    const subject = `${say("proposal")}${proposal.id}`;
    const key = `proposals.${proposal.id}`;
    const entry = made("proposal-entry", {
      text: [`${subject}, ${proposal.district}, `, moment(`${key}.made`, proposal.made), `, ${say(proposal.origin)}: `, quoted(prose(proposal.reason))],
      delay: proposal.delayBefore === undefined || proposal.delayAfter === undefined ? "" : [
        say("delayChange"), number(`${key}.delayBefore`, proposal.delayBefore, 1), say("to"),
        number(`${key}.delayAfter`, proposal.delayAfter, 1),
      ],
      plan: say("timings"), orders: may("engineer") ? decisions(proposal, subject) : [],
    });
    const details = entry.querySelector("details");
    details.addEventListener("toggle", () => details.open && showTimings(proposal.id, details.lastElementChild), { once: true });
    return entry;
  }, $("proposal-title"));
}

function decisions(proposal, subject) {
  const why = made("reason-entry", { name: say("whatFor") });
  return [why, ...["approve", "reject"].map((choice) => button(choice, subject, () =>
    order(`api/v1/proposals/${proposal.id}/${choice}`, { reason: why.querySelector("input").value })))];
}

async function showTimings(id, place) {
  const { plan } = await ask(`api/v1/proposals/${id}`);
  const rows = plan.junctions.map((timing, row) => {
    const now = city.junctions.get(timing.junction)?.plan;
    const change = (key) => [
      ...(now ? [number(`junctions.${timing.junction}.plan.${key}`, now[key]), say("to")] : []),
      number(`proposals.${id}.plan.junctions.${row}.${key}`, timing[key]),
    ];
    return made("timing-row", { junction: timing.junction, cycle: change("cycle_s"), offset: change("offset_s") });
  });
  place.replaceChildren(made("timing-table", { junction: say("junction"), cycle: say("cycle"), offset: say("offset"), rows }));
}
