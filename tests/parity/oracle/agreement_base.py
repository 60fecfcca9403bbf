"""What the agreement measures share: random numbers, scaled values, groups and counts of answers."""

from numerics import from_bits

NAN = from_bits(0x7FF8000000000000)
DEFINED, NO_PAIRS, NO_VARIATION = 0.0, 1.0, 2.0


class SplitMix64:
    """docs/numerics.md, section 9."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return z ^ (z >> 31)

    def unit(self):
        return (self.next() >> 11) * 2.0**-53


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
