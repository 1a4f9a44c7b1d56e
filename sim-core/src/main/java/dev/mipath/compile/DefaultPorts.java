package dev.mipath.compile;

/**
 * How many source ports Azure sets aside for each machine of a pool where nobody says how many.
 *
 * <p>Models: "Using SNAT for outbound connections", "Default port allocation table" (read 2026-11-27); fact 3.14: by the
 * size of the pool, for each frontend, 1,024 at most.
 */
final class DefaultPorts {
    private static final int MOST = 1_024;
    private static final int LEAST = 32;
    private static final int FIRST_TIER = 50;

    private DefaultPorts() {}

    static int of(int poolSize, int frontends) {
        int ports = MOST;
        for (int tier = FIRST_TIER; poolSize > tier && ports > LEAST; tier *= 2) ports /= 2;
        return Math.min(MOST, ports * Math.max(1, frontends));
    }
}
