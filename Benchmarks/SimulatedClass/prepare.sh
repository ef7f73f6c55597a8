# Sourced by Benchmarks/scale and Benchmarks/peers: $python, $program, $evidence, and `simulated COMMAND…`.
python=${PYTHON:-python3}
program=${PROGRAM:-}
if [ -z "$program" ]; then
    swift build -c release --product bascule --explicit-target-dependency-import-check error >&2
    program=$PWD/.build/release/bascule
fi
"$python" -c 'import asyncssh' || {
    echo "python3 lacks asyncssh: python3 -m venv DIR; DIR/bin/pip install asyncssh; PYTHON=DIR/bin/python $0" >&2
    exit 64
}
evidence=$PWD/exercises/activite-2/recorded/students/etu1/evidence.json
# All that is started ends with the command, or after half an hour.
simulated() {
    unshare --net --pid --fork --kill-child --mount-proc \
        timeout -k 10 1800 sh Benchmarks/SimulatedClass/namespace.sh "$python" "$@"
}
