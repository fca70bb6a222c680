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
yes <- code("yes"); no <- code("no"); ngo <- code("ngo"); single_picket <- code("singlePicket"); prevented <- code("prevented")
verified <- code("verified"); no_campaign <- code("noCampaign"); first_unit <- code("firstUnitPlace")
pairs <- strsplit(readLines(file.path(folder, "crosstabs.tsv")), "\t")
at <- function(f, x) as.integer(f) - 1L == x

base <- quote(.(n = .N, s = sum(s), u = sum(u), auth = sum(!is.na(authorisation)), h = sum(h), dk = sum(!is.na(detained)),
  d = sum(detained, na.rm = TRUE), ip = sum(ip, na.rm = TRUE), i = sum(i, na.rm = TRUE), ik = sum(!is.na(i)), cu = sum(cu, na.rm = TRUE),
  pm = mean(participants, na.rm = TRUE), pk = sum(!is.na(participants)), dm = mean(duration, na.rm = TRUE), duk = sum(!is.na(duration))))
full <- quote(.(n = .N, s = sum(s), u = sum(u), auth = sum(!is.na(authorisation)), h = sum(h), dk = sum(!is.na(detained)),
  d = sum(detained, na.rm = TRUE), ip = sum(ip, na.rm = TRUE), i = sum(i, na.rm = TRUE), ik = sum(!is.na(i)), cu = sum(cu, na.rm = TRUE),
  pm = mean(participants, na.rm = TRUE), pk = sum(!is.na(participants)), dm = mean(duration, na.rm = TRUE), duk = sum(!is.na(duration)),
  p = sum(participants, na.rm = TRUE), pl = sum(participants_low, na.rm = TRUE), ph = sum(participants_high, na.rm = TRUE),
  pmed = as.double(median(participants, na.rm = TRUE)), plk = sum(!is.na(participants_low)), phk = sum(!is.na(participants_high)),
  k = sum(police, na.rm = TRUE), kl = sum(police_low, na.rm = TRUE), kh = sum(police_high, na.rm = TRUE), kk = sum(!is.na(police)),
  klk = sum(!is.na(police_low)), khk = sum(!is.na(police_high)), km = mean(police, na.rm = TRUE), kmed = as.double(median(police, na.rm = TRUE)),
  lop = sum(lop, na.rm = TRUE), lon = sum(lon, na.rm = TRUE), hip = sum(hip, na.rm = TRUE), hin = sum(hin, na.rm = TRUE),
  per = as.double(median(per_participant, na.rm = TRUE)), dpd = sum(dpd, na.rm = TRUE), dpn = sum(dpn, na.rm = TRUE),
  c = sum(court, na.rm = TRUE), ck = sum(!is.na(court)), cdc = sum(cdc, na.rm = TRUE), cdd = sum(cdd, na.rm = TRUE),
  dmed = as.double(median(duration, na.rm = TRUE))))

all_tables <- function() {
  f <- dt[counted == 1L]
  auth <- as.integer(f$authorisation) - 1L
  f[, `:=`(s = auth %in% sanctioned, u = auth %in% unsanctioned, h = !is.na(detained) & detained > 0L)]
  f[, `:=`(ip = fifelse(is.na(participants), NA_integer_, police), i = fifelse(is.na(police), NA_integer_, participants),
    lop = fifelse(is.na(participants_high), NA_integer_, police_low), lon = fifelse(is.na(police_low), NA_integer_, participants_high),
    hip = fifelse(is.na(participants_low), NA_integer_, police_high), hin = fifelse(is.na(police_high), NA_integer_, participants_low),
    dpd = fifelse(is.na(participants), NA_integer_, detained), dpn = fifelse(is.na(detained), NA_integer_, participants),
    cdc = fifelse(is.na(detained), NA_integer_, court), cdd = fifelse(is.na(court), NA_integer_, detained), cu = court > 0L & u)]
  single <- (!is.na(f$participants) & f$participants == 1L) | at(f$form, single_picket)
  ob <- f$h | f$authority == 1L
  list(
    f[, eval(full), by = .(city, period)],
    f[, eval(full), by = .(period)],
    f[, .(p1 = sum(at(prosecutor, yes)), p2 = sum(at(prosecutor, yes) & at(prosecutor_warned, yes), na.rm = TRUE),
      a1 = sum(at(akimat, yes)), a2 = sum(at(akimat, yes) & at(akimat_warned, yes), na.rm = TRUE),
      k1 = sum(at(police_present, yes)), k2 = sum(at(police_warned, yes), na.rm = TRUE),
      ou = sum(ob & u), nu = sum(!ob & u), no = sum(!ob), later = sum(!ob & court > 0L & detained == 0L, na.rm = TRUE),
      none = sum(!ob & court == 0L, na.rm = TRUE), by = sum(bystanders, na.rm = TRUE), ngo = sum(at(organiser, ngo)), single = sum(single),
      places = uniqueN(place[as.integer(place) - 1L < first_unit]), y = sum(h & at(uttered, yes), na.rm = TRUE), x = sum(h & at(uttered, no), na.rm = TRUE)), by = .(period)],
    f[, .(.N, sum(participants, na.rm = TRUE), sum(!is.na(participants))), by = .(month)],
    f[, .(.N, sum(participants, na.rm = TRUE), sum(!is.na(participants)), sum(h), sum(detained, na.rm = TRUE), sum(!is.na(detained))), by = .(unit, period)],
    f[, .(.N, sum(h), sum(!is.na(detained)), sum(detained, na.rm = TRUE)), by = .(theme, period)],
    f[, .(.N, sum(h), sum(!is.na(detained)), sum(detained, na.rm = TRUE)), by = .(topic, period)],
    f[, .N, by = .(theme, topic, period)], f[, .N, by = .(organiser, period)], f[, .N, by = .(form, period)],
    f[, .N, by = .(mode, period)], f[!is.na(organisation), .N, by = .(organisation, period)], f[!is.na(place_type), .N, by = .(place_type, period)],
    f[auth %in% without, .N, by = .(reason, period)], f[h == TRUE, .N, by = .(issue, period)],
    f[!is.na(campaign) & !at(campaign, no_campaign), .(.N, sum(participants, na.rm = TRUE), sum(!is.na(participants)), sum(h)), by = .(campaign, month, period)],
    f[!single, eval(base), by = .(city, period)], f[!single, eval(base), by = .(period)],
    dt[at(review, verified) & at(realisation, prevented), .(.N, sum(preventive, na.rm = TRUE), sum(!is.na(preventive))), by = .(period)])
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
