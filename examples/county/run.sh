#!/bin/sh
# 检查模板，打成一个包好发给各镇，做空白填报表，用各镇的数生成四十镇的报告和县里的通报，放在 out/。
# Checks the template, packs it as one file to send, makes its blank form, and from the towns' values the reports of
# forty towns and the county's own, in out/.
#
#   REPORT_GEN=/path/to/report-gen ./run.sh [OUT]
set -eu
cd "$(dirname "$0")"
program=${REPORT_GEN:-report-gen}
out=${1:-out}

"$program" check template.toml
mkdir -p "$out"
"$program" pack template.toml -o "$out/county.rgt" --quiet
"$program" form template.toml -o "$out/form.xlsx" --quiet
begun=$(date +%s)
"$program" batch "$out/county.rgt" --values towns.csv -o "$out" --skip-unchanged --allow unknown-head --quiet
"$program" rollup summary.toml --values towns.csv -o "$out/county" --quiet
ended=$(date +%s)
echo "$(ls "$out" | grep -c '\.docx$') .docx, $(ls "$out" | grep -c '\.pdf$') .pdf, $((ended - begun)) s"
