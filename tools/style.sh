#!/bin/sh
# style.sh [ROOT] -- the few rules of writing that a machine can hold.
#
# One pass of awk over the C files, one over the headers, one over the
# templates, and three greps.  Prints file:line: what is wrong; exits 1 if any.
# Bytes, not characters: awk of a bare Debian knows no UTF-8, so widths are
# counted from lead bytes (0xE3..0xEF begin a full-width character).
set -u
LC_ALL=C
export LC_ALL
cd "${1:-$(dirname "$0")/..}" || exit 1
out=$(mktemp)
trap 'rm -f "$out"' EXIT

list() {
  for dir in src tools tests bench; do
    [ -d $dir ] && find $dir -name node_modules -prune -o -type f "$@" -print
  done | sort
}
source=$(list \( -name '*.c' -o -name '*.h' \))
headers=$(list -name '*.h')
pages=$(find src web -name '*.html' 2>/dev/null | sort)

# Lengths and widths.  A function opens with { in the first column; its length
# counts from the line after the last blank or closing line before that.
awk '
function say(what) { printf "%s:%d: %s\n", FILENAME, FNR, what }
function columns(s,  n, wide) {
    wide = gsub(/[\343-\364]/, "&", s)
    gsub(/[\200-\277]/, "", s)
    return length(s) + wide
}
FNR == 1 { first = 1; inside = 0 }
/^[ \t]*$/ { if (!inside) first = FNR + 1 }
/^\{/ && !inside { inside = 1 }
/^\}/ {
    if (inside && FNR - first + 1 > 80)
        say("a function of " FNR - first + 1 " lines (80 at most)")
    inside = 0
    first = FNR + 1
}
columns($0) > 80 { say("wider than 80 columns") }
/[ \t]$/ { say("space at the end of the line") }
/\t/ { say("a tab; we indent with spaces") }
FNR == 901 { say("a file of more than 900 lines") }
' $source >>"$out"

# Calls nobody needs: unbounded, not safe between threads, or silent on bad
# input.  Comments and string literals are not code.
awk '
function say(what) { printf "%s:%d: %s\n", FILENAME, FNR, what }
function code(s,  p) {
    gsub(/\\"/, "", s)
    gsub(/"[^"]*"/, "\"\"", s)
    while (1) {
        if (comment) {
            p = index(s, "*/")
            if (!p) return ""
            s = substr(s, p + 2)
            comment = 0
        }
        p = index(s, "/*")
        if (!p) break
        if (match(substr(s, p), /\*\//)) {
            s = substr(s, 1, p - 1) substr(s, p + RSTART + 1)
        } else {
            comment = 1
            return substr(s, 1, p - 1)
        }
    }
    sub(/\/\/.*/, "", s)
    return s
}
FNR == 1 { comment = 0; own = FILENAME ~ /^(src\/(base|kernel)|tools|bench|tests)\// }
{
    line = " " code($0)
    if (match(line, /[^a-z0-9_](strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atoll|strtok|localtime|gmtime|ctime|time)[ ]*\(/))
        say("forbidden call " substr(line, RSTART + 1, RLENGTH - 2))
    if (!own && match(line, /[^a-z0-9_](malloc|calloc|realloc|free|strdup)[ ]*\(/))
        say("memory outside the arena: " substr(line, RSTART + 1, RLENGTH - 2))
}
' $source >>"$out"

# A public function that can fail says above itself how: the block of lines it
# stands in, or the block before, has a comment.
awk '
FNR == 1 { comment = other = before = 0 }
/^[ \t]*$/ { before = comment && !other; comment = other = 0; next }
/\/\*/ { comment = 1 }
/^enum err [a-z_0-9]+\(/ && !comment && !before {
    printf "%s:%d: a function that can fail without a comment\n", FILENAME, FNR
}
/^[a-z#}]/ { other = 1 }
' $headers >>"$out"

# Unfinished business needs a number somebody can look up.
grep -nwE 'TODO|FIXME|XXX' $source $pages 2>/dev/null |
  grep -vE '(TODO|FIXME) ?\(?#[0-9]+' | sed 's/$/   (no issue number)/' >>"$out"

# Templates: escaped always; nothing the content policy would refuse.
if [ -n "$pages" ]; then
  grep -nE '\{\{(\{|&)' $pages | sed 's/$/   (raw value)/' >>"$out"
  grep -nEi '<[a-z][^>]* (style|on[a-z]+)=' $pages |
    sed 's/$/   (inline style or script)/' >>"$out"
  grep -nEi '<script' $pages | grep -vE 'src=' |
    sed 's/$/   (inline script)/' >>"$out"
fi

# Half-width punctuation next to Chinese, in what people read: the text of
# templates and the string literals of src.
zh='[\344-\351][\200-\277][\200-\277]'
awk -v zh="$zh" '
function say(what) { printf "%s:%d: %s\n", FILENAME, FNR, what }
function bad(s) {
    gsub("\347\254\254\\([^)]*\\)", "", s) # an item: 第(四)项
    if (match(s, zh "[;?!(]") || match(s, "[;?!)]" zh))
        return substr(s, RSTART, RLENGTH)
    if (match(s, zh ",( |" zh ")") && s ~ /\343\200\202|\357\274\214/)
        return substr(s, RSTART, RLENGTH)
    if (match(s, zh ":([^0-9]|$)"))
        return substr(s, RSTART, RLENGTH)
    return ""
}
FILENAME ~ /\.html$/ {
    s = $0
    gsub(/\{\{[^}]*\}\}/, "", s)
    gsub(/<[^>]*>/, " ", s)
    gsub(/&[a-z#0-9]+;/, " ", s)
    if (s !~ /^[ \t]*<|=/ && bad(s) != "")
        say("half-width punctuation in Chinese text: " bad(s))
    next
}
/^[ \t]*(\/?\*|\/\/)/ { next }
{
    s = $0
    sub(/\/\*.*/, "", s)
    while (match(s, /"([^"\\]|\\.)*"/)) {
        one = substr(s, RSTART + 1, RLENGTH - 2)
        s = substr(s, RSTART + RLENGTH)
        if (bad(one) != "")
            say("half-width punctuation in Chinese text: " bad(one))
    }
}
' $pages $(list -name '*.c' | grep '^src/' | grep -v /tests/) >>"$out"

if [ -s "$out" ]; then
  cat "$out"
  echo "$(wc -l <"$out") places"
  exit 1
fi
