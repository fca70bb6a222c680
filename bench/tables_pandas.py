"""The same tables in pandas, groupby on categoricals. Reads int16 columns (-1: gap); each line on stdin is one run."""
import json, sys, time
import numpy as np
import pandas as pd

folder = sys.argv[1]
meta = json.load(open(f"{folder}/columns.json"))
c = meta["codes"]
df = pd.DataFrame()
for col in meta["columns"]:
    raw = np.fromfile(f"{folder}/{col['name']}.i16", dtype="<i2")
    if col.get("categories"):
        df[col["name"]] = pd.Categorical.from_codes(raw, categories=col["categories"])
        df["_" + col["name"]] = raw
    else:
        df[col["name"]] = np.where(raw < 0, np.nan, raw).astype("float32") if (raw < 0).any() else raw


AMOUNTS = {
    "n": ("one", "size"), "s": ("s", "sum"), "u": ("u", "sum"), "auth": ("authorisation", "count"), "h": ("h", "sum"),
    "dk": ("detained", "count"), "d": ("detained", "sum"), "ip": ("ipk_p", "sum"), "i": ("ipk_n", "sum"), "ik": ("ipk_n", "count"),
    "cu": ("cu", "sum"), "pm": ("participants", "mean"), "pk": ("participants", "count"), "pmed": ("participants", "median"),
    "p": ("participants", "sum"), "pl": ("participants_low", "sum"), "plk": ("participants_low", "count"),
    "ph": ("participants_high", "sum"), "phk": ("participants_high", "count"), "k": ("police", "sum"), "kk": ("police", "count"),
    "kl": ("police_low", "sum"), "klk": ("police_low", "count"), "kh": ("police_high", "sum"), "khk": ("police_high", "count"),
    "km": ("police", "mean"), "kmed": ("police", "median"), "per": ("per_participant", "median"), "lop": ("lo_p", "sum"),
    "lon": ("lo_n", "sum"), "hip": ("hi_p", "sum"), "hin": ("hi_n", "sum"), "dpd": ("dp_d", "sum"), "dpn": ("dp_n", "sum"),
    "c": ("court", "sum"), "ck": ("court", "count"), "cdc": ("cd_c", "sum"), "cdd": ("cd_d", "sum"), "dm": ("duration", "mean"),
    "duk": ("duration", "count"), "dmed": ("duration", "median"), "by": ("bystanders", "sum"), "byk": ("bystanders", "count"),
    "pr": ("preventive", "sum"), "prk": ("preventive", "count"), "ok": ("organiser", "count"), "cities": ("settlement", "nunique"),
}
for flag in ("p1", "p2", "a1", "a2", "k1", "k2", "ou", "nu", "no", "later", "none", "ngo", "single", "y", "x"):
    AMOUNTS[flag] = (flag, "sum")


def derived(frame):
    """Columns that several tables share, worked out once a run."""
    f = frame.copy(deep=False)
    f["one"] = np.int8(1)
    f["s"], f["u"] = f["_authorisation"].isin(c["sanctioned"]), f["_authorisation"].isin(c["unsanctioned"])
    f["h"] = f["detained"] > 0
    both = f["police"].notna() & f["participants"].notna()
    f["ipk_p"], f["ipk_n"] = f["police"].where(both), f["participants"].where(both)
    low = f["police_low"].notna() & f["participants_high"].notna()
    high = f["police_high"].notna() & f["participants_low"].notna()
    f["lo_p"], f["lo_n"] = f["police_low"].where(low), f["participants_high"].where(low)
    f["hi_p"], f["hi_n"] = f["police_high"].where(high), f["participants_low"].where(high)
    dp = f["detained"].notna() & f["participants"].notna()
    f["dp_d"], f["dp_n"] = f["detained"].where(dp), f["participants"].where(dp)
    cd = f["court"].notna() & f["detained"].notna()
    f["cd_c"], f["cd_d"] = f["court"].where(cd), f["detained"].where(cd)
    f["cu"] = (f["court"] > 0) & f["u"]
    f["single"] = (f["participants"] == 1) | (f["_form"] == c["singlePicket"])
    yes = c["yes"]
    f["p1"] = f["_prosecutor"] == yes
    f["p2"] = f["p1"] & (f["_prosecutor_warned"] == yes)
    f["a1"] = f["_akimat"] == yes
    f["a2"] = f["a1"] & (f["_akimat_warned"] == yes)
    f["k1"], f["k2"] = f["_police_present"] == yes, f["_police_warned"] == yes
    obstructed = f["h"] | (f["authority"] == 1)
    f["ou"], f["nu"], f["no"] = obstructed & f["u"], ~obstructed & f["u"], ~obstructed
    f["later"] = ~obstructed & (f["court"] > 0) & (f["detained"] == 0)
    f["none"] = ~obstructed & (f["court"] == 0)
    f["ngo"] = f["_organiser"] == c["ngo"]
    f["y"], f["x"] = f["_uttered"] == yes, f["_uttered"] == c["no"]
    f["settlement"] = f["_place"].where(f["_place"] < c["firstUnitPlace"])
    return f


def all_tables():
    f = derived(df[df["counted"] == 1])
    prevented = df[(df["_review"] == c["verified"]) & (df["_realisation"] == c["prevented"])].assign(one=1)
    frames = {
        None: f,
        "organisation": f[f["_organisation"] >= 0],
        "campaign": f[(f["_campaign"] >= 0) & (f["_campaign"] != c["noCampaign"])],
        "without": f[f["_authorisation"].isin(c["without"])],
        "held": f[f["h"]],
        "prevented": prevented,
        "place_type": f[f["_place_type"] >= 0],
        "group": f[~f["single"]],
    }
    return [
        frames[t.get("where")].groupby(t["by"], observed=True, sort=False).agg(**{a: AMOUNTS[a] for a in t["amounts"]})
        for t in meta["tables"]
    ]


def cross_tabs():
    f = df[df["counted"] == 1]
    return [pd.crosstab(f[a], f[b], margins=True, dropna=True) for a, b in meta["crosstabs"]]


print("ready", flush=True)
for line in sys.stdin:
    work = cross_tabs if line.strip() == "crosstab" else all_tables
    start = time.perf_counter()
    work()
    print((time.perf_counter() - start) * 1000, flush=True)
