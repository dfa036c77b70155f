"""Works in the control room in Chromium as people do, and prints what it saw as JSON.

Usage: look_at_room.py URL VISIT FOLDER

The street is moved by whoever starts this: each line {"do": …} on standard output asks for something to happen, and is
answered by one line of JSON on standard input. The last line on standard output is {"seen": …}. Times are s since 1970 by the
clock of this machine. FOLDER gets pictures.
"""

import decimal
import json
import pathlib
import selectors
import socket
import sys
import threading
import time
import urllib.error
import urllib.request

import jsonschema
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
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


def do(what):
    """Has the street do something, and returns what came of it."""
    print(json.dumps({"do": what}), flush=True)
    return json.loads(sys.stdin.readline())


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
    wrong = [f"no JSON: {text}" for text in page.evaluate(LOOSE)]
    for row in data:
        try:
            value = value_at(known, row["path"])
        except (KeyError, IndexError, TypeError):
            wrong.append(f"{row['path']}: not in the JSON, page {row['text']}")
            continue
        if float(row["value"]) != value or row["text"] != shown(value, row["digits"], row["factor"]):
            wrong.append(f"{row['path']}: page {row['value']} ({row['text']}), JSON {value}")
    return wrong, len(data)


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


def look_around(browser, centre, folder):
    """Numbers, accessibility, languages and a phone."""
    seen = {}
    room = Room(browser, centre.url)
    page = room.page
    seen["axe_sign_in"] = serious(page)
    room.enter("engineer")
    do("count")
    room.settle()
    known = centre.known()
    page.locator("#proposals summary").first.click()
    page.locator("#proposals td").first.wait_for()
    seen["wrong"], seen["numbers"] = wrong_numbers(page, known)
    seen["wrong"] += wrong_charts(page, known) + wrong_prose(page, known)
    # What holds the numbers against each other finds one that is wrong.
    seen["tampered"], _ = wrong_numbers(page, known | {"health": known["health"] | {"connected": 17}})
    seen["schema_faults"], seen["schemas"] = schema_faults(centre)
    seen["vital"] = page.evaluate("() => [...document.querySelectorAll('#vital [data-vital]')].map(e => e.dataset.vital)")
    seen["points"] = {key: len(rows) for key, rows in known["trend"].items()}
    seen["axe"] = serious(page)
    page.screenshot(path=folder / "desk.png", full_page=True)
    page.locator("#junctions button").first.click()
    page.locator("#junction-view table").wait_for()
    room.settle()
    wrong, count = wrong_numbers(page, centre.known())
    seen["wrong"] += wrong
    seen["dialog_numbers"] = count - seen["numbers"]
    seen["axe_dialog"] = serious(page)
    page.screenshot(path=folder / "junction.png")
    page.keyboard.press("Escape")
    page.set_viewport_size(PHONE)
    room.settle()
    seen["phone"] = sideways(page)
    seen["axe_phone"] = serious(page)
    page.screenshot(path=folder / "phone.png", full_page=True)
    page.locator("#language").click()
    room.settle()
    page.locator("#junctions button").first.click()
    page.locator("#junction-view table").wait_for()
    room.settle()
    wrong, _ = wrong_numbers(page, centre.known())
    seen["wrong"] += wrong
    seen["chinese"] = {
        "language": page.evaluate("() => document.documentElement.lang"), "title": page.title(),
        "heading": page.locator("#vital-title").text_content(), "axe": serious(page),
        "dialog": page.locator("#junction-name").text_content(),
        # Words of the page in another language than it says, but for names.
        "english": page.evaluate("""() => {
          const found = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const element = node.parentElement;
            if (element.closest('template, script, [hidden], [lang=en], h1, data, title, #who')) continue;
            found.push(...(node.textContent.match(/[A-Za-z]{3,}/g) ?? []));
          }
          return [...new Set(found)];
        }"""),
    }
    page.screenshot(path=folder / "chinese-junction.png")
    page.keyboard.press("Escape")
    seen["chinese"]["sideways"] = sideways(page)
    page.screenshot(path=folder / "chinese.png", full_page=True)
    # The language is that of the browser until somebody chooses another.
    other = Room(browser, centre.url, language="zh-CN")
    seen["chinese"]["of_browser"] = other.page.evaluate("() => document.documentElement.lang")
    seen["messages"] = room.messages + other.messages
    seen["elsewhere"] = [url for url in room.requests + other.requests if not url.startswith(centre.url)]
    return seen


