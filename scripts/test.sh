#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
# shellcheck source=scripts/lib/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

PARTS=(format licences lint unit node e2e)

usage() {
	cat <<'END'
Usage: scripts/test.sh [part ...]

Sets up what is missing and checks everything; stops at the first fault. Parts, in their order:
  format     rustfmt changes nothing
  licences   every source file names its licence
  lint       clippy, warnings denied, over all crates and their tests
  unit       tests of primitives, pallets and runtime, benchmarks' and try-runtime's included
  node       tests of the node and its JSON-RPC
  e2e        the real node, driven by polkadot.js
Without a part, all of them. The end-to-end tests take other binaries from TENURE_NODE.
END
}

# Benchmarks and try_state are tested with the rest; lint and unit share these features.
FEATURES=tenure-runtime/runtime-benchmarks,tenure-runtime/try-runtime

check_format() { cargo fmt --all --check; }

check_licences() {
	local file want bad=0 count=0
	while IFS= read -r -d '' file; do
		[ -f "$file" ] || continue
		count=$((count + 1))
		case $file in
		node/*) want='GPL-3.0-or-later WITH Classpath-exception-2.0' ;;
		*) want='Apache-2.0' ;;
		esac
		if ! head -n 3 "$file" | sed -n 's|^.*SPDX-License-Identifier: ||p' | grep -qxF "$want"; then
			echo "$file: its first three lines lack 'SPDX-License-Identifier: $want'"
			bad=1
		fi
	done < <(git ls-files -z --cached --others --exclude-standard -- '*.rs' '*.sh' '*.mjs' .ci/run)
	[ "$bad" -eq 0 ] && echo "$count files name their licence"
}

check_lint() {
	SKIP_WASM_BUILD=1 cargo clippy --locked --workspace --all-targets --features "$FEATURES" -- \
		-D warnings
}

# The dev profile, for its debug assertions and overflow checks.
check_unit() {
	SKIP_WASM_BUILD=1 cargo test --locked --workspace --exclude tenure-node --exclude tenure-rpc \
		--features "$FEATURES"
}

# The release profile, because the node is built in it anyway.
check_node() { build_node && cargo test --release --locked -p tenure-node -p tenure-rpc; }

check_e2e() {
	if [ -z "${TENURE_NODE:-}" ]; then
		build_node || return
		export TENURE_NODE=$TENURE_NODE_BINARY
	fi
	npm --silent --prefix "$TENURE_ROOT/scripts/e2e" test
}

# closing_lines PART: what each suite of that part said last, without colours.
closing_lines() {
	sed 's/\x1b\[[0-9;]*m//g' "$logs/$1" | awk '
		/^ *Running / { suite = $2 == "unittests" ? $4 : $3; gsub(/[()]/, "", suite)
			sub(/.*\//, "", suite); sub(/-[0-9a-f]+$/, "", suite) }
		/^ *Doc-tests / { suite = $2 " doc-tests" }
		/^test result: / { print "    " suite ": " $0 }
		/^ℹ (tests|pass|fail|cancelled|skipped|duration_ms) / { line = line "  " $2 " " $3 }
		NF { last = $0; sub(/^ */, "", last) }
		END { if (line) print "   " line; else if (!suite && last) print "    " last }'
}

selected=()
for argument in "$@"; do
	case $argument in
	-h | --help)
		usage
		exit 0
		;;
	esac
	[[ " ${PARTS[*]} " == *" $argument "* ]] || fail "no part '$argument'; see scripts/test.sh --help"
	selected+=("$argument")
done
[ "${#selected[@]}" -gt 0 ] || selected=("${PARTS[@]}")

cd "$TENURE_ROOT"
setup_build
if [[ " ${selected[*]} " == *" e2e "* ]]; then setup_node; fi

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
if [ -t 1 ]; then export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-always}; fi

logged() { "check_$1" 2>&1 | tee "$logs/$1"; }
started=$SECONDS
summary=()
for part in "${PARTS[@]}"; do
	[[ " ${selected[*]} " == *" $part "* ]] || continue
	before=$SECONDS
	timed "$part" logged "$part"
	summary+=("$part: ok in $((SECONDS - before)) s")
done

say "Closing lines"
for line in "${summary[@]}"; do
	echo "$line"
	closing_lines "${line%%:*}"
done
say "All checks passed in $((SECONDS - started)) s: ${selected[*]}"
