"""What the agreement measures share: random numbers, scaled values, groups and counts of answers."""

from numerics import SplitMix64, from_bits  # noqa: F401

NAN = from_bits(0x7FF8000000000000)
DEFINED, NO_PAIRS, NO_VARIATION = 0.0, 1.0, 2.0


def scaled(values):
    """Very small numbers are made larger, exactly, so that their squares are not zero."""
    largest = 0.0
    for x in values:
        largest = max(largest, abs(x))
    if 0.0 < largest < 2.0**-300:
        return [x * 2.0**600 for x in values]
    return list(values)


def groups(case, last_wins=None):
    """The rows of each task in table order, repeats resolved."""
    rows = [[] for _ in range(case["tasks"])]
    for i, t in enumerate(case["task"]):
        rows[t].append(i)
    if last_wins if last_wins is not None else case.get("repeats") == "last-wins":
        for t, group in enumerate(rows):
            seen, kept = set(), []
            for i in reversed(group):
                if case["expert"][i] not in seen:
                    seen.add(case["expert"][i])
                    kept.append(i)
            rows[t] = kept[::-1]
    return rows


def counted(items):
    """How often each item appears, in the order of first appearance."""
    result = {}
    for item in items:
        result[item] = result.get(item, 0) + 1
    return result


def sum_in_order(values):
    total = 0.0
    for x in values:
        total = total + x
    return total
