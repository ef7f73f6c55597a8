#!/usr/bin/env python3
"""Whether two runs came to the same result of the honest pair, but for times. See scripts/hostile-neighbours.

    compare_results.py REPORTS OTHER-REPORTS CLASS
"""

import json
import sys

TIMES = {"collectedAt", "collectionSeconds", "evidenceSHA256", "firstMetAt"}


def untimed(value):
    if isinstance(value, dict):
        return {key: untimed(part) for key, part in value.items() if key not in TIMES}
    return [untimed(part) for part in value] if isinstance(value, list) else value


def result(reports, student):
    with open(f"{reports}/{sys.argv[3]}/latest/students/{student}/result.json", encoding="utf-8") as file:
        return json.load(file)


alone, beside = (json.dumps(untimed(result(reports, "etu1"))) for reports in sys.argv[1:3])
if alone != beside:
    sys.exit("the honest pair's results differ: " + next(f"…{alone[i-80:i+80]}… and …{beside[i-80:i+80]}…"
             for i in range(min(len(alone), len(beside)) + 1) if alone[i:i+1] != beside[i:i+1]))
print(f"the honest pair's results are the same: {len(alone)} bytes but for times")
