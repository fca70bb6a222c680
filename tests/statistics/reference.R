# Reference values of src/statistics, from R itself: Rscript tests/statistics/reference.R > tests/statistics/reference.csv
# No package beyond base R. Columns: what, arguments (separated by blanks), low, high.
row <- function(what, arguments, low, high)
  cat(paste(what, paste(sprintf("%.17g", arguments), collapse = " "), sprintf("%.17g", low), sprintf("%.17g", high),
            sep = ","), "\n", sep = "")
cat("what,arguments,low,high\n")
levels <- c(0.95, 0.99)
for (level in levels) for (n in c(1, 5, 13, 33, 79, 131, 391, 100000))
  for (x in unique(round(c(0, 1, n / 7, n / 2, n - 1, n)))) {
    exact <- binom.test(x, n, conf.level = level)$conf.int
    score <- prop.test(x, n, conf.level = level, correct = FALSE)$conf.int
    row("clopper_pearson", c(x, n, level), exact[1], exact[2])
    row("wilson", c(x, n, level), score[1], score[2])
  }
for (level in levels) for (x in c(0, 1, 2, 32, 36, 52, 71, 391, 12345)) for (exposure in c(1, 12, 162 / 10.5)) {
  rate <- poisson.test(x, exposure, conf.level = level)$conf.int
  row("poisson", c(x, exposure, level), rate[1], rate[2])
}
for (level in levels) for (n in c(2, 3, 6, 46, 386)) {
  half <- qt(1 - (1 - level) / 2, n - 1) * 1.7 / sqrt(n)
  row("t", c(3.5, 1.7, n, level), 3.5 - half, 3.5 + half)
}
