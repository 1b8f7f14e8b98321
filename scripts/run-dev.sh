#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
# shellcheck source=scripts/lib/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

usage() {
	cat <<'END'
Usage: scripts/run-dev.sh [node flags]

Sets up what is missing, builds the node and starts a development chain on this machine.
The chain is forgotten when the node stops; keep it with --base-path FOLDER.
Every flag goes to the node, among them:
  --rpc-port PORT        JSON-RPC port (default 9944)
  --base-path FOLDER     keep the chain in FOLDER
  --sealing manual       no block before engine_createBlock asks for one
  --sealing instant      a block for every transaction
All flags: tenure-node --help (after the first build, in $CARGO_TARGET_DIR/release).
Ctrl-C stops it.
END
}

rpc_port=9944
previous=
for flag in "$@"; do
	case $flag in
	-h | --help)
		usage
		exit 0
		;;
	--rpc-port=*) rpc_port=${flag#*=} ;;
	esac
	if [ "$previous" = --rpc-port ]; then rpc_port=$flag; fi
	previous=$flag
done
[[ $rpc_port =~ ^[0-9]+$ ]] || fail "--rpc-port wants a number, not '$rpc_port'"

rpc_answers() {
	curl --silent --fail --max-time 2 --output /dev/null -H 'Content-Type: application/json' \
		--data '{"jsonrpc":"2.0","id":1,"method":"system_chain","params":[]}' \
		"http://127.0.0.1:$rpc_port"
}

# Waits for the RPC of process $1, then says where to look at the chain.
announce() {
	until rpc_answers; do
		kill -0 "$1" 2>/dev/null || return 0
		sleep 0.2
	done
	cat <<END

==> The node is up. Open it in polkadot.js Apps:
==>   https://polkadot.js.org/apps/?rpc=ws%3A%2F%2F127.0.0.1%3A$rpc_port
==> JSON-RPC: ws://127.0.0.1:$rpc_port and http://127.0.0.1:$rpc_port. Ctrl-C stops the node.

END
}

setup_build
cd "$TENURE_ROOT"
timed "Building the node" build_node

if [ "$rpc_port" -ne 0 ]; then
	# The node would quietly take another port.
	if (exec 3<>"/dev/tcp/127.0.0.1/$rpc_port") 2>/dev/null; then
		fail "port $rpc_port is in use, perhaps by a node that still runs; choose another with --rpc-port"
	fi
	announce $$ &
fi
# The node takes this process over: signals and exit code are its own.
exec "$TENURE_NODE_BINARY" --dev "$@"
