# What happened and what was simulated, hour by hour, and the root mean square errors over the hours.
#
#   callmill run scenarios/published/anonymous-bank.yaml --csv |
#     awk -f docs/guides/anonymous-bank.awk scenarios/published/anonymous-bank-actual.csv -
BEGIN { FS = "," }
FILENAME != "-" { if (FNR > 1) { hours[++n] = $1; abandoned[$1] = 100 * $3; waited[$1] = $4 } next }
$2 == "total" && $4 == "abandon_rate" { share[$3] = 100 * $7 }
$2 == "total" && $4 == "mean_wait" { wait[$3] = $7 }
END {
  print "hour    abandoned  simulated    mean wait  simulated"
  for (i = 1; i <= n; ++i) {
    h = hours[i]
    printf "%s  %8.1f %%  %7.1f %%  %9.1f s  %7.1f s\n", h, abandoned[h], share[h], waited[h], wait[h]
    a += (share[h] - abandoned[h]) ^ 2
    w += (wait[h] - waited[h]) ^ 2
  }
  printf "day                %7.1f %%              %7.1f s\n", share["day"], wait["day"]
  printf "root mean square error: %.1f points, %.1f s\n", sqrt(a / n), sqrt(w / n)
}
