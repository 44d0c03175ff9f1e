#!/bin/sh
# vendor.sh -- fetches what pages borrow into web/vendor: the two editors of the
# designer, and the map.
#
# bpmn-js and dmn-js (bpmn.io licence: MIT with the logo left visible) and
# Leaflet (BSD-2-Clause) are taken from the npm registry at fixed versions and
# used as they are.  The folder is not kept in git: without it the pages offer
# files, text and numbers only and say so.
set -eu
bpmn=18.31.1
dmn=17.10.2
leaflet=1.9.4
out=web/vendor
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# unpack NAME VERSION -- npm checks the digest the registry promises.
unpack() {
  (cd "$dir" && npm pack --silent "$1@$2" >/dev/null)
  mkdir "$dir/$1"
  tar -xzf "$dir/$1-$2.tgz" -C "$dir/$1" --strip-components=1
}

unpack bpmn-js "$bpmn"
unpack dmn-js "$dmn"
unpack leaflet "$leaflet"
mkdir -p "$out"

for kind in bpmn dmn; do
  from=$dir/$kind-js
  cp "$from/dist/$kind-modeler.production.min.js" "$out/$kind-modeler.js"
  cp "$from/dist/assets/$kind-font/css/$kind-embedded.css" "$out/$kind-font.css"
  cp "$from/dist/assets/diagram-js.css" "$out/$kind-diagram.css"
  cp "$from/LICENSE" "$out/LICENSE.$kind-js"
done
cp "$dir/bpmn-js/dist/assets/bpmn-js.css" "$out/bpmn-js.css"
for part in shared drd decision-table decision-table-controls \
  literal-expression boxed-expression boxed-expression-controls; do
  cp "$dir/dmn-js/dist/assets/dmn-js-$part.css" "$out/dmn-$part.css"
done
cp "$dir/leaflet/dist/leaflet.js" "$dir/leaflet/dist/leaflet.css" "$out/"
cp "$dir/leaflet/LICENSE" "$out/LICENSE.leaflet"
echo "web/vendor: bpmn-js $bpmn, dmn-js $dmn, Leaflet $leaflet; build again to have them inside"
