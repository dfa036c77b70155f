"use strict";

const words = {
  en: {
    skip: "Skip to content", signedOut: "Not signed in", live: "Live", lost: "The centre does not answer; trying again",
    leave: "Sign out", token: "Token", enter: "Sign in", refused: "The centre does not know this token.",
    vital: "Vital signs", trend: "Share of junctions on a leased plan, last 10 minutes", map: "Map", alarms: "Alarms",
    proposals: "Proposed plans", junctions: "Junctions", junction: "Junction", runs: "Runs", cycle: "Cycle, s",
    demand: "Demand", origin: "Where the plan comes from", order: "Order", time: "Time", status: "State",
    connected: "Connected", detectors: "Sound detectors", flow: "Entering, veh/h", delay: "Delay, s/veh",
    saturation: "Greatest saturation", saturated: "Movements at 0.9 and more", plan: "leased plan",
    groups: "leased stages", fallback: "fallback", unknown: "no link", starting: "all red, starting",
    none: "none", approve: "Approve", reject: "Reject", acknowledge: "Acknowledge", toFallback: "Force fallback",
    resume: "End fallback", ok: "well", degraded: "needs a look", measured: "measured", imputed: "imputed",
    historic: "from history", failed: "The order was not carried out: ", saves: "Delay, s/veh: ", to: " to ",
  },
  zh: {
    skip: "跳到内容", signedOut: "未登录", live: "实时", lost: "中心没有应答，正在重试", leave: "退出", token: "令牌",
    enter: "登录", refused: "中心不认识这个令牌。", vital: "生命体征", trend: "最近十分钟执行租约方案的路口比例", map: "地图",
    alarms: "告警", proposals: "待批方案", junctions: "路口", junction: "路口", runs: "运行", cycle: "周期（秒）",
    demand: "需求", origin: "方案来源", order: "指令", time: "时间", status: "状态", connected: "在线",
    detectors: "正常检测器", flow: "进入流量（辆/时）", delay: "延误（秒/辆）", saturation: "最大饱和度",
    saturated: "饱和度0.9以上的流向", plan: "租约方案", groups: "租约阶段", fallback: "后备方案", unknown: "断线",
    starting: "全红启动", none: "无", approve: "批准", reject: "否决", acknowledge: "确认", toFallback: "强制后备",
    resume: "结束后备", ok: "良好", degraded: "需要查看", measured: "实测", imputed: "补全", historic: "历史",
    failed: "指令未执行：", saves: "延误（秒/辆）：", to: " → ",
  },
};

let language = localStorage.getItem("language") || (navigator.language.startsWith("zh") ? "zh" : "en");
let token = sessionStorage.getItem("token");
let health = null;
let vital = null;
let stream = null;
const junctions = new Map();
const shares = [];
const trendLength = 600;

