"""Makes the pictures that README.md shows, looking at pages in Chromium.

Usage: screenshots.py [report | room] [REPORT.html]

report  The report on the demo's network, which is optimised first; or another report.
room    The control room, while the demo's street runs in SUMO and somebody decides on the plans for it.
"""

import pathlib
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

import demo_live

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
# Picture, what is shown from its top edge on, width and height in px.
REPORT_PICTURES = [
    ("report-summary.png", "#summary", 960, 1080),
    ("report-street.png", "#streets", 960, 520),
    ("report-junction.png", "#j3", 960, 1000),
]
ROOM_PICTURES = [("room-desk.png", 1280, 1240), ("room-phone.png", 390, 844)]


def make_report(folder):
    network = ROOT / "Networks/hangzhou"
    page = pathlib.Path(folder) / "report.html"
    subprocess.run(
        [ROOT / ".build/release/greenband", "optimize", network / "network.json", "--counts", network / "counts.csv",
         "-o", pathlib.Path(folder) / "plan.json", "--report", page],
        check=True, stdout=subprocess.DEVNULL)
    return page


def save(page, name):
    (ROOT / "docs").mkdir(exist_ok=True)
    page.screenshot(path=ROOT / "docs" / name)
    print(f"docs/{name}: {(ROOT / 'docs' / name).stat().st_size} bytes")


def picture_report(browser, report):
    for name, place, width, height in REPORT_PICTURES:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(report.resolve().as_uri())
        page.evaluate("place => document.querySelector(place).scrollIntoView()", place)
        save(page, name)
        page.close()


def approve_all(centre):
    for proposal in centre.ask("api/v1/proposals") or []:
        centre.ask(f"api/v1/proposals/{proposal['id']}/approve", "POST")


def picture_room(browser, folder):
    """The first plans are approved, those for the demand that doubles wait; one junction is in fallback by order."""
    demo_live.prepare(folder)
    centre = demo_live.Centre(folder, folder / "network.json", 300, role="engineer", approval="engineer")
    centre.start()
    trace = demo_live.Trace(folder / "trace.jsonl")
    # Slow enough for the search to keep pace with it on a busy machine.
    street = demo_live.start_street(folder, centre, trace, 10)
    try:
        for time in (620, 920, 1220):
            demo_live.watch(centre, street, trace, time, lambda centre: None)
            approve_all(centre)
        first = centre.ask("api/v1/junctions")[0]["junction"]
        centre.ask(f"api/v1/junctions/{first}/fallback", "POST")
        for time in (1530, 1830, 2130, 2430):
            demo_live.watch(centre, street, trace, time, lambda centre: None)
            if centre.ask("api/v1/proposals"):
                break
        for name, width, height in ROOM_PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(centre.url)
            page.locator("#token").fill(centre.token)
            page.keyboard.press("Enter")
            page.locator("#marks g").first.wait_for()
            page.wait_for_timeout(1000)
            save(page, name)
            page.close()
    finally:
        street.kill()
        centre.stop()


def main():
    what = sys.argv[1:] or ["report", "room"]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="greenband-pictures-") as name:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        if what[0] == "report":
            picture_report(browser, pathlib.Path(what[1]) if len(what) > 1 else make_report(name))
        if "room" in what:
            picture_room(browser, pathlib.Path(name))
        browser.close()


if __name__ == "__main__":
    main()
