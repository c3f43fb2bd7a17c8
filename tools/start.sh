#!/bin/sh
# npm start: the server, after installing what is missing.
exec sh "$(dirname "$0")/node.sh" packages/server/src/main.ts "$@"
