# A Spark cluster on this machine: a master and workers of one core each, every one a process of its own; sourced by the
# scripts that need one. They set $spark_home, $spark_python, $spark_jar and $work, and call stop_cluster at their end.

export SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS=$work/spark-local TF_CPP_MIN_LOG_LEVEL=3
export SPARK_HOME=$spark_home PYSPARK_PYTHON=$spark_python PYSPARK_DRIVER_PYTHON=$spark_python
declare -A spark_workers=()
spark_master_process='' spark_master=''

free_port() {
    "$spark_python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

wait_for() {    # SECONDS COMMAND...: until it succeeds
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep .1
    done
}

registered() {    # NUMBER: have so many workers registered since the start?
    [ "$(grep -c 'Registering worker' "$work/master.log")" -ge "$1" ]
}

start_master() {
    local port
    port=$(free_port)
    spark_master=spark://127.0.0.1:$port
    "$spark_home/bin/spark-class" org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" \
        --webui-port "$(free_port)" </dev/null >"$work/master.log" 2>&1 &
    spark_master_process=$!
    wait_for 60 grep -qs 'I have been elected leader' "$work/master.log"
}

start_worker() {    # NAME: with one core, and waits until the master knows it
    local before
    [ -z "${spark_workers[$1]:-}" ] || kill_worker "$1"
    before=$(grep -c 'Registering worker' "$work/master.log")
    "$spark_home/bin/spark-class" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --port "$(free_port)" \
        --webui-port "$(free_port)" --cores 1 --memory 1500m --work-dir "$work/worker-$1" "$spark_master" \
        </dev/null >"$work/worker-$1.log" 2>&1 &
    spark_workers[$1]=$!
    wait_for 60 registered $((before + 1))
}

kill_worker() {    # NAME: the worker and its executors, as if their machine had lost its power
    local worker=${spark_workers[$1]} executors
    executors=$(pgrep -P "$worker")
    # shellcheck disable=SC2086  # a number each
    kill -KILL "$worker" $executors
    wait "$worker" 2>/dev/null
    unset "spark_workers[$1]"
    [ -n "$executors" ]
}

stop_cluster() {
    local name
    for name in "${!spark_workers[@]}"; do
        kill_worker "$name"
    done
    [ -z "$spark_master_process" ] || { kill -KILL "$spark_master_process"; wait "$spark_master_process"; } 2>/dev/null
    spark_master_process=''
}

submit() {    # MASTER ARGUMENTS...: of the program or script
    local master=$1
    shift
    "$spark_home/bin/spark-submit" --master "$master" --driver-memory 1g --conf spark.executor.memory=1g \
        --conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 --conf spark.ui.enabled=false \
        --conf spark.ui.showConsoleProgress=false --conf spark.log.level=WARN "$@" </dev/null
}
