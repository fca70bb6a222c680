# The questions of questions.tsv in R data.table. Reads int32 columns (-1: gap); each line on stdin is one run.
suppressPackageStartupMessages(library(data.table))
folder <- commandArgs(trailingOnly = TRUE)[1]
frames <- list()
for (line in strsplit(readLines(file.path(folder, "columns.tsv")), "\t")) {
  raw <- readBin(file.path(folder, paste0(line[1], ".", line[2], ".i32")), "integer", n = as.integer(line[3]), size = 4, endian = "little")
  raw[raw < 0L] <- NA_integer_
  frames[[line[1]]][[line[2]]] <- raw
}
frames <- lapply(frames, setDT)
questions <- strsplit(readLines(file.path(folder, "questions.tsv")), "\t")

truth <- function(text) {
  p <- strsplit(text, " ")[[1]]
  v <- as.name(p[2])
  switch(p[1], some = bquote(.(v) > 0L), known = bquote(!is.na(.(v))), lacks = bquote(is.na(.(v))), is = bquote(.(v) == .(as.integer(p[3]))),
    not = bquote(.(v) != .(as.integer(p[3]))))
}
amount <- function(text) {
  p <- strsplit(text, " ")[[1]]
  if (p[1] == "n") return(quote(.N))
  if (p[1] == "distinct") return(bquote(uniqueN(.(as.name(p[2])), na.rm = TRUE)))
  if (p[1] == "sum") return(bquote(sum(.(as.name(p[2])), na.rm = TRUE)))
  bquote(sum(.(truth(text)), na.rm = TRUE))
}
parts <- function(text) strsplit(text, ";")[[1]]

all_tables <- function() {
  kept <- new.env()
  lapply(questions, function(q) {
    key <- paste(q[1], q[3])
    if (is.null(kept[[key]])) {
      keep <- Reduce(function(a, b) call("&", a, b), lapply(parts(q[3]), truth))
      kept[[key]] <- eval(bquote(frames[[q[1]]][.(keep)]))
    }
    frame <- kept[[key]]
    what <- as.call(c(as.name("list"), lapply(parts(q[4]), amount)))
    by <- strsplit(q[2], " ")[[1]]
    if (length(by) == 0) eval(bquote(frame[, .(what)])) else eval(bquote(frame[, .(what), by = by]))
  })
}

cat("ready\n"); flush(stdout())
input <- file("stdin", "r")
while (length(line <- readLines(input, n = 1)) > 0) {
  t0 <- Sys.time(); invisible(all_tables()); cat(as.numeric(difftime(Sys.time(), t0, units = "secs")) * 1000, "\n"); flush(stdout())
}
