# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# ./dev fuzz, whose functions it uses: [--seconds N] [TARGET...]
#
# What one execution may take: five seconds, and memory that is bounded whatever the input says. Each target's corpus
# grows in build/fuzz/corpus; what fails is kept in build/fuzz/found, to be mended and put into tests/fuzz/corpus. Each
# run is told in tests/fuzz/EXECUTIONS.md.
provide fuzz
local seconds=60 targets=() corpus
while (($#)); do
    case $1 in
        --seconds)
            [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || fail "--seconds wants a number"
            seconds=$2
            shift
            ;;
        *)
            [[ -d tests/fuzz/corpus/$1 ]] || fail "there is no fuzz target '$1': $(ls tests/fuzz/corpus | xargs)"
            targets+=("$1")
            ;;
    esac
    shift
done
((${#targets[@]})) || mapfile -t targets < <(ls tests/fuzz/corpus)
say "Building the fuzzers (build/fuzz)"
build fuzz ON fuzzers
mkdir -p build/fuzz/found
# Stacks of allocations and long quarantines cost more than the tests; sessions belong into memory.
export ASAN_OPTIONS=malloc_context_size=1:detect_stack_use_after_return=0:quarantine_size_mb=8 TMPDIR=/dev/shm
local target log failed=() lengths length good commit
commit=$(git describe --always --dirty --abbrev=9)
for target in "${targets[@]}"; do
    # Short inputs are the quickest; of what may be long in earnest, long ones get half of the time.
    lengths=(512)
    [[ $target =~ ^(recording|json_lines|trace_json|session)$ ]] && lengths=(512 65536)
    corpus=build/fuzz/corpus/$target
    log=build/fuzz/$target.log
    mkdir -p "$corpus"
    : > "$log"
    good=yes
    for length in "${lengths[@]}"; do
        build/fuzz/tests/fuzz/fuzz_"$target" -max_total_time=$(((seconds + ${#lengths[@]} - 1) / ${#lengths[@]})) \
            -max_len="$length" -timeout=5 -rss_limit_mb=512 -malloc_limit_mb=64 -print_final_stats=1 \
            -artifact_prefix="build/fuzz/found/$target-" "$corpus" "tests/fuzz/corpus/$target" >> "$log" 2>&1 && continue
        good=no
        break
    done
    local executions peak found=nothing
    executions=$(awk '/number_of_executed_units/ {all += $2} END {print all + 0}' "$log")
    peak=$(awk '/peak_rss_mb/ && $2 > peak {peak = $2} END {print peak + 0}' "$log")
    [[ $good == yes ]] || found=$(grep -hom1 -e 'ERROR: .*' -e 'runtime error: .*' -e 'broken promise: .*' "$log" || echo failed)
    [[ $good == yes ]] || failed+=("$target")
    say "  $target: $executions executions, at most $peak MiB, found: $found"
    echo "| $(date -u +%F) | $commit | $target | $executions | $peak | ${found//|/ } |" >> tests/fuzz/EXECUTIONS.md
done
((${#failed[@]} == 0)) || fail "found something in: ${failed[*]} (build/fuzz/found, build/fuzz/*.log)"
