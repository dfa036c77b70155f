/** The map and the charts: plain SVG from the templates of the page. */

import { $, bring, made } from "./lists.js";
import { clock, round, say } from "./words.js";

function drawn(name, attributes, ...children) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  shape.append(...children);
  return shape;
}

const titled = (name, attributes, title, ...children) =>
  drawn(name, attributes, drawn("title", {}, title), ...children);

/** What a junction runs as far as people are concerned. */
export function kind(junction) {
  if (!junction.isConnected || !junction.running) return "unknown";
  return junction.isDegraded ? "degraded" : junction.running;
}

/** How full a street is: whether it may spill back, or is near its capacity. */
const fullness = (street) =>
  street.storageRatio >= 0.9 ? "full" : street.degreeOfSaturation >= 0.9 ? "busy" : "calm";

const width = 480;
const margin = 16;

/** From the network's metres to the map; all junctions and streets are on it. */
function projection(streets, junctions) {
  const xs = [...junctions.map((junction) => junction.x), ...streets.flatMap((street) => street.line_m.map(([x]) => x))];
  const ys = [...junctions.map((junction) => junction.y), ...streets.flatMap((street) => street.line_m.map(([, y]) => y))];
  const range = (values) => values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity]);
  const [[left, right], [low, high]] = [range(xs), range(ys)];
  const scale = (width - 2 * margin) / Math.max(right - left, high - low, 1);
  const place = (x, y) => [margin + (x - left) * scale, margin + (high - y) * scale].map((value) => +value.toFixed(1));
  return { place, size: [(right - left) * scale + 2 * margin, (high - low) * scale + 2 * margin] };
}

export function showMap(streets, junctions, summary, choose) {
  if (!junctions.length) return;
  const { place, size } = projection(streets, junctions);
  $("map").setAttribute("viewBox", `0 0 ${size[0].toFixed(1)} ${size[1].toFixed(1)}`);
  $("map-text").textContent = summary;
  const lines = streets.map((street) => ({
    key: street.link, kind: fullness(street), points: street.line_m.map(([x, y]) => place(x, y).join()).join(" "),
    title: street.degreeOfSaturation === undefined ? street.link
      : `${street.link}: x ${round(street.degreeOfSaturation, 2)}, ${round(100 * street.storageRatio)} %`,
  }));
  bring($("streets"), lines, "key", (line) =>
    titled("polyline", { class: `street ${line.kind}`, points: line.points }, line.title));
  // Marks of a large city are smaller, so that they do not hide each other.
  const scale = Math.max(0.35, Math.min(1, 8 / Math.sqrt(junctions.length)));
  const marks = junctions.map((junction) => {
    const [x, y] = place(junction.x, junction.y);
    return { key: junction.junction, kind: kind(junction), move: `translate(${x} ${y}) scale(${scale.toFixed(2)})` };
  });
  bring($("marks"), marks, "key", (mark) => {
    const shape = titled("g", { class: `mark ${mark.kind}`, transform: mark.move }, `${mark.key}: ${say(mark.kind)}`,
      drawn("use", { href: `#mark-${mark.kind}` }));
    shape.addEventListener("click", () => choose(mark.key));
    return shape;
  });
}

export function showLegend() {
  const kinds = ["plan", "groups", "degraded", "local", "fallback", "unknown", "starting", "busy", "full"];
  $("legend").replaceChildren(...kinds.map((kind) => {
    const entry = made("legend-entry", { text: say(kind) });
    entry.querySelector("svg").classList.add(kind === "busy" || kind === "full" ? "street" : "mark", kind);
    entry.querySelector("use").setAttribute("href", `#mark-${kind}`);
    return entry;
  }));
}

/**
 * A chart over time from 0 up.
 *
 * `lines` are what was (`measured`) or will be (`expected`), each of points with `time` and `value`; `band` has `low` and
 * `high` as well.
 */
export function chart({ caption, summary, lines, band = [], greatest = 0 }) {
  const points = lines.flatMap((line) => line.points);
  const figure = made("chart", { caption, summary });
  if (points.length < 2) {
    figure.querySelector("svg").remove();
    return figure;
  }
  const times = points.map((point) => point.time);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const top = greatest || tidy(Math.max(...points.map((point) => point.value), ...band.map((point) => point.high)));
  const x = (time) => 44 + (268 * (time - from)) / Math.max(1, to - from);
  const y = (value) => 100 - (92 * value) / top;
  const path = (list) => list.map(([time, value]) => `${x(time).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const texts = { top: round(top), from: clock(from), to: clock(to) };
  for (const [slot, text] of Object.entries(texts)) figure.querySelector(`[data-slot="${slot}"]`).textContent = text;
  figure.querySelector(".band").setAttribute("points", path([
    ...band.map((point) => [point.time, point.high]), ...band.toReversed().map((point) => [point.time, point.low]),
  ]));
  figure.querySelector('[data-slot="lines"]').append(...lines.map((line) =>
    drawn("polyline", { class: line.kind, points: path(line.points.map((point) => [point.time, point.value])) })));
  return figure;
}

/** The least of 1, 2, 5, 10, 20 … that is not below a value. */
function tidy(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value);
}

/** Greens of a signal group on its cycle, as bars from 0 to 100; one that runs over the end comes in two parts. */
export function bars(intervals, cycle) {
  return intervals.flatMap((interval) => {
    const start = (100 * interval.start_s) / cycle;
    const length = (100 * interval.duration_s) / cycle;
    const first = Math.min(length, 100 - start);
    return [[start, first], [0, length - first]].filter(([, part]) => part > 0)
      .map(([left, part]) => drawn("rect", { x: left.toFixed(2), y: 0, width: part.toFixed(2), height: 4 }));
  });
}
