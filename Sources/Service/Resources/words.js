/** What the page says, in English and Chinese. */

const words = {
  en: {
    title: "greenband control room", skip: "Skip to content", signedOut: "Not signed in", live: "Live",
    lost: "The centre does not answer; trying again. What is shown may be old.", leave: "Sign out", token: "Token",
    enter: "Sign in", refused: "The centre does not know this token.", failed: "The order was not carried out: ",
    vital: "Vital signs", alarms: "Alarms", proposals: "Plans that wait for approval", map: "Map",
    trend: "Trend and forecast", junctions: "Junctions", districts: "Districts", none: "none", close: "Close",
    status: "State", time: "Time", connected: "Connected", onLease: "On a lease", degradedShare: "Of them degraded",
    inFallback: "In fallback", detectors: "Sound detectors", flow: "Demand, veh/h", delay: "Delay, s/veh",
    saturation: "Greatest saturation", saturated: "Movements at 0.9 and more", spillback: "Streets at risk of spillback",
    expected: "Demand expected, veh/h", store: "Store", storeFailure: "takes nothing",
    ok: "well", needsLook: "needs a look", of: " / ", at: " at ", plusMinus: " ± ",
    junction: "Junction", runs: "Runs", cycle: "Cycle, s", offset: "Offset, s", demandBasis: "Demand", maker: "Plan made by",
    reason: "Reason", since: "Since", lease: "Lease", until: "until", proposal: "proposal ", district: "District",
    refusal: "Refused", forced: "Ordered by a person", group: "Signal group", aspect: "Shows now", green: "Green: start + length, s",
    condition: "Detectors", plan: "leased plan", groups: "leased stages", degraded: "leased plan, demand not measured",
    local: "controller's own law, no lease",
    fallback: "fallback", unknown: "no link", starting: "all red, starting", busy: "street at saturation 0.9 and more",
    full: "street that may spill back", measured: "measured", imputed: "imputed", historic: "from history",
    basisUnknown: "not known", present: "the controllers' own", optimiser: "search", regulator: "regulator of splits",
    operator: "a person", viewerRole: "viewer", operatorRole: "operator", engineerRole: "engineer",
    red: "red", redAmber: "red and amber", yellow: "yellow", greenAspect: "green",
    sound: "sound", silent: "silent", dead: "dead", stuck: "stuck", doubled: "counts twice", missing: "missing",
    approve: "Approve", reject: "Reject", acknowledge: "Acknowledge", toFallback: "Force fallback", resume: "End fallback",
    hold: "Hold", release: "Release", held: "held by order", free: "not held", ofJunctions: " junctions, ",
    decision: "Last decision, for ", stage: "Stage: groups that are green", cost: "Cost, weighted s of delay", wanted: "wanted",
    dearer: "dearer all the way", nobodyGreen: "none", changing: "the stage is changing", cheapest: "it costs least",
    longestWait: "somebody has waited longest", junctionOccupied: "vehicles stand inside the junction",
    priorityFor: "priority for ",
    whatFor: "Reason, for the audit log", delayChange: "Delay expected, s/veh: ", to: " to ", timings: "Timings",
    demandTrend: "Demand, veh/h", delayTrend: "Delay, s/veh", operationTrend: "Junctions on a lease",
    now: "now", nothingYet: "nothing was counted yet", more: " more", warning: "Warning", alarm: "Alarm",
    started: "the controller has started", leaseBegan: "a lease took over", leaseLapsed: "the lease lapsed",
    leaseRefused: "a lease was refused", guardRefused: "the safety guard refused what was to be shown",
    linkLost: "the connection to the centre was lost", clockJumped: "the clock was set or stood still",
    driverFailed: "the lamps cannot be driven", driverRecovered: "the lamps can be driven again",
    groupStarved: "a group was red for too long", fallbackBegan: "the fallback programme took over",
    storageFailed: "the disk takes nothing", messagesDropped: "messages were dropped",
  },
  "zh-Hans": {
    title: "greenband 控制室", skip: "跳到内容", signedOut: "未登录", live: "实时",
    lost: "中心没有应答，正在重试。显示的内容可能已过时。", leave: "退出", token: "令牌", enter: "登录",
    refused: "中心不认识这个令牌。", failed: "指令未执行：",
    vital: "生命体征", alarms: "告警", proposals: "待批方案", map: "地图", trend: "趋势与预测", junctions: "路口", districts: "区域", none: "无",
    close: "关闭", status: "状态", time: "时间", connected: "在线", onLease: "持有租约", degradedShare: "其中降级",
    inFallback: "后备运行", detectors: "正常检测器", flow: "需求（辆/时）", delay: "延误（秒/辆）", saturation: "最大饱和度",
    saturated: "饱和度0.9以上的流向", spillback: "有回溢风险的路段", expected: "预测需求（辆/时）", store: "存储",
    storeFailure: "无法写入", ok: "良好", needsLook: "需要查看", of: " / ", at: "，", plusMinus: " ± ",
    junction: "路口", runs: "运行", cycle: "周期（秒）", offset: "相位差（秒）", demandBasis: "需求依据", maker: "方案来源",
    reason: "原因", since: "自", lease: "租约", until: "至", proposal: "提案 ", district: "区", refusal: "被拒绝",
    forced: "人工指令", group: "信号组", aspect: "当前灯色", green: "绿灯：起点 + 时长（秒）", condition: "检测器",
    plan: "租约方案", groups: "租约阶段", degraded: "租约方案，需求非实测", local: "本地控制，无租约", fallback: "后备方案", unknown: "断线",
    starting: "全红启动", busy: "饱和度0.9以上的路段", full: "可能回溢的路段", measured: "实测", imputed: "补全",
    historic: "历史", basisUnknown: "未知", present: "控制器自带", optimiser: "优化搜索", regulator: "绿信比调节器",
    operator: "人工", viewerRole: "观察员", operatorRole: "操作员", engineerRole: "工程师",
    red: "红", redAmber: "红黄", yellow: "黄", greenAspect: "绿", sound: "正常", silent: "无数据", dead: "失效", stuck: "卡死",
    doubled: "重复计数", missing: "缺失", approve: "批准", reject: "否决", acknowledge: "确认", toFallback: "强制后备",
    resume: "结束后备", hold: "保持", release: "解除保持", held: "按指令保持", free: "未保持", ofJunctions: " 个路口，",
    decision: "最近的决策，时刻 ", stage: "阶段：绿灯信号组", cost: "代价（加权延误秒）", wanted: "选定", dearer: "始终更差",
    nobodyGreen: "无", changing: "正在切换阶段", cheapest: "代价最小", longestWait: "有人等候最久", junctionOccupied: "路口内有车辆滞留",
    priorityFor: "优先：",
    whatFor: "原因（记入审计日志）", delayChange: "预期延误（秒/辆）：", to: " → ", timings: "配时",
    demandTrend: "需求（辆/时）", delayTrend: "延误（秒/辆）", operationTrend: "持有租约的路口", now: "现在",
    nothingYet: "尚无计数", more: " 项以上", warning: "警告", alarm: "告警",
    started: "控制器已启动", leaseBegan: "租约生效", leaseLapsed: "租约到期", leaseRefused: "租约被拒绝",
    guardRefused: "安全校验拒绝了将要显示的灯色", linkLost: "与中心的连接中断", clockJumped: "时钟被调整或停走",
    driverFailed: "无法驱动信号灯", driverRecovered: "信号灯恢复驱动", groupStarved: "某信号组红灯过长",
    fallbackBegan: "后备方案生效", storageFailed: "磁盘无法写入", messagesDropped: "消息被丢弃",
  },
};