const $ = (id) => document.getElementById(id);
const say = (key) => words[language][key] ?? key;

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function drawn(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(key, subject, action) {
  const made = element("button", say(key), { type: "button", "aria-label": `${say(key)}: ${subject}` });
  made.addEventListener("click", action);
  return made;
}

async function ask(path, method = "GET", body) {
  const answer = await fetch(path, {
    method, headers: { Authorization: `Bearer ${token}` }, body: body && JSON.stringify(body),
  });
  if (answer.status === 401) throw new Error(say("refused"));
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? `HTTP ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}

async function order(path) {
  try {
    await ask(path, "POST");
  } catch (error) {
    $("link").textContent = say("failed") + error.message;
  }
  await refresh();
}

/** What a junction runs as far as people are concerned. */
const state = (junction) => (junction.isConnected ? junction.running ?? "unknown" : "unknown");

function showVital() {
  const list = $("vital");
  const entries = [];
  const number = (value, digits = 0) => value.toLocaleString(language, { maximumFractionDigits: digits });
  if (health) {
    entries.push(["status", say(health.status)], ["time", clock(health.time)]);
    entries.push(["connected", `${health.connected} / ${health.junctions}`]);
    for (const kind of ["plan", "groups", "fallback"]) {
      if (health.running[kind]) entries.push([kind, `${health.running[kind]} / ${health.junctions}`]);
    }
    entries.push(["detectors", `${health.soundDetectors} / ${health.detectors}`]);
  }
  if (vital) {
    entries.push(["flow", number(vital.demand_vehPerHour)], ["delay", number(vital.delay_sPerVehicle, 1)]);
    entries.push(["saturation", number(Number(vital.greatestSaturation), 2)]);
    entries.push(["saturated", `${number(100 * vital.saturatedShare)} %`]);
  }
  list.replaceChildren(...entries.map(([key, value]) => {
    const pair = element("div", undefined, { "data-vital": key });
    pair.append(element("dt", say(key)), element("dd", value));
    return pair;
  }));
}

/** Seconds of network time as a time of day; simulated streets count from midnight too. */
function clock(seconds) {
  const day = Math.floor(((seconds % 86400) + 86400) % 86400);
  return [day / 3600, (day / 60) % 60, day % 60].map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
}

function showTrend() {
  const [width, height] = [480, 96];
  const picture = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
  const last = shares.at(-1);
  picture.append(drawn("title", {}, `${say("trend")}: ${last ? Math.round(100 * last.share) : 0} %`));
  const first = last ? last.time - trendLength : 0;
  const points = shares.map(({ time, share }) =>
    `${(width * (time - first)) / trendLength},${4 + (height - 8) * (1 - share)}`);
  picture.append(drawn("polyline", { points: points.join(" "), class: "plan" }));
  $("trend").replaceChildren(picture);
}

function showMap() {
  const all = [...junctions.values()];
  if (all.length === 0) return;
  const xs = all.map((junction) => junction.x);
  const ys = all.map((junction) => -junction.y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const size = Math.max(Math.max(...xs) - left, Math.max(...ys) - top, 1);
  const scale = 440 / size;
  const height = (Math.max(...ys) - top) * scale + 40;
  const picture = drawn("svg", { viewBox: `0 0 480 ${height}`, role: "img" });
  const counts = Object.entries(health?.running ?? {}).map(([kind, count]) => `${say(kind)} ${count}`);
  picture.append(drawn("title", {}, `${say("map")}: ${counts.join(", ")}`));
  for (const junction of all) {
    const x = 20 + (junction.x - left) * scale;
    const y = 20 + (-junction.y - top) * scale;
    const kind = state(junction);
    const mark = drawn("g", { class: kind, "data-junction": junction.junction });
    mark.append(drawn("title", {}, `${junction.junction}: ${say(kind)}`));
    mark.append(shape(kind, x, y));
    picture.append(mark);
  }
  $("map").replaceChildren(picture);
}

/** A mark that can be told from others without colour. */
function shape(kind, x, y) {
  const corners = (list) => list.map(([dx, dy]) => `${x + dx},${y + dy}`).join(" ");
  switch (kind) {
    case "plan": case "groups": return drawn("circle", { class: "mark", cx: x, cy: y, r: 7 });
    case "fallback": return drawn("rect", { class: "mark", x: x - 7, y: y - 7, width: 14, height: 14 });
    case "unknown": return drawn("polygon", { class: "mark", points: corners([[-8, 7], [8, 7], [0, -8]]) });
    default: return drawn("polygon", { class: "mark", points: corners([[0, -9], [9, 0], [0, 9], [-9, 0]]) });
  }
}

function showLegend() {
  $("legend").replaceChildren(...["plan", "fallback", "unknown", "starting"].map((kind) => {
    const entry = element("li", undefined, { class: kind });
    const picture = drawn("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" });
    picture.append(shape(kind, 10, 10));
    entry.append(picture, ` ${say(kind)}`);
    return entry;
  }));
}

function showJunctions() {
  $("junctions").replaceChildren(...[...junctions.values()].map((junction) => {
    const row = element("tr", undefined, { "data-junction": junction.junction });
    row.append(element("th", junction.junction, { scope: "row" }));
    row.append(element("td", say(state(junction)), { class: state(junction) }));
    row.append(element("td", junction.plan ? String(junction.plan.cycle_s) : "–"));
    row.append(element("td", say(junction.demandBasis)));
    row.append(element("td", junction.refusal ?? junction.origin?.reason ?? "–"));
    const forced = junction.isForcedToFallback;
    const cell = element("td");
    cell.append(button(forced ? "resume" : "toFallback", junction.junction, () =>
      order(`api/v1/junctions/${encodeURIComponent(junction.junction)}/${forced ? "resume" : "fallback"}`)));
    row.append(cell);
    return row;
  }));
}

function showAlarms(events) {
  const open = events.filter((event) => event.severity !== "notice" && !event.acknowledgedBy).slice(0, 20);
  $("alarms").replaceChildren(...(open.length ? open : [null]).map((event) => {
    if (!event) return element("li", say("none"));
    const entry = element("li", undefined, { class: event.severity, "data-event": event.id });
    entry.append(element("p", `${clock(event.time)} ${event.subject} ${event.detail}`));
    entry.append(button("acknowledge", event.detail, () => order(`api/v1/events/${event.id}/acknowledge`)));
    return entry;
  }));
}

function showProposals(proposals) {
  $("proposals").replaceChildren(...(proposals.length ? proposals : [null]).map((proposal) => {
    if (!proposal) return element("li", say("none"));
    const entry = element("li", undefined, { "data-proposal": proposal.id });
    entry.append(element("p", `${proposal.district}: ${proposal.reason}`));
    if (proposal.delayBefore !== undefined && proposal.delayAfter !== undefined) {
      entry.append(element("p", say("saves") + proposal.delayBefore.toFixed(1) + say("to") + proposal.delayAfter.toFixed(1)));
    }
    for (const choice of ["approve", "reject"]) {
      entry.append(button(choice, proposal.district, () => order(`api/v1/proposals/${proposal.id}/${choice}`)), " ");
    }
    return entry;
  }));
}

/** Lists that change seldom. */
async function refresh() {
  const [events, proposals] = await Promise.all([ask("api/v1/events?limit=200"), ask("api/v1/proposals")]);
  showAlarms(events);
  showProposals(proposals);
  vital = await ask("api/v1/vital-signs").catch(() => null);
  showVital();
}

let isDrawing = false;
function draw() {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    showVital();
    showTrend();
    showMap();
    const focus = document.activeElement;
    if (!$("junctions").contains(focus)) showJunctions();
  });
}

function hear(name, data) {
  if (name === "junction") {
    junctions.set(data.junction, data);
  } else if (name === "health") {
    health = data;
    const leased = (data.running.plan ?? 0) + (data.running.groups ?? 0);
    if (shares.length && data.time < shares.at(-1).time) shares.length = 0;
    shares.push({ time: data.time, share: data.junctions ? leased / data.junctions : 0 });
    while (shares.length && shares[0].time < data.time - trendLength) shares.shift();
  }
  draw();
}

/** Server-sent events by fetch, as an EventSource cannot send a token. */
async function listen() {
  stream?.abort();
  const own = new AbortController();
  stream = own;
  while (!own.signal.aborted) {
    try {
      const answer = await fetch("api/v1/stream", { headers: { Authorization: `Bearer ${token}` }, signal: own.signal });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      $("link").textContent = say("live");
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        text += value;
        const parts = text.split("\n\n");
        text = parts.pop();
        for (const part of parts) {
          const [, name, data] = part.match(/^event: (.*)\ndata: (.*)$/) ?? [];
          if (name) hear(name, JSON.parse(data));
        }
      }
    } catch {
      // Told below, and tried again.
    }
    if (own.signal.aborted) return;
    $("link").textContent = say("lost");
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function enter() {
  try {
    await refresh();
  } catch (error) {
    token = null;
    sessionStorage.removeItem("token");
    $("sign-in-error").textContent = error.message;
    return;
  }
  sessionStorage.setItem("token", token);
  $("sign-in").hidden = true;
  $("room").hidden = false;
  $("leave").hidden = false;
  listen();
}

function translate() {
  document.documentElement.lang = language;
  for (const place of document.querySelectorAll("[data-text]")) place.textContent = say(place.dataset.text);
  $("language").textContent = language === "zh" ? "English" : "中文";
  $("language").lang = language === "zh" ? "en" : "zh";
  showLegend();
  if (token) {
    draw();
    refresh().catch(() => {});
  }
}

$("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  token = $("token").value;
  $("token").value = "";
  $("sign-in-error").textContent = "";
  enter();
});
$("leave").addEventListener("click", () => {
  stream?.abort();
  sessionStorage.removeItem("token");
  location.reload();
});
$("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
  translate();
});
setInterval(() => { if (token && !$("room").hidden) refresh().catch(() => {}); }, 2000);
translate();
if (token) enter();
