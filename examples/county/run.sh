#!/bin/sh
# 检查模板和各镇的数，生成四十镇的报告，放在 out/。
# Checks the template and the towns' values, and makes the reports of forty towns in out/.
#
#   REPORT_GEN=/path/to/report-gen ./run.sh [OUT]
set -eu
cd "$(dirname "$0")"
program=${REPORT_GEN:-report-gen}
out=${1:-out}

"$program" check template.toml
begun=$(date +%s)
"$program" batch template.toml --values towns.csv -o "$out" --skip-unchanged --allow unknown-head --quiet
ended=$(date +%s)
echo "$(ls "$out" | grep -c '\.docx$') .docx, $(ls "$out" | grep -c '\.pdf$') .pdf, $((ended - begun)) s"
