#!/bin/bash
# Make the files of earlier versions with those versions' own code: tests/warehouse/past/make.sh FOLDER [NAME:COMMIT …]
# Each commit is checked out into FOLDER, set up as it was, and imports the articles beside this script three times.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(git -C "$here" rev-parse --show-toplevel)
folder=$1
shift
states=("$@")
[ ${#states[@]} -gt 0 ] || states=(
    0002_first:cd52c76 0002_settled:4aeadeb 0003_actors:f39abb8 0004_opinions:e978c23 0005_polling:e5a80e5
    0006_archives:925b29f 0006_stories:0226931 0007_text_source:0b6764d 0008_messages:e723a91 0009_word_runs:968a49c
    0012_arrivals:656919f 0011_corrections:9fd194f 0010_labels:2b4bb4e
)
mkdir -p "$folder"
python3 -c '
from http.server import BaseHTTPRequestHandler, HTTPServer
class Taking(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_): pass
HTTPServer(("127.0.0.1", 8975), Taking).serve_forever()' &
trap 'kill $!' EXIT
for state in "${states[@]}"; do
    name=${state%%:*} code="$folder/${state##*:}" home="$folder/home-${state%%:*}"
    [ -d "$code" ] || git -C "$top" worktree add --detach "$code" "${state##*:}"
    [ -d "$top/.uv" ] && cp -r "$top/.uv" "$code/"
    make -C "$code" install
    rm -rf "$home"
    mkdir -p "$home/config"
    echo "feeds: []" > "$home/config/feeds.yml"
    echo "seeds: []" > "$home/config/seeds.yml"
    cp "$here/alerts.yml" "$home/config/alerts.yml"
    [ -f "$code/warehouse/migrations/0008_messages.sql" ] && sed -i 's/timing: digest/timing: daily/' "$home/config/alerts.yml"
    export STANCEWATCH_CONFIG="$home/config" STANCEWATCH_HOME="$home"
    "$code/.venv/bin/stancewatch" import "$here/history.jsonl"
    "$code/.venv/bin/stancewatch" import --live "$here/live.jsonl"
    "$code/.venv/bin/stancewatch" import --live "$here/edited.jsonl"
    zstd -19 --quiet --force "$home/warehouse.duckdb" -o "$here/$name.duckdb.zst"
    git -C "$top" worktree remove --force "$code"
done
