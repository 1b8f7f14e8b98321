# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Sourced by the scripts beside it. Sets up what building and testing Tenure needs on Debian or
# Ubuntu; what it may not or cannot install it names, with the command to run, and fails.

TENURE_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
TENURE_RUST_MIN=1.95
TENURE_NODE_MIN=20
TENURE_WASM_TARGET=wasm32v1-none

# One folder for every checkout: the dependencies are then built once, also for a fresh clone.
CARGO_TARGET_DIR=$(realpath -m "${CARGO_TARGET_DIR:-$HOME/.cache/tenure/target}")
export CARGO_TARGET_DIR
# Where rustup puts cargo; a login shell knows it, a service or a fresh terminal may not.
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

say() { printf '==> %s\n' "$*"; }
fail() {
	printf 'error: %s\n' "$*" >&2
	exit 1
}

# at_least HAVE WANT: whether version HAVE is WANT or newer.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# as_root COMMAND...: runs it as root; fails if that would take a password.
as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		command -v sudo >/dev/null && sudo -n true 2>/dev/null && sudo -n "$@"
	fi
}

apt_updated=
# Fetches the package lists, once a run and only if it may.
apt_update() {
	[ -z "$apt_updated" ] || return 0
	command -v apt-get >/dev/null && as_root apt-get update -qq && apt_updated=1
}

