#!/usr/bin/env bash
# JSON that passes through a Lua script of Redis keeps 14 digits of a number and no empty list: a NIK of 16 digits is another,
# [] is {}.
#
# Software: Redis 7.0.15 with lua-cjson 2.1.0 (Debian 12: redis-server, redis-tools and their libraries)
# Rule:     RFC 8259 §6: integers up to 2^53 - 1 (16 digits) are exact for every implementation that uses doubles; cjson does.
# Seen:     cjson writes numbers with %.14g, so 1603010101009017 becomes 1.603010101009e+15 and the 15 digits of an account lose
#           the last. 100000000000000 becomes 1e+14, valid but other bytes. {"list":[]} becomes {"list":{}}: both are Lua's {}.
# Affects:  services that change a cached answer or a queued message in a script and send it on: numbers point to other people and
#           accounts, a list becomes an object, and hashes and signatures over the bytes break.
#
# The NIK is made up: no district has 9017 births of one sex on one day.
set -euo pipefail
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server" || true; }; rm -rf "$work"' EXIT
cd "$work"
apt-get -o APT::Sandbox::User=root download -qq redis-server=5:7.0.15-1~deb12u10 redis-tools=5:7.0.15-1~deb12u10 libhiredis0.14=0.14.1-3 \
  libjemalloc2=5.3.0-1 liblua5.1-0=5.1.5-9 liblzf1=3.6-3 lua-bitop=1.0.2-7 lua-cjson=2.1.0+dfsg-2.2
for package in *.deb; do dpkg -x "$package" .; done
export LD_LIBRARY_PATH=$work/usr/lib/x86_64-linux-gnu

usr/bin/redis-server --port 0 --unixsocket "$work/socket" --save '' --dir "$work" >log &
server=$!
cli() { usr/bin/redis-cli -s "$work/socket" "$@"; }
until cli ping >/dev/null 2>&1; do sleep 0.1; done

seen=$(for json in '{"nik":1603010101009017}' '{"account":123456789012345}' '{"rupiah":100000000000000}' '{"price":19.99}' '{"list":[]}'; do
  echo "$json -> $(cli eval 'return cjson.encode(cjson.decode(ARGV[1]))' 0 "$json")"
done)
stated='{"nik":1603010101009017} -> {"nik":1.603010101009e+15}
{"account":123456789012345} -> {"account":1.2345678901234e+14}
{"rupiah":100000000000000} -> {"rupiah":1e+14}
{"price":19.99} -> {"price":19.99}
{"list":[]} -> {"list":{}}'

echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
