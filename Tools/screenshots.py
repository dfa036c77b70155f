"""Makes the pictures of the report that README.md shows: optimises the demo's network and looks at the page in Chromium.

Usage: screenshots.py [REPORT.html]; with a report, that one is shown and nothing is optimised.
"""

import pathlib
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
# Picture, what is shown from its top edge on, width and height in px.
PICTURES = [
    ("report-summary.png", "#summary", 960, 1080),
    ("report-street.png", "#streets", 960, 520),
    ("report-junction.png", "#j3", 960, 1000),
]


def make_report(folder):
    network = ROOT / "Networks/hangzhou"
    page = pathlib.Path(folder) / "report.html"
    subprocess.run(
        [ROOT / ".build/release/greenband", "optimize", network / "network.json", "--counts", network / "counts.csv",
         "-o", pathlib.Path(folder) / "plan.json", "--report", page],
        check=True, stdout=subprocess.DEVNULL)
    return page


def picture(report):
    (ROOT / "docs").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, place, width, height in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(report.resolve().as_uri())
            page.evaluate("place => document.querySelector(place).scrollIntoView()", place)
            page.screenshot(path=ROOT / "docs" / name)
            page.close()
            print(f"docs/{name}: {(ROOT / 'docs' / name).stat().st_size} bytes")
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        picture(pathlib.Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            picture(make_report(folder))
