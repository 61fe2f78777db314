# The measurements of `./dev bench`; sourced by it.

bench_help() {
  cat <<'TEXT'
usage: ./dev bench [VERB]

  [--benchmark_filter=RE ...]   W1 beside its yardsticks, then all of callmill_bench (Google Benchmark's options)
  --json w1 [ARGS]              W1 as one JSON object
  scenarios [FILE...]           ns a call, a contact and an event beside W1 (default: W2, W3, the city hotline, everything)
  scale                         ns a call from 100 calls a day to 10 million and 20,000 agents, and memory
  variance [FILE...]            what each technique of variance reduction is worth (default: all scenarios)
  intervals [FILE...]           how often intervals hold the truth on skew days (default: city hotline, peer-busy-days)
  precision [FILE...]           days and seconds to an answer of a stated precision (default: first queue, city hotline)
  live [ARGS]                   seconds for 200 forks of the rest of the city hotline's day from 10:00; a follower's events a second
  roster [FOLDER [NUMBER...]]   rosters: cost, bound and seconds on instances of schedulingbenchmarks.org beside the best known
  plan [FILTER]                 planning: days, weeks of tours, shift design, textbook: cost, bound, gap, seconds; best known
                                (CALLMILL_STAFFING=DIR: where the instances are)
  live-load [SECONDS]           callmill live: 200 streams and 500 requests/s, then with 1,000 slow connections beside them
  instructions                  instructions and mispredicted branches a call, counted by callgrind
  native                        this build beside one for this very machine: times, and results byte for byte
  approximation [GRID]          general handle times: approximation beside simulation, on three grids
  --compare REV [FILE...]       this tree beside REV, in turns: W1, and `callmill run` of each file; with
                                COUNT=1 instructions instead of times, which other work does not disturb
  --record                      adds a line for this revision to bench/results/w1.csv
TEXT
}

bench_files=(bench/w2.yaml bench/w3.yaml scenarios/hotline/city-12345.yaml scenarios/hotline/everything.yaml)

bench() {
  local verb=${1:-}
  case $verb in
    --json)
      quiet=1
      [[ ${2:-} == w1 ]] || die "bench: --json knows w1 only"
      build release callmill_bench_w1
      exec "$root/build/release/bench/callmill_bench_w1" --json "${@:3}" ;;
    live)
      build release callmill_bench_live
      exec "$root/build/release/bench/callmill_bench_live" "$root/scenarios/hotline/city-12345.yaml" "${@:2}" ;;
    scenarios)
      build release callmill_bench_scenarios
      local files=("${@:2}")
      ((${#files[@]})) || files=("${bench_files[@]/#/$root/}")
      exec "$root/build/release/bench/callmill_bench_scenarios" "${files[@]}" ;;
    scale | approximation)
      build release "callmill_bench_$verb"
      exec "$root/build/release/bench/callmill_bench_$verb" "${@:2}" ;;
    variance)
      build release callmill_bench_variance
      local files=("${@:2}")
      ((${#files[@]})) || files=("$root"/scenarios/*/*.yaml)
      exec "$root/build/release/bench/callmill_bench_variance" "${files[@]}" ;;
    precision)
      build release callmill_bench_precision
      local files=("${@:2}")
      ((${#files[@]})) || files=("$root"/scenarios/{tutorial/01-first-queue,hotline/city-12345}.yaml)
      exec "$root/build/release/bench/callmill_bench_precision" "${files[@]}" ;;
    roster)
      build release callmill_bench_roster
      local folder=${2:-${CALLMILL_SHARED_DIR:-$root/../shared}/data/staffing/rostering}
      exec "$root/build/release/bench/callmill_bench_roster" "$folder" "${@:3}" ;;
    intervals) bench_intervals "${@:2}" ;;
    plan)
      build release callmill_bench_plan
      exec "$root/build/release/bench/callmill_bench_plan" \
        "${CALLMILL_STAFFING:-$root/../shared/data/staffing}" "${@:2}" ;;
    live-load)
      build release callmill callmill_bench_live_load
      exec "$root/build/release/bench/callmill_bench_live_load" "$root/build/release/app/cli/callmill" \
        "$root/scenarios/hotline/city-12345.yaml" --seconds "${2:-60}" ;;
    instructions) bench_instructions ;;
    native) bench_native ;;
    --compare) bench_compare "${@:2}" ;;
    --record) bench_record ;;
    help | --help) bench_help ;;
    *)
      build release callmill_bench callmill_bench_w1
      "$root/build/release/bench/callmill_bench_w1"
      exec "$root/build/release/bench/callmill_bench" "$@" ;;
  esac
}

