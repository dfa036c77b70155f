"""The control room in Chromium, the centre's interface that it is held against, and the wire between them."""

import decimal
import json
import selectors
import socket
import threading
import time
import urllib.error
import urllib.request

import jsonschema
from axe_playwright_python.sync_playwright import Axe

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

DATA = """() => [...document.querySelectorAll('data')].map(e =>
  ({path: e.dataset.path, value: e.value, text: e.textContent, digits: e.dataset.digits, factor: e.dataset.factor}))"""

# Digits among the figures that no JSON stands behind.
LOOSE = """() => [...document.querySelectorAll('#vital dd, #trend figcaption, #junctions td, dialog dd')].map(e => {
  const copy = e.cloneNode(true);
  for (const known of copy.querySelectorAll('data, .prose, span')) known.remove();
  return e.classList.contains('prose') ? '' : copy.textContent;
}).filter(text => /[0-9]/.test(text))"""

# When some texts have all been on the page, by the clock of this machine, s.
APPEARANCE = """(places) => { window.appearance = new Promise(done => {
  const look = () => {
    const isThere = ([place, text]) => [...document.querySelectorAll(place)].some(e => e.textContent.includes(text));
    if (places.every(isThere)) done(Date.now() / 1000); else requestAnimationFrame(look);
  };
  look();
}); }"""


class Centre:
    """The centre's HTTP interface, as programs use it."""

    def __init__(self, url):
        self.url = url

    def ask(self, path, role, method="GET"):
        request = urllib.request.Request(
            self.url + path, method=method, headers={"Authorization": f"Bearer {role}"})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.loads(answer.read() or "null")
        except urllib.error.HTTPError as error:
            return error.code, None

    def known(self):
        """All that the page shows numbers of, by the first words of their paths."""
        def view(path):
            return self.ask(path, "viewer")[1]

        health = view("health")
        proposals = {str(row["id"]): row | view(f"api/v1/proposals/{row['id']}") for row in view("api/v1/proposals")}
        return {
            "health": health | {"running": {"fallback": 0} | health["running"]},
            "leased": sum(health["running"].get(kind, 0) for kind in ("plan", "groups")),
            "vital-signs": view("api/v1/vital-signs"), "trend": view("api/v1/trend"), "proposals": proposals,
            "junctions": {row["junction"]: row for row in view("api/v1/junctions")},
            "streets": {row["link"]: row for row in view("api/v1/streets")},
            "districts": {row["name"]: row | {"junctions": {"length": len(row["junctions"])}} for row in view("api/v1/districts")},
            "decision": next(iter(view("api/v1/junctions/J/decisions?limit=1") or []), None),
            "events": {str(row["id"]): row for row in view("api/v1/events?open=true")},
        }


def schema_faults(centre):
    """Answers of the interface that are not as openapi.json says, and how many were held against it."""
    document = centre.ask("openapi.json", "viewer")[1]
    faults, count = [], 0
    for path, operations in document["paths"].items():
        content = operations.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        if schema is None or path == "/openapi.json" or any(key in path for key in ("{id}", "{detector}", "/decisions")):
            continue
        # The audit log is the engineers'.
        status, answer = centre.ask(path.lstrip("/").replace("{junction}", "J"), "engineer")
        check = jsonschema.Draft202012Validator(schema | {"components": document["components"]})
        faults += [f"{path}: {error.message}"[:300] for error in check.iter_errors(answer)]
        faults += [] if status == 200 else [f"{path}: {status}"]
        count += 1
    return faults, count


def value_at(known, path):
    for part in path.split("."):
        known = known[int(part)] if isinstance(known, list) else known[part]
    return known


