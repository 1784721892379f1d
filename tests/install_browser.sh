#!/bin/sh
# Chromium for the browser tests, from Debian's package where apt is there; else those tests skip.
set -u
command -v chromium >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing chromium for the browser tests ..."
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null \
    && exit 0
fi
echo "No chromium here: the browser tests are skipped (Debian: apt-get install chromium)."
exit 0
