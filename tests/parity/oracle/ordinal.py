"""Ordinal labels by cumulative binary problems (docs/methods/ordinal.md), in plain Python."""

import consensus

METHODS = ("ordinal",)


def above(case, k):
    """The binary problem whether the truth has a rank above k."""
    sub = dict(case, labels=2, label=[int(l > k) for l in case["label"]])
    sub["method"] = "one-coin-dawid-skene" if case["parameters"][0] == 1.0 else "dawid-skene"
    if case.get("gold"):
        sub["gold"] = [-1 if g < 0 else int(g > k) for g in case["gold"]]
    if case.get("class_priors"):
        low, high = 0.0, 0.0
        for j, p in enumerate(case["class_priors"]):
            if j > k:
                high = high + p
            else:
                low = low + p
        sub["class_priors"] = [low, high]
    return sub


def falling(row):
    """The nearest row that never rises: pool adjacent violators."""
    blocks = []
    for q in row:
        total, count = q, 1
        while blocks and blocks[-1][0] / blocks[-1][1] < total / count:
            before = blocks.pop()
            total, count = before[0] + total, before[1] + count
        blocks.append((total, count))
    return [total / count for total, count in blocks for _ in range(count)]


def fit(case):
    k, tasks, experts = case["labels"], case["tasks"], case["experts"]
    levels = [consensus.fit(above(case, level)) for level in range(k - 1)]
    rows = []
    for t in range(tasks):
        q = falling([level["posterior"][2 * t + 1] for level in levels])
        row = [1.0] * k
        for j in range(k):
            if j > 0:
                row[j] = q[j - 1]
            if j < k - 1:
                row[j] = row[j] - q[j]
        rows.append(row)
    skill = [1.0] * experts
    objective = float("nan")
    for number, level in enumerate(levels):
        first = number == 0
        skill = list(level["skill"]) if first else [a + b for a, b in zip(skill, level["skill"])]
        objective = level["objective"] if first else objective + level["objective"]
    index = consensus.Index(case, True)
    answer, runner_up = consensus.decide(case, index, rows)
    return dict(
        posterior=sum(rows, []),
        answer=answer,
        runner_up=runner_up,
        prior=case.get("class_priors") or consensus.class_prior(case, rows, [range(tasks)]),
        skill=[s / float(max(k - 1, 1)) for s in skill],
        iterations=max([level["iterations"] for level in levels], default=0),
        converged=min([level["converged"] for level in levels], default=1),
        objective=objective,
    )


def cases(simulated):
    for labels in (1, 2, 3, 5, 9):
        for coin in (0.0, 1.0):
            yield simulated(
                f"ordinal-{labels}-labels-{int(coin)}", 300 + labels, 60, 7, labels, 4,
                method="ordinal", parameters=[coin], smoothing=0.1, max_iterations=30,
            )
    yield simulated("ordinal-gold", 310, 60, 9, 4, 4, method="ordinal", parameters=[0.0], some_gold=True, weighted=True)
    yield simulated(
        "ordinal-class-priors", 311, 60, 9, 3, 4, method="ordinal", parameters=[0.0],
        class_priors=[0.5, 0.25, 0.25], repeats="last-wins", positional=True,
    )
    yield simulated("ordinal-zero-iterations", 312, 40, 9, 4, 3, method="ordinal", parameters=[0.0], max_iterations=0)
    yield simulated("ordinal-spans", 313, 4000, 40, 4, 5, method="ordinal", parameters=[0.0], smoothing=0.1, max_iterations=4)
    # Tasks and experts without answers, and levels at which everybody agrees.
    yield dict(
        name="ordinal-holes", tasks=6, experts=4, labels=5, task=[1, 1, 3, 3, 4, 4], expert=[0, 2, 0, 2, 2, 0],
        label=[1, 1, 3, 1, 3, 3], method="ordinal", parameters=[0.0], smoothing=0.1,
    )
    yield dict(
        name="ordinal-one-answer", tasks=1, experts=1, labels=3, task=[0], expert=[0], label=[2],
        method="ordinal", parameters=[0.0],
    )
