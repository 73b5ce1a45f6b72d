#!/usr/bin/env bash
# Gives each reader of files inputs that Jazzer makes up, for some seconds each, and prints a table. An input on which
# a reader fails is stored among the seeds of its test, which `make test` runs ever after.
#
#   src/fuzz/fuzz.sh [SECONDS [PART_OF_A_NAME]]        by default 60 seconds for every target
#
# The inputs that reached new code are kept in target/fuzz, so that a later run goes on from them. JOBS sets how many
# targets are fuzzed at a time, by default 1. Exit status 1 if a reader failed.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${1:-60}
part=${2:-}
out=target/fuzz
mkdir -p "$out"

mvn -B -q -ntp test-compile -Dspotless.check.skip dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$out/classpath"
classpath=target/test-classes:target/classes:$(<"$out/classpath")

targets() {    # of the part: io.github.lstmfcn.keras.KerasWeightsFuzzTest anArchive
    local file class
    for file in $(find src/test/java -name '*FuzzTest.java' | sort); do
        class=${file#src/test/java/}
        class=${class%.java}
        sed -n '/@FuzzTest/,/(byte/ s/^ *void \([A-Za-z0-9]*\)(byte.*/\1/p' "$file" | sed "s|^|${class//\//.} |"
    done | while read -r class method; do
        [[ ${class##*.}.$method != *"$part"* ]] || echo "$class $method"
    done
}

fault() {    # LOG: the exception, or what libFuzzer says instead
    grep -m 1 -oE '(Java Exception|ERROR): .*|^Exception in .*' "$1" || tail -n 1 "$1"
}

fuzz() {    # CLASS METHOD: a line of the table
    local class=$1 method=$2 name log corpus found=0 tried speed
    name=${class##*.}.$method
    log=$out/$name.log
    corpus=$out/$name
    mkdir -p "$corpus"
    rm -f "$out/$name"-crash-* "$out/$name.csv"
    java -Xmx512m -Xshare:off -cp "$classpath" com.code_intelligence.jazzer.Jazzer \
        --target_class="$class" --target_method="$method" --instrumentation_includes='io.github.lstmfcn.**:io.jhdf.**' \
        "$corpus" -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2048 -artifact_prefix="$out/$name-" \
        > "$log" 2>&1 || found=1
    if [ "$found" = 1 ]; then
        local seeds=src/test/resources/${class//.//}Inputs/$method
        mkdir -p "$seeds"
        cp "$out/$name"-{crash,timeout,oom}-* "$seeds/" 2>/dev/null || true
    fi
    tried=$(sed -n 's/^#\([0-9]*\)[[:space:]].*/\1/p' "$log" | tail -n 1)
    speed=$(grep -o 'exec/s: [0-9]*' "$log" | tail -n 1 | grep -o '[0-9]*' || true)
    printf '%s,%s,%s,%s,%s\n' "$name" "$seconds" "${tried:-0}" "${speed:-0}" "$found" > "$out/$name.csv"
    printf '%-52s %8s %12s %8s   %s\n' "$name" "$seconds" "${tried:-0}" "${speed:-0}" \
        "$([ "$found" = 1 ] && echo "FAILED: $(fault "$log"); see $log" || echo none)"
}

targets > "$out/targets"
printf '%-52s %8s %12s %8s   %s\n' reader seconds inputs per_s faults
while read -r class method; do
    while [ "$(jobs -rp | wc -l)" -ge "${JOBS:-1}" ]; do
        wait -n || true
    done
    fuzz "$class" "$method" &
done < "$out/targets"
wait
while read -r class method; do    # by what each wrote at its end
    grep -q ',0$' "$out/${class##*.}.$method.csv"
done < "$out/targets"
