#!/bin/sh
# Builds libmipathpeers.so into the given folder. Needs gcc, pkg-config, libdpdk-dev and a JDK.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
mkdir -p "$1"
gcc -O3 -march=native -shared -fPIC -Wall -Wno-deprecated-declarations \
    -I"$java_home/include" -I"$java_home/include/linux" $(pkg-config --cflags libdpdk) -march=native \
    -o "$1/libmipathpeers.so" "$here/peers.c" -lrte_eal -lrte_lpm -lrte_acl