/** Sentences of the centre in Chinese; what is not here stays as the centre wrote it. */
const phrases = [
  [/^lost: it hung up$/, "连接中断：对方挂断"], [/^lost: (.*)$/, "连接中断：$1"],
  [/^silent: (.*)$/, "检测器无数据：$1"], [/^heard again: (.*)$/, "检测器恢复：$1"],
  [/^demand is (\w+), was (\w+)$/, "需求依据：{$1}（原为{$2}）"],
  [/^splits moved at (\d+) junctions: saves (\S+) vehicle-seconds, the change costs (\S+)$/,
    "调整 $1 个路口的绿信比：节省 $2 车秒，切换代价 $3"],
  [/^plan sought anew at (\d+) junctions: saves (\S+) vehicle-seconds, the change costs (\S+)$/,
    "重新搜索 $1 个路口的方案：节省 $2 车秒，切换代价 $3"],
  [/^first plan for what was counted$/, "按计数得到的首个方案"], [/^the plan to begin with$/, "初始方案"],
  [/^control of the second rests: the plan runs$/, "逐秒控制暂停：执行方案"],
  [/^it ran before$/, "重启前运行的方案"], [/^lease (\d+) refused: \w+ (.*)$/, "租约 $1 被拒绝：$2"],
  [/^(.*): no plan was found$/, "$1：未找到方案"],
  [/^(.*): the plan stays: what was measured cannot be used$/, "$1：方案不变：测得的数据无法使用"],
  [/^(.*): a proposed plan was refused: (.*)$/, "$1：提案被安全校验拒绝：$2"],
  [/^no copy of the store: (.*)$/, "存储无法备份：$1"], [/^feed (.*): it hung up$/, "数据源 $1：对方挂断"],
  [/^(\d+) alarms that nobody saw were too old to keep$/, "$1 条未确认的告警已过期删除"],
];

let language = localStorage.getItem("language") === "zh-Hans" ? "zh-Hans" : localStorage.getItem("language") === "en" ? "en"
  : navigator.language.startsWith("zh") ? "zh-Hans" : "en";

export const say = (key) => words[language][key] ?? key;
export const languageNow = () => language;

export function switchLanguage() {
  language = language === "en" ? "zh-Hans" : "en";
  localStorage.setItem("language", language);
}

/** A sentence of the centre: text with the language that it is in. */
export function prose(text) {
  if (language === "en") return { text, language };
  for (const [pattern, form] of phrases) {
    if (!pattern.test(text)) continue;
    return { text: text.replace(pattern, form).replace(/\{(\w+)\}/g, (_, word) => basis(word)), language };
  }
  return { text, language: "en" };
}

/** What an event is about: reports of controllers begin with a word that the page knows. */
export function told(event) {
  if (event.kind !== "controller") return prose(event.detail);
  const [code, ...rest] = event.detail.trim().split(" ");
  return { text: [say(code), ...(rest.length ? [rest.join(" ")] : [])].join(language === "en" ? ": " : "："), language };
}

export const basis = (word) => say(word === "unknown" ? "basisUnknown" : word);

/** Seconds of network time as a time of day; simulated streets count from midnight too. */
export function clock(seconds) {
  const day = Math.floor(((seconds % 86400) + 86400) % 86400);
  return [day / 3600, (day / 60) % 60, day % 60].map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
}

export const round = (value, digits = 0) =>
  Number(value).toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
