"""Whether two runs came to the same results of the honest pairs, but for times. See scripts/hostile-neighbours."""

import json
import sys

TIMES = {"collectedAt", "collectionSeconds", "evidenceSHA256", "firstMetAt"}


def untimed(value):
    if isinstance(value, dict):
        return {key: untimed(part) for key, part in value.items() if key not in TIMES}
    return [untimed(part) for part in value] if isinstance(value, list) else value


def result(reports, name, student):
    with open(f"{reports}/{name}/latest/students/{student}/result.json", encoding="utf-8") as file:
        return json.dumps(untimed(json.load(file)))


def compare(reports, other, name, students):
    """Ends the program where they differ."""
    size, different = 0, []
    for student in students:
        alone, beside = result(reports, name, student), result(other, name, student)
        size += len(alone)
        if alone != beside:
            at = next(i for i in range(len(alone) + 1) if alone[i:i+1] != beside[i:i+1])
            different.append(f"{student}: …{alone[max(0, at-80):at+80]}… and …{beside[max(0, at-80):at+80]}…")
    if different:
        sys.exit(f"{len(different)} honest pairs' results differ:\n" + "\n".join(different))
    print(f"{len(students)} honest pairs' results are the same: {size} bytes but for times")
