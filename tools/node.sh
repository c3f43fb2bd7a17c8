#!/bin/sh
# Runs a script of this checkout with the Node that the lock file pins: tools/node.sh SCRIPT [ARGUMENTS]
# Installs what is missing first. Becomes the script's process (exec), so that signals and exit codes pass straight through.
cd "$(dirname "$0")/.." || exit 1

# npm puts node_modules/.bin in front of PATH; an installation must not run on the Node it replaces.
node="${npm_node_execpath:-node}"
version=$("$node" --version 2>/dev/null)
case "$version" in
  '')
    echo 'Parley needs Node.js 20 or later, and there is no node on this machine: see https://nodejs.org' >&2
    exit 1
    ;;
  v[0-9].* | v1[0-9].*)
    echo "Parley needs Node.js 20 or later; this is $version ($node)" >&2
    exit 1
    ;;
esac

# In the background, because a shell answers a signal only between two commands; prepare.mjs then ends what it started.
"$node" tools/prepare.mjs &
child=$!
stopped=0
trap 'stopped=143; kill -TERM "$child" 2>/dev/null' TERM HUP
trap 'stopped=130; kill -TERM "$child" 2>/dev/null' INT
while :; do
  wait "$child"
  status=$?
  # A wait that a signal interrupted left the child behind.
  kill -0 "$child" 2>/dev/null || break
done
[ "$stopped" -eq 0 ] || exit "$stopped"
[ "$status" -eq 0 ] || exit "$status"
trap - TERM HUP INT
exec node_modules/.bin/node "$@"
