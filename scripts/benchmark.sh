#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
# shellcheck source=scripts/lib/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

PALLETS=(arbitration attestation device-registry lease-escrow usage-token)

usage() {
	cat <<'END'
Usage: scripts/benchmark.sh [pallet ...]

Measures the weights of our pallets on this machine, in the runtime's wasm, and writes them to
pallets/*/src/weights.rs. Without a pallet, all of them: arbitration attestation device-registry
lease-escrow usage-token. STEPS (default 20) and REPEAT (default 10) say how often.
The first time it builds the node once more, with the feature runtime-benchmarks.
END
}

selected=()
for argument in "$@"; do
	case $argument in
	-h | --help)
		usage
		exit 0
		;;
	esac
	[[ " ${PALLETS[*]} " == *" $argument "* ]] ||
		fail "no pallet '$argument'; see scripts/benchmark.sh --help"
	selected+=("$argument")
done
[ "${#selected[@]}" -gt 0 ] || selected=("${PALLETS[@]}")

cd "$TENURE_ROOT"
setup_build
binary="$TENURE_NODE_BINARY-benchmarks"
build_benchmarks() {
	# A test runtime that the benchmarking library brings along can't be built from here, nor is it used.
	SKIP_FRAME_STORAGE_ACCESS_TEST_RUNTIME_WASM_BUILD=1 \
		cargo build --release --locked -p tenure-node --features runtime-benchmarks
	# Under a name of its own: run-dev.sh and test.sh expect the plain node.
	cp "$TENURE_NODE_BINARY" "$binary"
	build_node
}
timed "Building the node with benchmarks" build_benchmarks

for pallet in "${selected[@]}"; do
	timed "Measuring $pallet" "$binary" benchmark pallet \
		--chain dev --pallet "pallet_${pallet//-/_}" --extrinsic '*' \
		--steps "${STEPS:-20}" --repeat "${REPEAT:-10}" --wasm-execution compiled \
		--no-storage-info --no-median-slopes --no-min-squares \
		--template scripts/weight-template.hbs --output "pallets/$pallet/src/weights.rs"
done
