#!/bin/sh
# What pagegen refuses and what it lets through.  $1: the program.
pagegen=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir -p web src/services/pages
passed=0 failed=0

# Everything back to a small site that is right.
reset() {
    printf 'site object\n  name text\n' > web/layout.view
    printf '<title>{{site.name}}</title>{{$main}}{{/main}}\n' > web/layout.html
    printf '<input value="{{site.name}}">\n' > web/csrf.html
    printf 'clock object\n  text text\n' > web/shapes.view
    printf 'title text\nrows list\n  number text\n  clock clock\n' \
        > src/services/pages/case.view
    printf '%s\n' '{{<layout}}{{$main}}{{title}}{{#rows}}{{number}}' \
        '{{#clock}}{{text}}{{/clock}}{{/rows}}{{/main}}{{/layout}}' \
        > src/services/pages/case.html
}

run() {
    find . -name '*.html' -o -name '*.view' | sed 's,^\./,,' |
        "$pagegen" out.c > said 2>&1
}

accepts() {
    if run; then passed=$((passed + 1))
    else failed=$((failed + 1)); echo "FAILED $1"; cat said; fi
}

# refuses SENTENCE WORDS: stops, and says WORDS.
refuses() {
    if run; then failed=$((failed + 1)); echo "FAILED $1: was let through"
    elif grep -q -e "$2" said; then passed=$((passed + 1))
    else failed=$((failed + 1)); echo "FAILED $1:"; cat said; fi
}

page=src/services/pages/case.html
view=src/services/pages/case.view
add() { printf "%s\n" "$1" >> "$page"; }

reset; accepts "a site that is right"

reset; sed -i 's/{{title}}/{{titel}}/' $page
refuses "a misspelt name" 'case.html:1: is declared in no view: titel'
reset; sed -i 's/{{number}}/{{numbre}}/' $page
refuses "a misspelt name of a row" 'is declared in no view: numbre'
reset; sed -i 's/{{text}}/{{txt}}/' $page
refuses "a misspelt name of a shape" 'is declared in no view: txt'
reset; sed -i 's/{{title}}/{{rows}}/' $page
refuses "a list as text" 'is no text but a list or object: rows'
reset; echo 'more text' >> $view
refuses "a declared name nobody shows" 'case.view:5: no template shows it'
reset; echo 'more text json' >> $view
accepts "a declared name for JSON only"
reset; echo 'more texte' >> $view
refuses "a type there is not" 'case.view:5: no such type or shape: texte'
reset; echo 'title text' >> $view
refuses "a name twice" 'declared twice'
reset; sed -i 's/{{number}}/{{number}}{{title}}/' $page
accepts "an outer name within a row"
reset; sed -i 's/{{number}}/{{number}}{{title}}/' $page
sed -i 's/  number text/  number text\n  title text?/' $view
refuses "a name that may be missing with an outer namesake" 'outer namesake'
reset; rm $view
refuses "a page without a view" 'has no .view beside it'
reset; rm $page
refuses "a view without a page" 'has no template beside it'
reset; add '{{>nothing}}'
refuses "a partial there is not" 'no such template: nothing'
reset; add '<link href="/assets/none.css">'
refuses "an asset there is not" 'no such asset'
reset; add '{{{title}}}'
refuses "a raw value" 'values are escaped'
reset; add '<p style="color:red">'
refuses "an inline style" 'no inline style'
reset; add '<script>go()</script>'
refuses "an inline script" 'no inline script'
reset; add '<a onclick="go()">'
refuses "an inline handler" 'no inline script'
reset; add '<p>时限:五日</p>'
refuses "half-width punctuation" 'half-width punctuation'
reset; add '<p>时限：9:00-12:00（5 日）</p>'
accepts "half-width punctuation within figures"
reset; add '<a>点击这里</a>'
refuses "a link that says nothing" 'say what the link leads to'
reset; add '<img src="/a.png">'
refuses "a picture without words" 'has no alt'
reset; add '<form method="post" action="/x"></form>'
refuses "a form anybody could forge" 'POST without'
reset; add '<form method="post" action="/x">{{>csrf}}</form>'
accepts "a form with its token"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
