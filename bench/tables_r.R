# The same tables in R: data.table, and table() on factors. Reads int16 columns (-1: gap); each line on stdin is one run.
suppressPackageStartupMessages(library(data.table))
folder <- commandArgs(trailingOnly = TRUE)[1]
meta <- readLines(file.path(folder, "columns.tsv"))
dt <- list()
for (line in strsplit(meta, "\t")) {
  raw <- readBin(file.path(folder, paste0(line[1], ".i16")), "integer", n = as.integer(line[2]), size = 2, endian = "little")
  raw[raw < 0L] <- NA_integer_
  dt[[line[1]]] <- if (line[3] == "0") raw else factor(raw, levels = seq_len(as.integer(line[3])) - 1L)
}
setDT(dt)
code <- function(name) as.integer(strsplit(readLines(file.path(folder, paste0("code_", name, ".txt"))), " ")[[1]])
sanctioned <- code("sanctioned"); unsanctioned <- code("unsanctioned"); without <- code("without")
yes <- code("yes"); no_code <- code("no"); ngo_code <- code("ngo"); single_picket <- code("singlePicket"); prevented <- code("prevented")
verified <- code("verified"); no_campaign <- code("noCampaign"); first_unit <- code("firstUnitPlace")
pairs <- strsplit(readLines(file.path(folder, "crosstabs.tsv")), "\t")
at <- function(f, x) as.integer(f) - 1L == x

tables <- strsplit(readLines(file.path(folder, "tables.tsv")), "\t")
sums <- function(x) substitute(sum(v, na.rm = TRUE), list(v = as.name(x)))
known <- function(x) substitute(sum(!is.na(v)), list(v = as.name(x)))
means <- function(x) substitute(mean(v, na.rm = TRUE), list(v = as.name(x)))
medians <- function(x) substitute(as.double(median(v, na.rm = TRUE)), list(v = as.name(x)))
amounts <- c(
  list(n = quote(.N), cities = quote(uniqueN(place[as.integer(place) - 1L < first_unit]))),
  lapply(c(s = "s", u = "u", h = "h", d = "detained", ip = "ip", i = "i", cu = "cu", p = "participants", pl = "participants_low",
    ph = "participants_high", k = "police", kl = "police_low", kh = "police_high", lop = "lop", lon = "lon", hip = "hip", hin = "hin",
    dpd = "dpd", dpn = "dpn", c = "court", cdc = "cdc", cdd = "cdd", by = "bystanders", pr = "preventive", p1 = "p1", p2 = "p2",
    a1 = "a1", a2 = "a2", k1 = "k1", k2 = "k2", ou = "ou", nu = "nu", no = "no", later = "later", none = "none", ngo = "ngo",
    single = "single", y = "y", x = "x"), sums),
  lapply(c(auth = "authorisation", dk = "detained", ik = "i", pk = "participants", plk = "participants_low", phk = "participants_high",
    kk = "police", klk = "police_low", khk = "police_high", ck = "court", duk = "duration", byk = "bystanders", prk = "preventive",
    ok = "organiser"), known),
  lapply(c(pm = "participants", km = "police", dm = "duration"), means),
  lapply(c(pmed = "participants", kmed = "police", dmed = "duration", per = "per_participant"), medians))

# Columns that several tables share, worked out once a run.
derived <- function(f) {
  auth <- as.integer(f$authorisation) - 1L
  f[, `:=`(s = auth %in% sanctioned, u = auth %in% unsanctioned, h = !is.na(detained) & detained > 0L)]
  f[, `:=`(ip = fifelse(is.na(participants), NA_integer_, police), i = fifelse(is.na(police), NA_integer_, participants),
    lop = fifelse(is.na(participants_high), NA_integer_, police_low), lon = fifelse(is.na(police_low), NA_integer_, participants_high),
    hip = fifelse(is.na(participants_low), NA_integer_, police_high), hin = fifelse(is.na(police_high), NA_integer_, participants_low),
    dpd = fifelse(is.na(participants), NA_integer_, detained), dpn = fifelse(is.na(detained), NA_integer_, participants),
    cdc = fifelse(is.na(detained), NA_integer_, court), cdd = fifelse(is.na(court), NA_integer_, detained), cu = court > 0L & u,
    single = (!is.na(participants) & participants == 1L) | at(form, single_picket), p1 = at(prosecutor, yes), a1 = at(akimat, yes),
    k1 = at(police_present, yes), k2 = at(police_warned, yes), ngo = at(organiser, ngo_code), y = at(uttered, yes), x = at(uttered, no_code),
    ob = h | authority == 1L)]
  f[, `:=`(p2 = p1 & at(prosecutor_warned, yes), a2 = a1 & at(akimat_warned, yes), ou = ob & u, nu = !ob & u, no = !ob,
    later = !ob & court > 0L & detained == 0L, none = !ob & court == 0L)]
  f
}

all_tables <- function() {
  f <- derived(dt[counted == 1L])
  auth <- as.integer(f$authorisation) - 1L
  frames <- list(all = f, organisation = f[!is.na(organisation)], campaign = f[!is.na(campaign) & !at(campaign, no_campaign)],
    without = f[auth %in% without], held = f[h == TRUE], prevented = dt[at(review, verified) & at(realisation, prevented)],
    place_type = f[!is.na(place_type)], group = f[single == FALSE])
  lapply(tables, function(t) {
    what <- as.call(c(as.name("list"), amounts[strsplit(t[3], " ")[[1]]]))
    frame <- frames[[t[2]]]
    eval(substitute(frame[, j, by = b], list(j = what, b = strsplit(t[1], " ")[[1]])))
  })
}

cross_tabs <- function() {
  keep <- dt$counted == 1L
  lapply(pairs, function(p) addmargins(table(dt[[p[1]]][keep], dt[[p[2]]][keep])))
}

cat("ready\n"); flush(stdout())
input <- file("stdin", "r")
while (length(line <- readLines(input, n = 1)) > 0) {
  work <- if (trimws(line) == "crosstab") cross_tabs else all_tables

  t0 <- Sys.time(); invisible(work()); ms <- as.numeric(difftime(Sys.time(), t0, units = "secs")) * 1000
  cat(ms, "\n"); flush(stdout())
}
