"""Fails when a target imports a module of the package that its entry in Package.swift does not name.

Such a target builds all the same, yet it is not built again when only that module has changed: where a type in it has another
size by then, the old code reads the wrong memory.
"""

import json
import pathlib
import re
import subprocess
import sys

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)", re.MULTILINE)


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    dumped = subprocess.run(["swift", "package", "dump-package"], cwd=root, check=True, capture_output=True, text=True).stdout
    targets = json.loads(dumped)["targets"]
    modules = {target["name"].replace("-", "_") for target in targets}
    found = 0
    for target in targets:
        name = target["name"]
        folder = root / (target.get("path") or f"{'Tests' if target['type'] == 'test' else 'Sources'}/{name}")
        declared = {next(iter(entry.values()))[0] for entry in target["dependencies"]} | {name}
        for file in sorted(folder.rglob("*.swift")):
            for module in sorted(set(IMPORT.findall(file.read_text())) & modules - declared):
                print(f"{file.relative_to(root)}: imports {module}, which target {name} in Package.swift does not name",
                      file=sys.stderr)
                found = 1
    return found


if __name__ == "__main__":
    sys.exit(main())
