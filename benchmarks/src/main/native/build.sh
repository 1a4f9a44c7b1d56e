#!/bin/sh
# Builds libmipathpeers.so and libmipathns3.so into the given folder. Needs gcc, g++, pkg-config, a JDK, and
# libdpdk-dev for the one, libns3-dev for the other; what is not installed is left out.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
mkdir -p "$1"
if pkg-config --exists libdpdk; then
    gcc -O3 -march=native -shared -fPIC -Wall -Wno-deprecated-declarations \
        -I"$java_home/include" -I"$java_home/include/linux" $(pkg-config --cflags libdpdk) -march=native \
        -o "$1/libmipathpeers.so" "$here/peers.c" -lrte_eal -lrte_lpm -lrte_acl
fi
if pkg-config --exists ns3-core; then
    g++ -O3 -march=native -std=c++17 -shared -fPIC -Wall \
        -I"$java_home/include" -I"$java_home/include/linux" \
        -o "$1/libmipathns3.so" "$here/ns3.cpp" -lns3-core
fi
