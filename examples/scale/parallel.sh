#!/bin/sh
# 用 GNU parallel 分成八份一起做，再合成一张汇总表；中断了再运行，只做没做完的镇。
# Eight parts at once with GNU parallel, then one summary; run again after a stop, it makes only what was not done.
#
#   ./parallel.sh template.toml towns.csv out
#
# 几台机器一起做：parallel 加上 --sshlogin 甲,乙 --workdir .，文件夹要共用。
# On several machines: give parallel --sshlogin a,b --workdir . and a shared folder.
set -u
template=$1
values=$2
out=$3
worst=0

# parallel 的退出状态是没做成的份数；有错的镇写在汇总里。
# parallel ends with the number of parts that had faults; the summary says which towns.
parallel --jobs 8 report-gen batch "$template" --values "$values" -o "$out" \
  --shard {}/8 --jobs 1 --skip-unchanged --quiet ::: 1 2 3 4 5 6 7 8 || worst=1

report-gen summary merge "$out"/summary.?-8.json -o "$out" || worst=$?
exit "$worst"
