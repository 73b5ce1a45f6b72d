# Finds a Python and makes virtual environments; sourced by the scripts that need one. They set $work, a folder for logs.

runs_version() {    # PYTHON FIRST LAST: is it a Python whose minor version is in that range?
    "$1" -c "import sys; sys.exit(not (sys.version_info[0] == 3 and $2 <= sys.version_info[1] <= $3))" \
        </dev/null >/dev/null 2>&1
}

find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.12 python3.11 python3.10 python3.9; do
        runs_version "$candidate" 9 12 && echo "$candidate" && return
    done
    return 1
}

make_venv() {    # PYTHON FOLDER REQUIREMENTS: anew if the requirements are not those it was made from
    local made_from=$2/made-from.txt
    cmp -s "$3" "$made_from" && return
    echo "making $(basename "$2") from $(basename "$3")" >&2
    rm -rf "$2"
    "$1" -m venv "$2" </dev/null >"$work/venv.log" 2>&1 &&
        "$2/bin/python" -m pip install --quiet --disable-pip-version-check -r "$3" </dev/null >>"$work/venv.log" 2>&1 &&
        cp "$3" "$made_from" && return
    tail -n 20 "$work/venv.log" >&2
    return 1
}
