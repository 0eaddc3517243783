#!/bin/sh
# A SLURM of this one machine, without systemd and without an accounting database, as its own root.
#
#   sh tests/slurm/cluster.sh start FOLDER    munged, slurmctld and slurmd; their files are in FOLDER
#   sh tests/slurm/cluster.sh kill FOLDER     the node dies: slurmd and all jobs, with kill -9
#   sh tests/slurm/cluster.sh node FOLDER     it is back
#   sh tests/slurm/cluster.sh stop FOLDER     the three, by the numbers that they wrote down
#
# Then: export SLURM_CONF=FOLDER/slurm.conf PATH=FOLDER/bin:$PATH. Needs root and Debian's packages slurmd, slurmctld,
# slurm-client and munge.
set -eu
action=$1
folder=$2
node=$(hostname -s)

fail() {
    echo "cluster: $*" >&2
    tail -n 5 "$folder"/*.log >&2 2>/dev/null || true
    exit 1
}

# wait_for SECONDS COMMAND...
wait_for() {
    left=$(($1 * 10))
    shift
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || fail "gave up waiting for: $*"
        sleep 0.1
    done
}

is_idle() {
    sinfo --noheader --format=%T | grep -qx idle
}

is_down() {
    sinfo --noheader --format=%T | grep -q down
}

stop() {
    for name in slurmd slurmctld munged; do
        [ -f "$folder/$name.pid" ] || continue
        pid=$(cat "$folder/$name.pid")
        kill "$pid" 2>/dev/null || continue
        n=50
        while kill -0 "$pid" 2>/dev/null && [ "$n" -gt 0 ]; do
            n=$((n - 1))
            sleep 0.1
        done
    done
}

kill_node() {
    jobs=$(scontrol listpids | awk 'NR > 1 && $1 > 0 {print $1}')
    steps=
    for pid in $jobs; do
        above=$(ps -o ppid= -p "$pid" | tr -d ' ')
        [ "$(ps -o comm= -p "${above:-0}")" = slurmstepd ] && steps="$steps $above"
    done
    # those who would tell first; a process may have ended meanwhile
    for pid in $(cat "$folder/slurmd.pid") $steps $jobs; do
        kill -9 "$pid" 2>/dev/null || true
    done
    # it would notice by itself, after SlurmdTimeout and some more
    scontrol update NodeName="$node" State=DOWN Reason=killed
    wait_for 10 is_down
}

start() {
    mkdir -p "$folder/state" "$folder/spool" "$folder/munge"
    chmod 755 "$folder" "$folder/munge"
    dd if=/dev/urandom of="$folder/munge.key" bs=1024 count=1 2>/dev/null
    chmod 400 "$folder/munge.key"
    # two free ports
    ports=$(python3 -c 'import socket
both = [socket.socket() for _ in range(2)]
[one.bind(("127.0.0.1", 0)) for one in both]
print(*(one.getsockname()[1] for one in both))')
    cpus=$(nproc)
    memory=$(awk '/^MemTotal/ {print int($2 / 1024 * 0.9)}' /proc/meminfo)
    cat >"$folder/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=$node(127.0.0.1)
SlurmUser=root
SlurmctldPort=${ports% *}
SlurmdPort=${ports#* }
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
# what squeue still tells of a job that has ended (seconds)
MinJobAge=3600
ReturnToService=2
SlurmdTimeout=10
KillWait=5
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2
NodeName=$node NodeAddr=127.0.0.1 CPUs=$cpus RealMemory=$memory State=UNKNOWN
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
CONF
    # Snakemake's plugin takes SLURM_CONF away from the srun that it calls within a job.
    mkdir -p "$folder/bin"
    cat >"$folder/bin/srun" <<SRUN
#!/bin/sh
SLURM_CONF=$folder/slurm.conf exec /usr/bin/srun "\$@"
SRUN
    chmod 755 "$folder/bin/srun"
    # --force: pytest's folders are root's alone, and so is this SLURM
    munged --force --socket="$folder/munge/socket" --key-file="$folder/munge.key" \
        --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" \
        --seed-file="$folder/munged.seed" 2>/dev/null || fail "munged did not start"
    slurmctld -f "$folder/slurm.conf" || fail "slurmctld did not start"
    wait_for 20 scontrol ping
    start_node
}

start_node() {
    slurmd -f "$folder/slurm.conf" || fail "slurmd did not start"
    scontrol update NodeName="$node" State=RESUME 2>/dev/null || true
    wait_for 30 is_idle
}

export SLURM_CONF="$folder/slurm.conf"
case $action in
start) start ;;
kill) kill_node ;;
node) start_node ;;
stop) stop ;;
*) fail "expected start, kill, node or stop, found $action" ;;
esac
