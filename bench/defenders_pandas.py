"""The questions of questions.tsv in pandas, groupby on categoricals. Reads int32 columns (-1: gap); each line on stdin is one run."""
import sys, time
import numpy as np
import pandas as pd

folder = sys.argv[1]
frames = {}
for line in open(f"{folder}/columns.tsv"):
    relation, name, _, categories = line.rstrip("\n").split("\t")
    raw = np.fromfile(f"{folder}/{relation}.{name}.i32", dtype="<i4")
    df = frames.setdefault(relation, pd.DataFrame())
    if int(categories) > 0:
        df[name] = pd.Categorical.from_codes(raw, categories=range(int(categories)))
        df["_" + name] = raw.astype("int16")
    else:
        df[name] = df["_" + name] = raw
lines = [line.rstrip("\n").split("\t") for line in open(f"{folder}/questions.tsv")]
questions = [(of, by.split(), where, amounts.split(";")) for of, by, where, amounts in lines]


def truth(f, text):
    verb, column, *code = text.split()
    value = f["_" + column]
    if verb == "some":
        return value > 0
    if verb == "known":
        return value >= 0
    if verb == "lacks":
        return value < 0
    return value == int(code[0]) if verb == "is" else (value >= 0) & (value != int(code[0]))


def chosen(of, where):
    f = frames[of]
    keep = True
    for text in where.split(";"):
        keep = truth(f, text) & keep
    return f[keep]


def answer(f, by, amounts):
    """One named aggregation a question; conditions become columns of their own first."""
    added, named = {}, {}
    for i, text in enumerate(amounts):
        verb, *rest = text.split()
        if verb in ("n", "distinct", "sum"):
            named[f"a{i}"] = ("counted", "size") if verb == "n" else (rest[0], "nunique" if verb == "distinct" else "sum")
        else:
            added[f"x{i}"] = truth(f, text)
            named[f"a{i}"] = (f"x{i}", "sum")
    if not by:
        g = f.assign(**added)
        return [len(g) if how == "size" else getattr(g[column], how)() for column, how in named.values()]
    if amounts == ["n"]:
        return f.groupby(by, observed=True, sort=False).size()
    return f.assign(**added).groupby(by, observed=True, sort=False).agg(**named)


def all_tables():
    kept = {}
    out = []
    for of, by, where, amounts in questions:
        if (of, where) not in kept:
            kept[of, where] = chosen(of, where)
        out.append(answer(kept[of, where], by, amounts))
    return out


print("ready", flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    all_tables()
    print((time.perf_counter() - start) * 1000, flush=True)