def faults(browser, centre, folder):
    """How long after a fault the page shows it, says so, and marks the junction."""
    seen = {"delays": {}}
    room = Room(browser, centre.url)
    page = room.page
    room.enter("operator")
    do("count")
    room.settle()

    def fault(name, *places):
        page.evaluate("() => { document.querySelector('#announcement').textContent = ''; }")
        room.awaiting(*places)
        happened = do(name)["at"]
        seen["delays"][name] = room.appeared() - happened

    fault("silence", ("#alarms li.warning", "J: silent: WC in"), ("#announcement", "silent"),
          ("[data-vital=detectors] dd", "3 / 4"))
    fault("fail lamps", ("#alarms li.alarm", "J: the lamps cannot be driven: no current"),
          ("#announcement", "Alarm J the lamps cannot be driven"))
    fault("hang up", ("#alarms li.warning", "K: lost"), ("#announcement", "Warning K lost"),
          ("#marks g.unknown title", "K"), ("#junctions td.unknown", "no link"), ("[data-vital=connected] dd", "1 / 2"))
    page.screenshot(path=folder / "faults.png", full_page=True)
    seen["axe"] = serious(page)
    seen["first"] = page.locator("#alarms li").first.get_attribute("class")
    room.awaiting(("#marks g.plan title", "K"), ("[data-vital=connected] dd", "2 / 2"))
    happened = do("call")["at"]
    seen["delays"]["call"] = room.appeared() - happened
    seen["messages"] = room.messages
    return seen


def outage(browser, centre, folder):
    """What the page says where the centre does not answer, and after that."""
    wire = Wire(int(centre.url.rsplit(":", 1)[1].rstrip("/")))
    room = Room(browser, wire.url)
    room.enter("operator")
    do("count")
    # Nothing happens on the street, and yet the centre is heard of.
    room.page.wait_for_timeout(7000)
    seen = {"quiet": room.page.locator("#link").text_content()}
    wire.is_held = True
    begun = time.time()
    room.awaiting(("#link", "does not answer"))
    do("hang up")
    seen["lost_after"] = room.appeared() - begun
    wire.is_held = False
    begun = time.time()
    room.awaiting(("#link", "Live"), ("#marks g.unknown title", "K"), ("#alarms li.warning", "K: lost"))
    seen["back_after"] = room.appeared() - begun
    # A call that the page gave up is no fault of it.
    seen["messages"] = [text for text in room.messages if "ERR_" not in text]
    return seen


