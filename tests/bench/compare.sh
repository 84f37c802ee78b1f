#!/usr/bin/env bash
# Whole processes side by side: a cold build of this repository's report, by format, and beside it other programs that
# make a PDF of the same Word file, where they are installed. Prints seconds and the peak of memory.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build --release --quiet
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
runs=10

# measure NAME COMMAND…: the best of some runs.
measure() {
    local name=$1 best
    shift
    best=$(for _ in $(seq "$runs"); do
        python3 - "$@" <<'PY'
import resource, subprocess, sys, time
started = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
seconds = time.perf_counter() - started
print(f"{seconds:.3f} s  {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")
PY
    done | sort -n | head -n 1)
    printf '%-34s %s\n' "$name" "$best"
}

one=()
if command -v taskset > /dev/null; then one=(taskset -c 0); fi
program=target/release/report-gen
measure "report-gen, both files, one core" "${one[@]}" "$program" build -q -o "$out" report.toml
measure "report-gen, both files" "$program" build -q -o "$out" report.toml
measure "report-gen, .pdf" "$program" build -q -o "$out" --to pdf report.toml
measure "report-gen, .docx" "$program" build -q -o "$out" --to docx report.toml
measure "report-gen check" "$program" check report.toml
if command -v soffice > /dev/null; then
    runs=2
    measure "LibreOffice, .docx to .pdf" soffice "-env:UserInstallation=file://$out/profile" --headless \
        --convert-to pdf --outdir "$out/other" "$out"/*.docx
fi
