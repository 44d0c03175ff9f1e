#!/bin/sh
# Writes the facts of data/ from the shared collection.
#
#   tools/import_facts.sh ../shared/data
#
# Only facts are taken: days, codes, names, counts, and the demonstration set,
# which is ours.  The same input gives the same bytes, so that a new holiday
# notice shows as a difference of a few lines.  data/clock-rules.json is not
# touched: it is written by hand, beside the statutes.
set -eu

source=${1:?usage: tools/import_facts.sh FOLDER}
here=$(cd "$(dirname "$0")/.." && pwd)
to=$here/data
LC_ALL=C
export LC_ALL
mkdir -p "$to/demo" "$to/standards"

# The collection ends its lines in either way; data/ ends them in one.
from=$(mktemp -d)
trap 'rm -rf "$from"' EXIT
for f in holidays/cn-holidays.json gb2260/history-1980-2019.csv \
  divisions/provinces.csv divisions/cities.csv divisions/areas.csv \
  divisions/streets.csv divisions/villages-ningguo.csv; do
  mkdir -p "$from/$(dirname "$f")"
  tr -d '\r' < "$source/$f" > "$from/$f"
done

# ---- calendar.tsv: day, kind, name; and a line for each announced year ----
# The version is the last announced year and how many notices it has had.
# A name is what a resident calls the day, so the quotation marks and the long
# forms of the notices before 2010 are dropped.
awk '
function plain(s) {
  gsub(/“五一”国际劳动节|“五一”/, "劳动节", s)
  gsub(/“十一”/, "国庆节", s)
  return s
}
/^  "[0-9][0-9][0-9][0-9]": \{/ { year = substr($1, 2, 4); next }
/"announced": true/ { announced[year] = 1; next }
/"(papers|off|work|statutory)":/ {
  split($0, part, "\""); section = part[2]; next
}
section == "papers" && /http/ {
  split($0, part, "\"")
  paper[year] = paper[year] (paper[year] == "" ? "" : " ") part[2]
  next
}
/^    "[0-9-]+": / {
  split($0, part, "\"")
  line[++n] = part[2] "\t" section "\t" plain(part[4])
}
END {
  for (y in announced)
    print y "\tannounced\t" paper[y]
  for (i = 1; i <= n; i++)
    print line[i]
}' "$from/holidays/cn-holidays.json" | sort > "$to/calendar.tsv.new"
{
  printf 'version\t%s\t%s\n' \
    "$(awk -F'\t' '$2 == "announced" { y = $1; n = split($3, p, " ") }
      END { printf "%d%02d", y, n }' "$to/calendar.tsv.new")" \
    '国务院办公厅历年节假日安排通知'
  cat "$to/calendar.tsv.new"
} > "$to/calendar.tsv"
rm "$to/calendar.tsv.new"

# ---- gb2260.tsv: code, name, first month, last month ----
# An empty last month: still in use in the division list of 2023.  Codes of
# that list which the history has not seen are the divisions made since; its
# 71..79 districts are statistical and never stand in anybody's number.
# 830000 is no division but what residence permits of Taiwan people begin with.
{
  awk -F, '
  NR == FNR { gsub(/"/, ""); if (FNR > 1) now[$1] = $2; next }
  FNR > 1 {
    seen[$1] = 1
    open = $4 == "201904" && ($1 in now || substr($1, 5) == "00")
    print $1 "\t" $2 "\t" $3 "\t" (open ? "" : $4)
  }
  END {
    for (c in now)
      if (!(c in seen) && substr(c, 5) !~ /^7[1-9]$/)
        print c "\t" now[c] "\t202306\t"
  }' "$from/divisions/areas.csv" "$from/gb2260/history-1980-2019.csv"
  printf '830000\t台湾居民居住证\t201809\t\n'
} | sort > "$to/gb2260.tsv"

# ---- regions.tsv: code, level, name, code of the parent ----
# All provinces, cities and areas, and the townships of the demonstration city.
{
  awk -F, 'FNR > 1 { gsub(/"/, ""); print $1 "\tprovince\t" $2 "\t" }' \
    "$from/divisions/provinces.csv"
  awk -F, 'FNR > 1 { gsub(/"/, ""); print $1 "\tcity\t" $2 "\t" $3 }' \
    "$from/divisions/cities.csv"
  awk -F, 'FNR > 1 { gsub(/"/, ""); print $1 "\tarea\t" $2 "\t" $3 }' \
    "$from/divisions/areas.csv"
  awk -F, '$3 == "341881" { gsub(/"/, ""); print $1 "\ttownship\t" $2 "\t" $3 }' \
    "$from/divisions/streets.csv"
} | sort > "$to/regions.tsv"

awk -F, 'FNR > 1 { gsub(/"/, ""); print $1 "\tvillage\t" $2 "\t" $3 }' \
  "$from/divisions/villages-ningguo.csv" | sort > "$to/villages.tsv"

# ---- the demonstration city and the lists of standards, as they are ----
for f in departments disclosure-catalogue institutions items-2155 \
  service-items townships; do
  tr -d '\r' < "$source/demo/$f.csv" > "$to/demo/$f.csv"
done
for f in audiences code-lists themes-govcn official-document-elements \
  official-document-kinds; do
  tr -d '\r' < "$source/standards/$f.csv" > "$to/standards/$f.csv"
done