def orders(browser, centre, folder):
    """Who may do what, by the keyboard, and what comes of it."""
    seen = {}
    viewer, engineer, operator = (Room(browser, centre.url) for _ in range(3))
    viewer.enter("viewer")
    engineer.enter("engineer")
    operator.enter("operator")
    do("count")
    do("hang up")
    rejected = do("propose")["id"]
    for room in (viewer, engineer, operator):
        room.page.locator(f"#proposals [data-key='{rejected}']").wait_for()
        room.page.locator("#alarms li").first.wait_for()

    def actions(room):
        room.page.locator("#junctions button").first.click()
        room.settle()
        found = sorted(set(room.page.evaluate("() => [...document.querySelectorAll('[data-action]')].map(e => e.dataset.action)")))
        room.page.keyboard.press("Escape")
        return [action for action in found if action != "junction"]

    seen["actions"] = {role: actions(room) for role, room in (("viewer", viewer), ("operator", operator), ("engineer", engineer))}
    seen["refused"] = {role: centre.ask(f"api/v1/proposals/{rejected}/approve", role, "POST")[0] for role in ("viewer", "operator")}
    # Reject, with a reason, and approve the next one, by nothing but the keyboard.
    page = engineer.page
    seen["tabs"] = engineer.tab_to(f"[data-key='{rejected}'] input")
    page.keyboard.type("school holidays")
    engineer.tab_to(f"[data-key='{rejected}'] [data-action=reject]")
    page.keyboard.press("Enter")
    page.locator(f"#proposals [data-key='{rejected}']").wait_for(state="detached")
    engineer.settle()
    seen["focus_after"] = page.evaluate("() => document.activeElement.id")
    seen["rejected"] = centre.ask(f"api/v1/proposals/{rejected}", "viewer")[1]
    seen["after_rejecting"] = do("watch")
    approved = do("propose")["id"]
    page.locator(f"#proposals [data-key='{approved}']").wait_for()
    engineer.tab_to(f"[data-key='{approved}'] [data-action=approve]")
    # What comes in the meantime must not take the focus away.
    do("run")
    engineer.settle()
    seen["focus_kept"] = page.evaluate("() => document.activeElement.dataset.action")
    page.keyboard.press("Enter")
    page.locator(f"#proposals [data-key='{approved}']").wait_for(state="detached")
    seen["approved"] = centre.ask(f"api/v1/proposals/{approved}", "viewer")[1]["state"]
    seen["after_approving"] = do("watch")
    # An alarm that is acknowledged is gone for everybody.
    entry = operator.page.locator("#alarms li").first.get_attribute("data-key")
    operator.tab_to(f"[data-key='{entry}'] [data-action=acknowledge]")
    operator.page.keyboard.press("Enter")
    for room in (viewer, operator):
        room.page.locator(f"#alarms [data-key='{entry}']").wait_for(state="detached")
    events = centre.ask("api/v1/events?limit=1000", "viewer")[1]
    seen["acknowledged_by"] = next(row.get("acknowledgedBy") for row in events if row["id"] == int(entry))
    # The fallback programme by order, and back.
    page = operator.page
    page.locator("#junctions button").first.click()
    page.locator("[data-action=toFallback]").click()
    page.locator("[data-action=resume]").wait_for()
    seen["forced"] = do("fallback")
    page.keyboard.press("Escape")
    page.locator("#marks g.fallback").wait_for()
    # An order that is not carried out says why: the proposal was decided by somebody else a moment before.
    stale = do("propose")["id"]
    page = engineer.page
    page.locator(f"#proposals [data-key='{stale}']").wait_for()
    page.route("**/api/v1/stream", lambda route: route.abort())
    page.evaluate("id => { window.late = document.querySelector(`[data-key='${id}'] [data-action=approve]`); }", str(stale))
    centre.ask(f"api/v1/proposals/{stale}/reject", "engineer", "POST")
    page.evaluate("() => window.late.click()")
    page.locator("#order-error:not(:empty)").wait_for()
    seen["order_error"] = page.locator("#order-error").text_content()
    page.screenshot(path=folder / "orders.png", full_page=True)
    # The browser itself tells of every answer that is an error; that one was meant to come.
    seen["messages"] = viewer.messages + operator.messages + [text for text in engineer.messages if "409" not in text]
    wrong = Room(browser, centre.url)
    wrong.page.locator("#token").fill("nobody")
    wrong.page.keyboard.press("Enter")
    wrong.page.locator("#sign-in-error:not(:empty)").wait_for()
    seen["unknown_token"] = wrong.page.locator("#sign-in-error").text_content()
    return seen


def main():
    url, visit, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        seen = {"look_around": look_around, "faults": faults, "outage": outage, "orders": orders}[visit](browser, Centre(url), folder)
        browser.close()
    print(json.dumps({"seen": seen}), flush=True)


if __name__ == "__main__":
    main()
