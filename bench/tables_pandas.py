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


def among(column, codes):
    return df["_" + column].isin(codes)


def grouped(frame, by, **agg):
    return frame.groupby(by, observed=True, sort=False).agg(**agg)


def all_tables():
    out = []
    f = df[df["counted"] == 1].copy(deep=False)
    sanc = among("authorisation", c["sanctioned"]).loc[f.index]
    unsanc = among("authorisation", c["unsanctioned"]).loc[f.index]
    held = f["detained"] > 0
    f["s"], f["u"], f["h"] = sanc, unsanc, held
    both = f["police"].notna() & f["participants"].notna()
    f["ipk_p"], f["ipk_n"] = f["police"].where(both), f["participants"].where(both)
    lo = f["police_low"].notna() & f["participants_high"].notna()
    hi = f["police_high"].notna() & f["participants_low"].notna()
    f["lo_p"], f["lo_n"] = f["police_low"].where(lo), f["participants_high"].where(lo)
    f["hi_p"], f["hi_n"] = f["police_high"].where(hi), f["participants_low"].where(hi)
    dp = f["detained"].notna() & f["participants"].notna()
    f["dp_d"], f["dp_n"] = f["detained"].where(dp), f["participants"].where(dp)
    cd = f["court"].notna() & f["detained"].notna()
    f["cd_c"], f["cd_d"] = f["court"].where(cd), f["detained"].where(cd)
    f["cu"] = (f["court"] > 0) & unsanc
    single = (f["participants"] == 1) | (f["_form"] == c["singlePicket"])
    f["single"] = single
    base = dict(n=("s", "size"), s=("s", "sum"), u=("u", "sum"), auth=("authorisation", "count"), h=("h", "sum"),
                dk=("detained", "count"), d=("detained", "sum"), ip=("ipk_p", "sum"), i=("ipk_n", "sum"), ik=("ipk_n", "count"),
                cu=("cu", "sum"), pm=("participants", "mean"), pk=("participants", "count"), dm=("duration", "mean"), duk=("duration", "count"))
    full = dict(base, p=("participants", "sum"), pl=("participants_low", "sum"), ph=("participants_high", "sum"),
                pmed=("participants", "median"), plk=("participants_low", "count"), phk=("participants_high", "count"),
                k=("police", "sum"), kl=("police_low", "sum"), kh=("police_high", "sum"), kk=("police", "count"),
                klk=("police_low", "count"), khk=("police_high", "count"), km=("police", "mean"), kmed=("police", "median"),
                lop=("lo_p", "sum"), lon=("lo_n", "sum"), hip=("hi_p", "sum"), hin=("hi_n", "sum"), per=("per_participant", "median"),
                dpd=("dp_d", "sum"), dpn=("dp_n", "sum"), c=("court", "sum"), ck=("court", "count"), cdc=("cd_c", "sum"), cdd=("cd_d", "sum"),
                dmed=("duration", "median"))
    out.append(grouped(f, ["city", "period"], **full))
    out.append(grouped(f, ["period"], **full))
    yes = c["yes"]
    f["p1"] = f["_prosecutor"] == yes
    f["p2"] = f["p1"] & (f["_prosecutor_warned"] == yes)
    f["a1"] = f["_akimat"] == yes
    f["a2"] = f["a1"] & (f["_akimat_warned"] == yes)
    f["k1"], f["k2"] = f["_police_present"] == yes, f["_police_warned"] == yes
    ob = held | (f["authority"] == 1)
    f["ou"], f["nu"], f["no"] = ob & unsanc, ~ob & unsanc, ~ob
    f["later"] = ~ob & (f["court"] > 0) & (f["detained"] == 0)
    f["none"] = ~ob & (f["court"] == 0)
    f["ngo"] = f["_organiser"] == c["ngo"]
    f["y"], f["x"] = held & (f["_uttered"] == yes), held & (f["_uttered"] == c["no"])
    flags = ["p1", "p2", "a1", "a2", "k1", "k2", "ou", "nu", "no", "later", "none", "ngo", "single", "y", "x", "bystanders"]
    out.append(f.groupby("period", observed=True, sort=False)[flags].sum())
    out.append(f.loc[f["_place"] < c["firstUnitPlace"]].groupby("period", observed=True, sort=False)["_place"].nunique())
    out.append(grouped(f, ["month"], n=("s", "size"), p=("participants", "sum"), pk=("participants", "count")))
    out.append(grouped(f, ["unit", "period"], n=("s", "size"), p=("participants", "sum"), pk=("participants", "count"), h=("h", "sum"), d=("detained", "sum"), dk=("detained", "count")))
    four = dict(n=("s", "size"), h=("h", "sum"), dk=("detained", "count"), d=("detained", "sum"))
    out.append(grouped(f, ["theme", "period"], **four))
    out.append(grouped(f, ["topic", "period"], **four))
    for by in (["theme", "topic", "period"], ["organiser", "period"], ["form", "period"], ["mode", "period"], ["organisation", "period"], ["place_type", "period"]):
        out.append(f.groupby(by, observed=True, sort=False).size())
    out.append(f[among("authorisation", c["without"]).loc[f.index]].groupby(["reason", "period"], observed=True, sort=False).size())
    out.append(f[held].groupby(["issue", "period"], observed=True, sort=False).size())
    campaign = f[(f["_campaign"] >= 0) & (f["_campaign"] != c["noCampaign"])]
    out.append(grouped(campaign, ["campaign", "month", "period"], n=("s", "size"), p=("participants", "sum"), pk=("participants", "count"), h=("h", "sum")))
    group = f[~single]
    out.append(grouped(group, ["city", "period"], **base))
    out.append(grouped(group, ["period"], **base))
    prevented = df[(df["_review"] == c["verified"]) & (df["_realisation"] == c["prevented"])]
    out.append(grouped(prevented, ["period"], n=("preventive", "size"), d=("preventive", "sum"), dk=("preventive", "count")))
    return out


def cross_tabs():
    f = df[df["counted"] == 1]
    return [pd.crosstab(f[a], f[b], margins=True, dropna=True) for a, b in meta["crosstabs"]]


print("ready", flush=True)
for line in sys.stdin:
    work = cross_tabs if line.strip() == "crosstab" else all_tables
    start = time.perf_counter()
    work()
    print((time.perf_counter() - start) * 1000, flush=True)