# counted COMMAND...: "instructions mispredicted" of the whole process.
counted() {
  local out
  out=$(mktemp)
  valgrind --tool=callgrind --branch-sim=yes --callgrind-out-file="$out" "$@" >/dev/null 2>&1
  awk '/^events:/ {for (i = 2; i <= NF; ++i) at[$i] = i} /^(totals|summary):/ {print $(at["Ir"]), $(at["Bcm"]) + $(at["Bim"])}' "$out" | tail -1
  rm -f "$out"
}

# difference "A_INSTR A_MISS" "B_INSTR B_MISS" UNITS: of each, (B - A) / UNITS.
difference() {
  awk -v a="$1" -v b="$2" -v units="$3" 'BEGIN {split(a, x, " "); split(b, y, " ");
    printf "%8.0f %6.2f", (y[1] - x[1]) / units, (y[2] - x[2]) / units}'
}

# What a call costs is the difference of a long and a short run, so that start and end are not in it.
bench_instructions() {
  install_missing valgrind
  build release callmill_bench_w1 callmill_bench_scenarios
  local bin=$root/build/release/bench name file few many a_day
  printf '%-28s %8s %6s\n' simulator instr. missed
  for name in engine specialised recursion general textbook; do
    few=$(counted "$bin/callmill_bench_w1" --only "$name" --rounds 1 --calls 60000)
    many=$(counted "$bin/callmill_bench_w1" --only "$name" --rounds 1 --calls 160000)
    printf '%-28s %s a call of W1\n' "$name" "$(difference "$few" "$many" 100000)"
  done
  for file in "${bench_files[@]}"; do
    few=$(counted "$bin/callmill_bench_scenarios" --alone --rounds 1 --days 1 "$root/$file")
    many=$(counted "$bin/callmill_bench_scenarios" --alone --rounds 1 --days 4 "$root/$file")
    # contacts of days 2 to 4
    a_day=$(for days in 1 4; do
      "$bin/callmill_bench_scenarios" --json --alone --rounds 1 --days $days "$root/$file"
    done | awk -F'[:,]' '{for (i = 1; i < NF; ++i) if ($i ~ /contacts_a_day/) n[NR] = $(i + 1)} END {print 4 * n[2] - n[1]}')
    printf '%-28s %s a contact\n' "$(basename "$file" .yaml)" "$(difference "$few" "$many" "$a_day")"
  done
}