# apt_install PACKAGE...: installs Debian packages, if it may.
apt_install() {
	apt_update || return 1
	as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# apt_offers PACKAGE VERSION: whether apt would install VERSION or newer.
apt_offers() {
	local candidate
	command -v apt-cache >/dev/null || return 1
	candidate=$(apt-cache policy "$1" | awk '/Candidate:/ { print $2 }')
	[ -n "$candidate" ] && [ "$candidate" != "(none)" ] && at_least "$candidate" "$2"
}

# The packages of which something is missing, judged by what they bring and not by name, since a
# machine may have it from elsewhere.
missing_packages() {
	local tool
	command -v cc >/dev/null && command -v c++ >/dev/null && command -v make >/dev/null ||
		echo build-essential
	for tool in clang cmake perl git curl; do
		command -v "$tool" >/dev/null || echo "$tool"
	done
	command -v pkg-config >/dev/null || echo pkg-config
	command -v protoc >/dev/null || echo protobuf-compiler
	compgen -G '/usr/lib/llvm-*/lib/libclang*.so*' >/dev/null ||
		compgen -G '/usr/lib/*/libclang*.so*' >/dev/null || [ -n "${LIBCLANG_PATH:-}" ] ||
		echo libclang-dev
	[ -e /usr/include/openssl/ssl.h ] || [ -n "${OPENSSL_DIR:-}" ] || echo libssl-dev
	[ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
}

setup_packages() {
	local packages
	mapfile -t packages < <(missing_packages)
	[ "${#packages[@]}" -gt 0 ] || return 0
	say "Installing ${packages[*]}"
	apt_install "${packages[@]}" ||
		fail "these packages are missing: ${packages[*]}
Install them, then start again:
    sudo apt-get update && sudo apt-get install -y ${packages[*]}"
	mapfile -t packages < <(missing_packages)
	[ "${#packages[@]}" -eq 0 ] || fail "still missing after the installation: ${packages[*]}"
}

rust_version() { rustc --version 2>/dev/null | awk '{ print $2 }'; }

rust_new_enough() {
	local version
	command -v cargo >/dev/null || return 1
	version=$(rust_version)
	[ -n "$version" ] && at_least "$version" "$TENURE_RUST_MIN"
}

# Whether the compiler can make the runtime's wasm: it has the target, or (Debian's compiler) the
# sources of the standard library and a linker, of which the build then makes the target.
wasm_ready() {
	local sysroot
	sysroot=$(rustc --print sysroot)
	[ -d "$sysroot/lib/rustlib/$TENURE_WASM_TARGET/lib" ] && return
	[ -d "$sysroot/lib/rustlib/src/rust/library" ] && debian_linker >/dev/null
}

debian_linker() { compgen -G '/usr/lib/llvm-*/bin/wasm-ld' | sort -V | tail -n 1 | grep .; }

rust_ready() {
	rust_new_enough && wasm_ready && command -v rustfmt >/dev/null && cargo clippy --version \
		>/dev/null 2>&1
}

# Whether rustup's stable serves where the default toolchain doesn't; the default stays as it is.
rustup_stable_ready() {
	command -v rustup >/dev/null || return 1
	RUSTUP_TOOLCHAIN=stable rust_ready || return 1
	export RUSTUP_TOOLCHAIN=stable
}

# Adds what a toolchain that is new enough lacks, before another one is fetched.
complete_rust() {
	rust_new_enough && rustup target add "$TENURE_WASM_TARGET" &&
		rustup component add rustfmt clippy && rust_ready
}

install_rust_by_rustup() {
	command -v rustup >/dev/null || return 1
	complete_rust && return
	rustup toolchain install stable --profile minimal --component rustfmt --component clippy \
		--target "$TENURE_WASM_TARGET" || return 1
	rust_ready || rustup_stable_ready
}

# Debian keeps a current compiler for its browsers; it takes the place of rustup where that isn't
# packaged or can't reach its server.
install_rust_by_debian() {
	local lld
	apt_update || return 1
	apt_offers rustc-web "$TENURE_RUST_MIN" || return 1
	lld=$(apt-cache search --names-only '^lld-[0-9]+$' | awk '{ print $1 }' | sort -V | tail -n 1)
	[ -n "$lld" ] || return 1
	apt_install rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web "$lld" || return 1
	rust_ready
}

setup_rust() {
	if ! rust_ready && ! rustup_stable_ready; then
		say "Installing Rust $TENURE_RUST_MIN or newer with $TENURE_WASM_TARGET, rustfmt and clippy"
		if ! command -v rustup >/dev/null && apt_update && apt_offers rustup 1; then
			apt_install rustup || true
		fi
		install_rust_by_rustup || install_rust_by_debian ||
			fail "Rust $TENURE_RUST_MIN or newer with the target $TENURE_WASM_TARGET is missing (found: rustc $(rust_version || true)).
Install rustup as https://rustup.rs says, then run and start again:
    rustup toolchain install stable --component rustfmt --component clippy --target $TENURE_WASM_TARGET"
	fi
	local sysroot
	sysroot=$(rustc --print sysroot)
	if [ ! -d "$sysroot/lib/rustlib/$TENURE_WASM_TARGET/lib" ]; then
		# The wasm builder makes the standard library itself then; the linker it can't guess.
		CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(debian_linker)
		export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
	fi
}

node_new_enough() {
	local version
	command -v npm >/dev/null || return 1
	version=$(node --version 2>/dev/null)
	[ -n "$version" ] && at_least "${version#v}" "$TENURE_NODE_MIN"
}

# Node.js for the end-to-end tests.
setup_node() {
	if ! node_new_enough; then
		say "Installing Node.js $TENURE_NODE_MIN or newer"
		if apt_update && apt_offers nodejs "$TENURE_NODE_MIN"; then
			apt_install nodejs npm || true
		fi
		node_new_enough ||
			fail "Node.js $TENURE_NODE_MIN or newer with npm is missing (found: $(node --version 2>/dev/null || echo none)); the end-to-end tests need it.
Install it as https://nodejs.org/en/download says, for example:
    curl -fsSL https://fnm.vercel.app/install | bash && fnm install $TENURE_NODE_MIN"
	fi
	setup_node_modules
}

setup_node_modules() {
	local folder="$TENURE_ROOT/scripts/e2e"
	# The stamp is a copy of the lock file that was installed last.
	cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed-lock.json" && return
	say "Installing the libraries of the end-to-end tests (npm ci)"
	(cd "$folder" && npm ci --silent --no-audit --no-fund) ||
		fail "npm ci failed in scripts/e2e: run it by hand to see why"
	cp "$folder/package-lock.json" "$folder/node_modules/.installed-lock.json"
}

# What building the node takes.
setup_build() {
	setup_packages
	setup_rust
}

# timed NAME COMMAND...: runs it, says how long it took, returns its result.
timed() {
	local name=$1 start=$SECONDS code=0
	shift
	say "$name"
	"$@" || code=$?
	if [ "$code" -eq 0 ]; then
		say "$name: done in $((SECONDS - start)) s"
	else
		printf 'error: %s failed after %s s (exit code %s)\n' "$name" "$((SECONDS - start))" "$code" >&2
	fi
	return "$code"
}

# Builds the release node; a few seconds when nothing changed.
build_node() { cargo build --release --locked -p tenure-node; }

TENURE_NODE_BINARY="$CARGO_TARGET_DIR/release/tenure-node"
export TENURE_ROOT TENURE_NODE_BINARY
