"""Opens a report in Chromium as its readers do, holds every number against the JSON, and prints what it saw as JSON.

Usage: look_at_page.py PAGE.html REPORT.json FOLDER [--quick]

FOLDER gets wide.png, narrow.png (390 px) and report.pdf. --quick leaves pictures, accessibility and paper out.
"""

import html.parser
import json
import pathlib
import sys
import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"

# Every number of a table or a sentence, with the place that it says it has in the JSON.
NUMBERS = """() => {
  const found = [];
  for (const table of document.querySelectorAll('table')) {
    const columns = [...table.querySelectorAll('col')].map(c => c.dataset);
    for (const row of table.querySelectorAll('tbody tr')) {
      [...row.children].forEach((cell, number) => {
        const column = columns[number];
        if (column.key) found.push([row.dataset.row + '.' + column.key, cell.textContent, column.decimals, column.factor]);
      });
    }
  }
  const cells = found.length;
  for (const data of document.querySelectorAll('data'))
    found.push([data.dataset.key, data.textContent, data.dataset.decimals, data.dataset.factor || '1']);
  return {found, cells};
}"""


class TagCheck(html.parser.HTMLParser):
    """Sees that every element that is opened is closed, in order, and that no two have the same identifier."""

    VOID = {"meta", "link", "col", "br"}

    def __init__(self):
        super().__init__()
        self.open, self.faults, self.identifiers = [], [], set()

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        if len(set(names)) != len(names):
            self.faults.append(f"attribute twice in {tag} at {self.getpos()}")
        for name, value in attributes:
            if name == "id":
                if value in self.identifiers:
                    self.faults.append(f"identifier {value} twice")
                self.identifiers.add(value)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"unexpected </{tag}> at {self.getpos()}")
        else:
            self.open.pop()


def value_at(report, path):
    """What the JSON has at a place; None where the field is absent."""
    for part in path.split("."):
        if isinstance(report, list):
            report = report[int(part)]
        elif part not in report:
            return None
        else:
            report = report[part]
    return report


def shown(value, decimals, factor):
    if value is None:
        return "-"
    if int(decimals) < 0:
        return value
    return f"{value * float(factor):.{decimals}f}"


def mismatches(report, found):
    wrong = []
    for path, text, decimals, factor in found:
        expected = shown(value_at(report, path), decimals, factor)
        if text.lstrip("+") != expected:
            wrong.append(f"{path}: page {text}, JSON {expected}")
    return wrong


def look(page_file, report_file, folder, is_quick):
    text = page_file.read_text(encoding="utf-8")
    report = json.loads(report_file.read_text(encoding="utf-8"))
    tags = TagCheck()
    tags.feed(text)
    tags.close()
    seen = {"bytes": page_file.stat().st_size, "tagFaults": tags.faults[:10], "unclosed": tags.open}
    messages, requests = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 1400})
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        start = time.monotonic()
        page.goto(page_file.resolve().as_uri(), wait_until="load")
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seen["openSeconds"] = time.monotonic() - start
        numbers = page.evaluate(NUMBERS)
        wrong = mismatches(report, numbers["found"])
        seen.update(cells=numbers["cells"], figures=len(numbers["found"]) - numbers["cells"], wrong=len(wrong), firstWrong=wrong[:10])
        seen["scripts"] = page.evaluate("() => document.scripts.length")
        seen["handlers"] = page.evaluate(
            "() => [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length")
        seen["hostile"] = page.evaluate("() => document.querySelectorAll('img, iframe, b').length")
        seen["language"] = page.evaluate("() => document.documentElement.lang")
        seen["heading"] = page.evaluate("() => document.querySelector('h1').textContent")
        seen["pictures"] = page.evaluate("() => document.querySelectorAll('svg[role=img]').length")
        seen["brokenNumbers"] = page.evaluate(
            "() => [...document.querySelectorAll('svg *')].filter(e => [...e.attributes].some(a => /nan|inf/i.test(a.name === 'aria-label' ? '' : a.value))).length")
        if not is_quick:
            page.screenshot(path=folder / "wide.png", full_page=True)
            violations = Axe().run(page).response["violations"]
            seen["axe"] = [
                f"{v['id']} ({v['impact']}): {v['nodes'][0]['html'][:160]}" for v in violations if v["impact"] in ("serious", "critical")]
            page.pdf(path=folder / "report.pdf", prefer_css_page_size=True, print_background=True)
            seen["pdfBytes"] = (folder / "report.pdf").stat().st_size
        page.set_viewport_size({"width": 390, "height": 844})
        seen["narrowWidth"] = page.evaluate("() => document.documentElement.scrollWidth")
        if not is_quick:
            page.screenshot(path=folder / "narrow.png")
        browser.close()
    seen["messages"] = messages
    seen["requests"] = [url for url in requests if not url.startswith(("data:", "file:"))]
    return seen


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--quick"]
    page, report, folder = (pathlib.Path(argument) for argument in arguments)
    print(json.dumps(look(page, report, folder, "--quick" in sys.argv)))
