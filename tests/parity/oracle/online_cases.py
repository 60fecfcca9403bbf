"""The golden vectors of online consensus and acquisition: scenarios, the states after each step, and plans."""

import struct

import generate_tools as tools
from online import Online, plan

SIZES = ("tasks", "experts", "labels")


def answers(r, count, tasks, experts, labels, truth, skill, weighted=False):
    rows = []
    for _ in range(count):
        t, e = r.below(tasks), r.below(experts)
        said = truth[t] if r.unit() < skill[e] else r.below(labels)
        rows.append((t, e, said, tools.f32(r.unit() * 2.0) if weighted else 1.0))
    return rows


class Scenario:
    """A model that writes down what is done to it."""

    def __init__(self, name, labels, **options):
        self.model = Online(labels, **options)
        o = self.model.options
        self.name = name
        self.text = f"# {name}: made by tests/parity/oracle/generate.py\nlabels {labels}\n"
        for key in ("sweeps", "neighbours", "neighbour_tasks", "max_iterations"):
            self.text += f"{key} {o[key]}\n"
        for key in ("smoothing", "trust", "settled", "tolerance"):
            self.text += f"{key} {tools.hex64(o[key])}\n"

    def add(self, sizes, rows):
        self.text += tools.numbers("add", sizes)
        for key, column in zip(("task", "expert", "label"), zip(*rows)):
            self.text += tools.numbers(key, column)
        self.text += tools.numbers("weight", [row[3] for row in rows], tools.hex32)
        self.model.add(sizes, rows)
        return self.state()

    def remove(self, pairs):
        self.text += tools.numbers("remove", [x for pair in pairs for x in pair])
        self.model.remove(pairs)
        return self.state()

    def refit(self):
        result = self.model.refit()
        self.text += f"refit {result['iterations']} {result['converged']} {tools.hex64(result['objective'])}\n"
        return self.state()

    def state(self):
        data = self.model.save()
        self.text += f"state {len(data)} {struct.unpack('<I', data[-4:])[0]:08x}\n"
        return self

    def end(self):
        m = self.model
        experts = range(len(m.counts))
        pairs = [m.decide(t) for t in range(len(m.answers))]
        self.text += tools.numbers("expect_posterior", sum(m.posterior, []), tools.hex64)
        self.text += tools.numbers("expect_answer", [a for a, _ in pairs])
        self.text += tools.numbers("expect_runner_up", [b for _, b in pairs])
        self.text += tools.numbers("expect_prior", m.prior(), tools.hex64)
        self.text += tools.numbers("expect_confusion", sum(map(m.confusion, experts), []), tools.hex64)
        self.text += tools.numbers("expect_skill", map(m.skill, experts), tools.hex64)
        self.text += f"expect_recounts {m.recounts}\n"
        return self


