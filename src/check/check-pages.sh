#!/usr/bin/env bash
# Opens the pages that cam, context, filters, features, importance, report, search and train write in a headless Chromium without
# network: no console errors, no requests, another class is another map, tables are sorted, nothing is cut on a telephone,
# all is legible in the dark, and paper has every row.
#
#   src/check/check-pages.sh [SCREENSHOTS]      needs JDK 17, Maven, Python 3.9 to 3.12 with venv and pip, Chromium
#
# One line per page; exit status 1 if one failed. LSTMFCN, PYTHON and CHROMIUM may name others.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
lstmfcn=${LSTMFCN:-$root/bin/lstmfcn}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "$here/python-env.sh"

find_chromium() {
    local candidate
    for candidate in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome; do
        command -v "$candidate" && return
    done
    return 1
}

page() {    # COMMAND FOLDER MODEL SET OPTIONS...: its page in $work/pages/FOLDER
    local command=$1 folder=$2 model=$3 set=$4
    shift 4
    "$lstmfcn" "$command" --weights "$root/keras-weights/$model/weights.h5" --data "$root/testdata" --set "$set" \
        --out "$work/pages/$folder" "$@" </dev/null >"$work/log" 2>&1 && return
    echo "FAILED  pages $command.html: $(tail -n 1 "$work/log")"
    exit 1
}

chromium=$(find_chromium) || { echo "skipped pages: no Chromium"; exit 0; }
python=$(find_python) || { echo "FAILED  pages: no Python 3.9 to 3.12"; exit 1; }
make_venv "$python" "$root/.venv-pages" "$here/python/requirements-pages.txt" ||
    { echo "FAILED  pages: could not make .venv-pages"; exit 1; }

page cam . 2017-lstmfcn-8-CBF CBF
page context . 2017-alstmfcn-8-CBF CBF --limit 2
page filters . 2017-lstmfcn-8-CBF CBF
page features . 2017-lstmfcn-8-CBF CBF
page cam many 2017-lstmfcn-8-FiftyTones FiftyTones --all
page features many 2017-lstmfcn-8-FiftyTones FiftyTones
page cam variables 2018-mlstmfcn-8-PhaseWaves PhaseWaves
page context variables 2018-malstmfcn-8-SilentVoices SilentVoices --truncate --samples 0,3
page filters variables 2018-malstmfcn-8-SilentVoices SilentVoices --truncate
page importance variables 2018-mlstmfcn-8-PhaseWaves PhaseWaves
"$lstmfcn" search --data "$root/testdata" --set CBF --models lstm-fcn --cells 4,8 --epochs 3 --quiet \
    --out "$work/pages/search" </dev/null >"$work/log" 2>&1 ||
    { echo "FAILED  pages search/runs.html: $(tail -n 1 "$work/log")"; exit 1; }
"$lstmfcn" verify --weights "$root/keras-weights" --data "$root/testdata" --out "$work/verified" --quiet </dev/null \
    >"$work/log" 2>&1
"$lstmfcn" report "$work/verified" --published --out "$work/pages/report.html" </dev/null >"$work/log" 2>&1 ||
    { echo "FAILED  pages report.html: $(tail -n 1 "$work/log")"; exit 1; }
"$root/.venv-pages/bin/python" "$here/python/check_pages.py" --browser "$chromium" ${1:+--screenshots "$1"} "$work/pages"
