#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the reference agent of a device; scripts/device-agent.sh --help says more.
set -euo pipefail
# shellcheck source=scripts/lib/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"

setup_node >&2
exec node "$TENURE_ROOT/scripts/e2e/agent.mjs" "$@"