def random_scenario(name, seed, labels, tasks, experts, batch, steps, weighted=False, **options):
    r = tools.SplitMix64(seed)
    truth = [r.below(labels) for _ in range(tasks)]
    skill = [0.35 + 0.6 * r.unit() for _ in range(experts)]
    s = Scenario(name, labels, **options)
    for step in range(steps):
        # Tasks and experts appear little by little; the last tasks never get answers.
        now = 1 + tasks * (step + 1) // (steps + 1), 1 + experts * step // steps, labels
        s.add(now, answers(r, batch, max(now[0] - 2, 1), now[1], labels, truth, skill, weighted))
        if step % 3 == 2:
            held = [(t, e) for t, group in enumerate(s.model.answers) for e, _, _ in group]
            s.remove([held[r.below(len(held))]] if step % 2 else sorted(set(held[:: 1 + len(held) // 4])))
    return s


def scenarios():
    for labels in (1, 2, 3, 5, 33):
        yield random_scenario(f"labels-{labels}", 200 + labels, labels, 40, 7, 20, 9).end()
    yield random_scenario("weighted", 210, 3, 40, 8, 30, 8, weighted=True, trust=0.0).refit().end()
    yield random_scenario("neighbours", 211, 3, 60, 8, 25, 10, neighbours=2, neighbour_tasks=9, sweeps=1).end()
    yield random_scenario("no-sweeps", 212, 2, 30, 5, 20, 6, sweeps=0).end()
    yield random_scenario("unsmoothed", 213, 4, 40, 6, 30, 6, smoothing=0.0, trust=0.0).refit().end()
    yield random_scenario("drift", 214, 2, 60, 40, 30, 90, sweeps=20, settled=0.0).end()
    s = random_scenario("growing-labels", 215, 2, 30, 6, 20, 5)
    r = tools.SplitMix64(216)
    for labels in (3, 3, 6):
        s.add((30, 7, labels), answers(r, 25, 30, 7, labels, [t % labels for t in range(30)], [0.8] * 7))
    yield s.refit().end()
    s = Scenario("hostile", 2, smoothing=0.5)
    s.add((1, 1, 2), [(0, 0, 1, 0.0)]).refit().remove([(0, 0)])
    s.add((3, 2, 2), [(0, 0, 1, tools.f32(3e38)), (0, 1, 0, tools.f32(1e-45)), (2, 0, 0, 1.0), (2, 1, 1, 1.0)])
    s.add((3, 2, 2), [(2, 0, 1, 1.0), (2, 0, 0, 1.0), (2, 0, 0, 2.0)])
    yield s.remove([(0, 1), (0, 0), (2, 1), (2, 0)]).end()
    # More answers than one span holds, so that the order of a recount shows.
    r = tools.SplitMix64(217)
    truth, skill = [r.below(3) for _ in range(4000)], [0.5 + 0.4 * r.unit() for _ in range(60)]
    s = Scenario("spans", 3, sweeps=1, max_iterations=4)
    s.add((4000, 60, 3), answers(r, 17500, 4000, 60, 3, truth, skill)).refit()
    yield s.add((4000, 60, 3), answers(r, 50, 4000, 60, 3, truth, skill)).end()


def plan_case(name, seed, tasks, experts, labels, candidates, **options):
    r = tools.SplitMix64(seed)
    posterior, confusion = [], []
    for _ in range(tasks):
        row = [(1e-6 + r.unit()) ** 4 for _ in range(labels)]
        posterior += [x / sum(row) for x in row]
    for e in range(experts):
        matrix = [r.unit() + (3.0 if l == j else 0.0) for l in range(labels) for j in range(labels)]
        if e == 1:  # tells nothing
            matrix = [1.0] * (labels * labels)
        if e == 2:  # knows everything
            matrix = [1.0 if l == j else 0.0 for l in range(labels) for j in range(labels)]
        totals = [sum(matrix[j::labels]) for j in range(labels)]
        confusion += [x / totals[at % labels] for at, x in enumerate(matrix)]
    pairs = [(r.below(tasks), r.below(experts)) for _ in range(candidates)]
    return dict(
        name=name,
        tasks=tasks,
        experts=experts,
        labels=labels,
        posterior=posterior,
        confusion=confusion,
        cost=options.pop("cost", None) or [0.5 + r.unit() for _ in range(experts)],
        task=[t for t, _ in pairs],
        expert=[e for _, e in pairs],
        target=options.pop("target", 0.95),
        most=options.pop("most", 5),
        **options,
    )


def plan_cases():
    for labels in (1, 2, 3, 7):
        yield plan_case(f"plan-{labels}-labels", 230 + labels, 20, 6, labels, 60)
    yield plan_case("plan-loss", 240, 30, 6, 2, 90, loss=6.0, most=30)
    yield plan_case("plan-budget", 241, 30, 6, 3, 90, budget=4.0, most=30)
    yield plan_case("plan-ties", 242, 9, 4, 2, 30, cost=[1.0] * 4, most=9)
    yield plan_case("plan-strict", 243, 12, 5, 4, 40, target=1.0 - 1e-9, most=12)
    case = plan_case("plan-certain", 244, 4, 4, 3, 16, most=4, target=0.999)
    case["posterior"] = [1.0, 0.0, 0.0] + [0.5, 0.5, 0.0] + [0.0, 0.99, 0.01] + [1.0 / 3.0] * 3
    yield case
    yield plan_case("plan-nothing", 245, 3, 3, 2, 0)


def describe(case):
    text = f"# {case['name']}: made by tests/parity/oracle/generate.py\n"
    for key in SIZES + ("most",):
        text += f"{key} {case[key]}\n"
    for key in ("posterior", "confusion", "cost"):
        text += tools.numbers(key, case[key], tools.hex64)
    for key in ("task", "expert"):
        text += tools.numbers(key, case[key])
    for key in ("target", "loss", "budget"):
        text += f"{key} {tools.hex64(case.get(key, float('inf')))}\n"
    result = plan(case)
    for key in ("gain", "expected", "rate"):
        text += tools.numbers("expect_" + key, result[key], tools.hex64)
    for key in ("picked", "state"):
        text += tools.numbers("expect_" + key, result[key])
    return text + f"expect_spent {tools.hex64(result['spent'])}\n"


def files(folder):
    for scenario in scenarios():
        yield folder / (scenario.name + ".txt"), scenario.text
        if scenario.name == "growing-labels":
            yield folder / "growing-labels.state", scenario.model.save(b"names of a writer")
    for case in plan_cases():
        yield folder / (case["name"] + ".txt"), describe(case)