def shown(value, digits, factor):
    if digits is None:
        return "{:02}:{:02}:{:02}".format(int(value % 86400) // 3600, int(value / 60) % 60, int(value % 60))
    step = decimal.Decimal(1).scaleb(-int(digits))
    rounded = decimal.Decimal(value * float(factor)).quantize(step, decimal.ROUND_HALF_UP)
    return f"{rounded:,}"


def wrong_numbers(page, known):
    """Numbers on the page that are not those of the JSON, and how many there are on it."""
    data = page.evaluate(DATA)
    return [f"no JSON: {text}" for text in page.evaluate(LOOSE)] + wrong_values(data, known), len(data)


def wrong_values(data, known):
    """Those of some numbers of the page that are not as the JSON has them."""
    wrong = []
    for row in data:
        try:
            value = value_at(known, row["path"])
        except (KeyError, IndexError, TypeError):
            wrong.append(f"{row['path']}: not in the JSON, page {row['text']}")
            continue
        if float(row["value"]) != value or row["text"] != shown(value, row["digits"], row["factor"]):
            wrong.append(f"{row['path']}: page {row['value']} ({row['text']}), JSON {value}")
    return wrong


def wrong_charts(page, known):
    """Lines of the charts that are not those of the JSON."""
    trend, wrong = known["trend"], []
    expected = []
    if trend["demand"]:
        demand = [(row["time_s"], row["demand_vehPerHour"]) for row in trend["demand"]]
        coming = demand[-1:] + [(row["time_s"], row["demand_vehPerHour"]) for row in trend["forecast"]]
        expected.append([demand, coming])
    expected.append([[(row["time_s"], row["delay_sPerVehicle"]) for row in trend["vitalSigns"]]])
    expected.append([[(row["time_s"], row["leased"]) for row in trend["operation"]]])
    figures = page.evaluate("""() => [...document.querySelectorAll('#trend figure')].map(figure => ({
      top: figure.querySelector('[data-slot=top]')?.textContent,
      lines: [...figure.querySelectorAll('polyline')].map(line => line.getAttribute('points'))}))""")
    for figure, lines in zip(figures, expected, strict=True):
        times = [time for line in lines for time, _ in line]
        if len(times) < 2:
            continue
        top, begin, length = float(figure["top"].replace(",", "")), min(times), max(1, max(times) - min(times))
        for line, points in zip(lines, figure["lines"], strict=True):
            there = [tuple(map(float, point.split(","))) for point in points.split()]
            here = [(44 + 268 * (time - begin) / length, 100 - 92 * value / top) for time, value in line]
            if len(there) != len(here) or any(abs(a - b) > 0.06 for one, two in zip(there, here) for a, b in zip(one, two)):
                wrong.append(f"{points} for {line}")
    return wrong


def wrong_map(page, known):
    """Streets and junctions on the map that are not as the JSON has them."""
    def look(place):
        return page.evaluate("""place => [...document.querySelectorAll(place)].map(e =>
          [e.dataset.key, e.getAttribute('class').split(' ')[1], e.querySelector('title').textContent])""", place)

    wrong = []
    streets, marks = look("#streets polyline"), look("#marks g")
    for link, fullness, title in streets:
        street = known["streets"][link]
        saturation, ratio = street.get("degreeOfSaturation"), street.get("storageRatio")
        expected = link if saturation is None else f"{link}: x {shown(saturation, 2, 1)}, {shown(ratio, 0, 100)} %"
        if title != expected or fullness != ("full" if (ratio or 0) >= 0.9 else "busy" if (saturation or 0) >= 0.9 else "calm"):
            wrong.append(f"{title} ({fullness}): {expected}")
    for name, kind, _ in marks:
        junction = known["junctions"][name]
        running = junction.get("running", "unknown") if junction["isConnected"] else "unknown"
        if kind != ("degraded" if junction["isDegraded"] else running):
            wrong.append(f"{name}: {kind}")
    if len(streets) != len(known["streets"]) or len(marks) != len(known["junctions"]):
        wrong.append(f"{len(streets)} streets, {len(marks)} junctions")
    return wrong


def wrong_bars(page, junction):
    """Greens in the dialog of a junction that are not those of its plan."""
    bars = page.evaluate("""() => [...document.querySelectorAll('#junction-view .greens')].map(svg =>
      [...svg.querySelectorAll('rect')].map(bar => [+bar.getAttribute('x'), +bar.getAttribute('width')]))""")
    cycle, expected = junction["plan"]["cycle_s"], []
    for group in junction["plan"]["greens"]:
        parts = []
        for interval in group["intervals"]:
            start, length = (100 * interval[key] / cycle for key in ("start_s", "duration_s"))
            first = min(length, 100 - start)
            parts += [(start, first)] + ([(0, length - first)] if length > first else [])
        expected.append(parts)
    is_same = len(bars) == len(expected) and all(
        len(there) == len(here) and all(abs(a - b) < 0.01 for one, two in zip(there, here) for a, b in zip(one, two))
        for there, here in zip(bars, expected))
    return [] if is_same else [f"{bars} for {expected}"]


def wrong_prose(page, known):
    """Origins and reasons of plans that are not those of the JSON, in English."""
    makers = {"present": "the controllers' own", "optimiser": "search", "regulator": "regulator of splits", "operator": "a person"}
    rows = page.evaluate("""() => [...document.querySelectorAll('#junctions tr')].map(row =>
      [...row.children].map(cell => cell.textContent.trim()))""")
    wrong = []
    for name, runs, basis, _, maker, reason in rows:
        junction = known["junctions"][name]
        if reason != (junction.get("refusal") or junction["origin"]["reason"]) or maker != makers[junction["origin"]["maker"]]:
            wrong.append(f"{name}: {maker}, {reason}")
        if basis != {"unknown": "not known"}.get(junction["demandBasis"], junction["demandBasis"]):
            wrong.append(f"{name}: {basis}")
    return wrong if len(rows) == len(known["junctions"]) else wrong + [f"{len(rows)} junctions"]


def serious(page):
    violations = Axe().run(page).response["violations"]
    return [
        f"{row['id']} ({row['impact']}): {row['nodes'][0]['html'][:200]}"
        for row in violations if row["impact"] in ("serious", "critical")]


def sideways(page):
    """How wide the page is, and what of it cannot be reached because it is beyond the edge and nothing scrolls to it."""
    return page.evaluate("""() => {
      const hidden = [...document.querySelectorAll('main button, main input, main th, main td, main li, main dd, main figure')]
        .filter(e => { const box = e.getBoundingClientRect();
          return box.width > 0 && (box.left < -1 || box.right > innerWidth + 1) && !e.closest('.scroll'); });
      return {width: document.documentElement.scrollWidth, hidden: hidden.map(e => e.outerHTML.slice(0, 100))};
    }""")


class Wire:
    """A wire to the centre that can be cut, or brings nothing for a while though it seems to stand."""

    def __init__(self, port):
        self.port, self.is_held, self.pairs = port, False, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/"
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        ends = selectors.DefaultSelector()
        ends.register(self.listener, selectors.EVENT_READ)
        while True:
            for key, _ in ends.select(0.05):
                if key.fileobj is self.listener:
                    near, far = self.listener.accept()[0], socket.create_connection(("127.0.0.1", self.port))
                    ends.register(near, selectors.EVENT_READ, far)
                    ends.register(far, selectors.EVENT_READ, near)
                elif self.is_held:
                    time.sleep(0.01)
                elif not self.carry(key.fileobj, key.data):
                    for end in (key.fileobj, key.data):
                        ends.unregister(end)
                        end.close()
                    break

    @staticmethod
    def carry(near, far):
        """Carries on what came; whether there is more to come."""
        try:
            data = near.recv(65536)
            far.sendall(data)
            return bool(data)
        except OSError:
            return False


class Room:
    """A browser with the control room open."""

    def __init__(self, browser, url, language="en-GB", viewport=None):
        self.messages, self.requests = [], []
        self.page = browser.new_context(locale=language, viewport=viewport or DESK).new_page()
        self.page.on("console", lambda message: self.messages.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(url, wait_until="load")

    def enter(self, role):
        """Signs in by the keyboard."""
        self.page.locator("#token").focus()
        self.page.keyboard.type(role)
        self.page.keyboard.press("Enter")
        self.page.locator("#room").wait_for(state="visible")
        self.page.locator("#sign-in").wait_for(state="hidden")
        self.page.locator("#vital div").first.wait_for()

    def tab_to(self, place, most=60):
        """Presses Tab until something has the focus; how often, or nothing where it never has."""
        for presses in range(1, most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("place => document.activeElement.matches(place)", place):
                return presses
        return None

    def awaiting(self, *places):
        self.page.evaluate(APPEARANCE, list(places))

    def appeared(self):
        return self.page.evaluate("window.appearance")

    def settle(self):
        """Waits until what was told last is shown."""
        self.page.wait_for_timeout(600)
