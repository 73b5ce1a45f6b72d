#!/usr/bin/env bash
# Uses the library as other projects do: on the class path, on the module path, in a fat jar, in Spring Boot, and with
# Gradle where there is one. Each classifies the TEST series of CBF.
#
#   src/check/consumers/check-consumers.sh      needs JDK 17 and Maven; fetches Spring Boot at the first run
#
# Works in target/consumers, with a Maven repository there, so that nothing of this version gets into your own.
# A line per consumer; exit status 1 if one failed. GRADLE may name a Gradle of at least 7.6.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$root/target/consumers
repository=$work/repository
expected=126/150
most_jars=12
weights=$root/keras-weights/2017-lstmfcn-8-CBF/weights.h5
test=$root/testdata/CBF/CBF_TEST.tsv
export TF_CPP_MIN_LOG_LEVEL=3

version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' "$root/pom.xml")
failed=0

report() {    # a line: ok, FAILED or skipped, then what
    printf '%-7s consumer %s\n' "$1" "$2"
    [ "$1" != FAILED ] || failed=1
}

maven() {
    mvn -B -q -ntp -Dmaven.repo.local="$repository" -Dlstm-fcn.version="$version" "$@" </dev/null
}

score() {    # NAME COMMAND...: it has to print the count in a line of its own
    local name=$1 found
    shift
    "$@" </dev/null >"$work/$name.out" 2>"$work/$name.log"
    found=$(grep -E '^[0-9]+/[0-9]+$' "$work/$name.out")
    if [ "$found" = "$expected" ]; then
        report ok "$name: $found"
    else
        failure "$name" "expected $expected, found ${found:-none}"
    fi
}

failure() {    # NAME WHAT
    report FAILED "$1: $2; see target/consumers/$1.log"
}

install_library() {
    (cd "$root" && mvn -B -q -ntp package -DskipTests -Dspotless.check.skip) </dev/null || return
    if [ ! -d "$repository" ]; then    # what is at hand need not be fetched again
        (cd "$root" && mvn -B -q -ntp help:evaluate -Dexpression=settings.localRepository -Doutput="$work/your-repository") \
            </dev/null && cp -a "$(< "$work/your-repository")" "$repository" || return
    fi
    rm -rf "$repository/io/github/lstmfcn"
    maven org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file -DpomFile="$root/pom.xml" \
        -Dfile="$root/target/lstm-fcn-$version.jar"
}

resolve() {    # the jars that come with the one dependency
    maven -f "$here/class-path/pom.xml" -Dbuild.folder="$work/class-path" dependency:build-classpath \
        -Dmdep.includeScope=runtime -Dmdep.outputFile="$work/jars"
}

check_jars() {
    local jar own=() bytes=0
    for jar in $(tr ':' '\n' < "$work/jars"); do
        case ${jar#"$repository"/} in
            org/tensorflow/* | org/bytedeco/* | com/google/protobuf/* | io/github/lstmfcn/*) ;;
            *)
                own+=("$(basename "$jar")")
                bytes=$((bytes + $(wc -c < "$jar")))
                ;;
        esac
    done
    printf '%s\n' "${own[@]}" > "$work/jars.log"
    if [ ${#own[@]} -gt "$most_jars" ]; then
        failure jars "expected at most $most_jars beside TensorFlow's, found ${#own[@]}"
    elif grep -qE '^(slf4j-nop|slf4j-simple|logback)' "$work/jars.log"; then
        failure jars "expected no SLF4J provider, found one"
    elif grep -q '^jfreechart' "$work/jars.log"; then
        failure jars "expected JFreeChart, which is under the LGPL, to be optional"
    elif unzip -p "$root/target/lstm-fcn-$version.jar" META-INF/MANIFEST.MF | grep -q '^Class-Path'; then
        failure jars "expected no Class-Path in the manifest, found one"
    else
        report ok "jars: ${#own[@]} beside TensorFlow's, $((bytes / 1000)) kB"
    fi
}

check_class_path() {
    local classes=$work/class-path/classes
    if javac -d "$classes" -cp "$(< "$work/jars")" "$here"/java/consumer/Cbf.java 2>"$work/class-path.log"; then
        score class-path java -cp "$classes:$(< "$work/jars")" consumer.Cbf "$weights" "$test"
    else
        failure class-path "does not compile"
    fi
}

check_module_path() {
    local classes=$work/module-path/classes
    if javac -d "$classes" -p "$(< "$work/jars")" "$here"/module-path/module-info.java "$here"/java/consumer/Cbf.java \
        2>"$work/module-path.log"; then
        score module-path java -p "$classes:$(< "$work/jars")" -m consumer/consumer.Cbf "$weights" "$test"
    else
        failure module-path "does not compile"
    fi
}

check_packed() {    # NAME: a jar that holds everything
    if maven -f "$here/$1/pom.xml" -Dbuild.folder="$work/$1" package >"$work/$1.log" 2>&1; then
        score "$1" java -Dorg.bytedeco.javacpp.cachedir="$work/$1/cache" -jar "$work/$1/consumer.jar" \
            "$weights" "$test" --server.port=0
    else
        failure "$1" "could not be built"
    fi
    rm -rf "$work/$1"/*.jar* "$work/$1/cache"    # 170 MB, and what TensorFlow unpacks: 652 MB
}

check_gradle() {
    local gradle=${GRADLE:-gradle}
    command -v "$gradle" >/dev/null || { report skipped "gradle: no Gradle"; return; }
    score gradle "$gradle" -q --no-daemon -p "$here/gradle" --project-cache-dir "$work/gradle/cache" \
        -PmavenRepository="$repository" -PlstmFcnVersion="$version" -PbuildFolder="$work/gradle/build" \
        run --args="$weights $test"
}

mkdir -p "$work"/{class-path,module-path,gradle}
if install_library >"$work/library.log" 2>&1 && resolve >>"$work/library.log" 2>&1; then
    check_jars
    check_class_path
    check_module_path
    check_packed shade
    check_packed spring-boot
    check_gradle
else
    failure library "could not be built, or its dependencies not be resolved"
fi
exit "$failed"
