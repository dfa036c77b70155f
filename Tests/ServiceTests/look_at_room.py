"""Works in the control room in Chromium as people do, and prints what it saw as JSON.

Usage: look_at_room.py URL VISIT FOLDER

The street is moved by whoever starts this: each line {"do": …} on standard output asks for something to happen, and is
answered by one line of JSON on standard input. The last line on standard output is {"seen": …}. Times are s since 1970 by the
clock of this machine. FOLDER gets pictures.
"""

import json
import pathlib
import sys
import time

from playwright.sync_api import sync_playwright

# A folder of compiled Python has no place among the tests.
sys.dont_write_bytecode = True
from room import (  # noqa: E402
    DATA, PHONE, Centre, Room, Wire, schema_faults, serious, sideways, wrong_bars, wrong_charts, wrong_map, wrong_numbers,
    wrong_prose, wrong_values)

CHROMIUM = "/usr/bin/chromium"


def do(what):
    """Has the street do something, and returns what came of it."""
    print(json.dumps({"do": what}), flush=True)
    return json.loads(sys.stdin.readline())


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
    seen["wrong"] += wrong_charts(page, known) + wrong_map(page, known) + wrong_prose(page, known)
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
    seen["wrong"] += wrong + wrong_bars(page, known["junctions"]["J"])
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
    # Nobody hangs up: nothing comes over the wire any more.
    room.awaiting(("#marks g.unknown title", "K"), ("#junctions td.unknown", "no link"), ("[data-vital=connected] dd", "1 / 2"))
    happened = do("cut")["at"]
    seen["delays"]["cut"] = room.appeared() - happened
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
    # A district that is held, and let go again.
    page.locator("#districts [data-key=west] [data-action=hold]").click()
    page.locator("#districts [data-key=west] [data-action=release]").wait_for()
    seen["held"] = [row["name"] for row in centre.ask("api/v1/districts", "viewer")[1] if row["isHeld"]]
    seen["held_shown"] = page.locator("#districts [data-key=west] p").text_content()
    page.locator("#districts [data-key=west] [data-action=release]").click()
    page.locator("#districts [data-key=west] [data-action=hold]").wait_for()
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


def steered(browser, centre, folder):
    """What the page says of control of the second."""
    room = Room(browser, centre.url)
    page = room.page
    room.enter("viewer")
    do("steer")
    page.locator("#junctions button").first.click()
    page.locator("#decision table").wait_for()
    room.settle()
    seen = {"decision": centre.ask("api/v1/junctions/J/decisions?limit=1", "viewer")[1][0]}
    known = {"decision": seen["decision"], "junctions": {row["junction"]: row for row in centre.ask("api/v1/junctions", "viewer")[1]}}
    within = page.evaluate(DATA.replace("document.querySelectorAll('data')", "document.querySelectorAll('#decision data')"))
    seen["wrong"], seen["numbers"] = wrong_values(within, known), len(within)
    seen["rows"] = page.evaluate("() => [...document.querySelectorAll('#decision tbody tr')].map(e => [...e.children].map(c => c.textContent))")
    seen["caption"] = page.locator("#decision caption").text_content()
    seen["axe"] = serious(page)
    seen["messages"] = room.messages
    page.screenshot(path=folder / "decision.png")
    return seen


VISITS = {"look_around": look_around, "faults": faults, "outage": outage, "orders": orders, "steered": steered}


def main():
    url, visit, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        seen = VISITS[visit](browser, Centre(url), folder)
        browser.close()
    print(json.dumps({"seen": seen}), flush=True)


if __name__ == "__main__":
    main()