# A pool of days is kept for the program that simulated it, and for no other.
bench_intervals() {
  build release callmill_bench_coverage
  local bin=$root/build/release/bench/callmill_bench_coverage files=("$@") file program
  ((${#files[@]})) || files=("$root"/scenarios/{hotline/city-12345,published/peer-busy-days}.yaml)
  program=$(cksum <"$bin" | cut -d' ' -f1)
  mkdir -p "$root/build/pools"
  for file in "${files[@]}"; do
    "$bin" --pool "$root/build/pools/$(basename "$file" .yaml)-$program.days" "$file"
  done
}

# user_seconds COMMAND...: processor time of the process.
user_seconds() {
  local TIMEFORMAT=%U
  { time "$@" >/dev/null 2>&1; } 2>&1
}

# Times of A and B on stdin, a pair a line: the fastest of each, and the median of the ratios.
print_pairs() {
  sort -g | awk -v what="$1" '{a[NR] = $2; b[NR] = $3; r[NR] = $1}
    END {for (i = 1; i <= NR; ++i) {if (i == 1 || a[i] < x) x = a[i]; if (i == 1 || b[i] < y) y = b[i]}
      m = NR % 2 ? r[(NR + 1) / 2] : (r[NR / 2] + r[NR / 2 + 1]) / 2
      printf "%-24s %10.3f %10.3f   %6.3f (fastest %.3f, %.3f to %.3f)\n", what, x, y, m, y / x, r[1], r[NR]}'
}

# w1_pairs A B: the engine's ns a call of W1 in two build trees, in turns.
w1_pairs() {
  local i a b
  for ((i = 0; i < ${ROUNDS:-7}; ++i)); do
    a=$("$1/bench/callmill_bench_w1" --json --rounds 1 | sed 's/.*"engine_ns_per_call": \([0-9.]*\).*/\1/')
    b=$("$2/bench/callmill_bench_w1" --json --rounds 1 | sed 's/.*"engine_ns_per_call": \([0-9.]*\).*/\1/')
    awk -v a="$a" -v b="$b" 'BEGIN {print b / a, a, b}'
  done | print_pairs "W1, ns a call"
}

# Instructions of a day of `callmill run` and mispredicted branches, there and here: the difference of
# a long run and a short one.
compare_counts() {
  local there=$1 file few many tree row
  for file in "${@:2}"; do
    row=
    for tree in "$there" "$root"; do
      few=$(counted "$tree/build/release/app/cli/callmill" run "$file" --reps 2 --threads 1)
      many=$(counted "$tree/build/release/app/cli/callmill" run "$file" --reps 6 --threads 1)
      row+=$(difference "$few" "$many" 4)" "
    done
    awk -v what="$(basename "$file" .yaml), a day" -v row="$row" 'BEGIN {split(row, x, " ")
      printf "%-24s %12d %12d   %.3f (mispredicted branches %.3f)\n", what, x[1], x[3], x[3] / x[1], x[4] / x[2]}'
  done
}

bench_compare() {
  local rev=${1:-} rounds=${ROUNDS:-7} files=("${@:2}") there file i a b
  [[ -n $rev ]] || die "bench --compare wants a revision"
  rev=$(git -C "$root" rev-parse --short "$rev^{commit}") || die "no such revision"
  ((${#files[@]})) || files=("${bench_files[@]/#/$root/}")
  there=$root/build/compare/$rev
  [[ -d $there ]] || { git -C "$root" worktree prune; git -C "$root" worktree add -q --detach "$there" "$rev"; }
  build release callmill callmill_bench_w1
  "$there/dev" callmill --version >/dev/null
  "$there/dev" bench --json w1 --rounds 1 >/dev/null
  printf '%-24s %10s %10s   %s\n' "" "$rev" "this tree" "this tree / $rev: median of $rounds pairs"
  if [[ -n ${COUNT:-} ]]; then
    compare_counts "$there" "${files[@]}"
    return
  fi
  w1_pairs "$there/build/release" "$root/build/release"
  for file in "${files[@]}"; do
    "$there/build/release/app/cli/callmill" check "$file" >/dev/null 2>&1 ||
      { printf '%-24s %s cannot read it\n' "$(basename "$file" .yaml)" "$rev"; continue; }
    for ((i = 0; i < rounds; ++i)); do
      a=$(user_seconds "$there/build/release/app/cli/callmill" run "$file" --reps 60 --threads 1)
      b=$(user_seconds "$root/build/release/app/cli/callmill" run "$file" --reps 60 --threads 1)
      awk -v a="$a" -v b="$b" 'BEGIN {print b / a, a, b}'
    done | print_pairs "$(basename "$file" .yaml), 60 days, s"
  done
}

# Two builds must count the same, to the last bit; that they do is why one may be tuned to the machine.
bench_native() {
  build release callmill_bench_w1 callmill_bench_scenarios
  local native=$root/build/native file there here
  cmake -S "$root" -B "$native" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="-O3 -g1" \
    -DCALLMILL_NATIVE=ON -DCALLMILL_TESTS=OFF >/dev/null
  ninja -C "$native" -j "$(jobs)" callmill_bench_w1 callmill_bench_scenarios >&2
  for file in "${bench_files[@]}"; do
    there=$(counts_of "$native" "$file")
    here=$(counts_of "$root/build/release" "$file")
    if [[ -n $here && $here == "$there" ]]; then
      echo "$file: 10 days equal to the last bit ($here)"
    else
      die "$file: the native build counts otherwise ($there, not $here)"
    fi
  done
  printf '%-24s %10s %10s   %s\n' "" portable native "native / portable"
  w1_pairs "$root/build/release" "$native"
}

# counts_of TREE FILE: the fingerprint of what ten days count.
counts_of() {
  "$1/bench/callmill_bench_scenarios" --json --alone --rounds 1 --days 10 "$root/$2" |
    sed -n 's/.*"counts": "\([0-9a-f]*\)".*/\1/p'
}

bench_record() {
  install_missing valgrind
  build release callmill_bench_w1
  local bin=$root/build/release/bench/callmill_bench_w1 few many line
  few=$(counted "$bin" --only engine --rounds 1 --calls 60000)
  many=$(counted "$bin" --only engine --rounds 1 --calls 160000)
  line=$("$bin" --json | sed 's/"\([a-z]*\)_ns_per_call": //g; s/[{} ]//g')
  echo "$(date -u +%F),$(git -C "$root" rev-parse --short HEAD),$(awk -F': ' '/model name/ {print $2; exit}' /proc/cpuinfo | tr -d ','),$(difference "$few" "$many" 100000 | awk '{print $1}'),$line" |
    tee -a "$root/bench/results/w1.csv"
}
