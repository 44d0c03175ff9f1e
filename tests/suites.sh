#!/usr/bin/env bash
# suites.sh PROGRAM DIR -- public test suites that are read where they lie and
# never copied: the decision-table kit and the reference processes.
set -u
program=$1 dir=$2
p=0 f=0

# add LINE -- sums a "N passed, N failed" line.
add() {
  if [[ $1 =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    p=$((p + BASH_REMATCH[1])) f=$((f + BASH_REMATCH[2]))
  else
    f=$((f + 1))
  fi
}

for kit in "$dir"/dmn-tck-*; do
  [ -d "$kit" ] || continue
  said=$("$program" dmn tck "$kit" 2>&1)
  line=$(tail -n 1 <<<"$said")
  [[ $line = *' 0 failed' ]] || tail -n 30 <<<"$said"
  add "$line"
done

# A reference process imports, draws, and exports with nothing lost: the export
# of the export is the same text as the export.
once=$(mktemp) twice=$(mktemp)
trap 'rm -f "$once" "$twice"' EXIT
for file in "$dir"/bpmn-miwg-reference/*.bpmn; do
  [ -e "$file" ] || continue
  if "$program" bpmn export "$file" >"$once" 2>&1 &&
    cp "$once" "$once.bpmn" &&
    "$program" bpmn export "$once.bpmn" >"$twice" 2>&1 &&
    cmp -s "$once" "$twice" &&
    "$program" bpmn draw "$file" | grep -q '<svg'; then
    p=$((p + 1))
  else
    f=$((f + 1))
    echo "BAD $file"
    head -n 3 "$once"
  fi
  rm -f "$once.bpmn"
done
echo "$p passed, $f failed"
[ $f -eq 0 ]
