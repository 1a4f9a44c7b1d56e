package dev.mipath.cli;

import org.jspecify.annotations.Nullable;

/** What {@code next-hop} is asked; to be read into again and again. */
final class HopQuestion {
    private final FlowEnd source = new FlowEnd();
    private final FlowEnd destination = new FlowEnd();
    private @Nullable String target;

    FlowEnd source() {
        return source;
    }

    FlowEnd destination() {
        return destination;
    }

    /** The id or name of the NIC or VM that is meant, or null. */
    @Nullable
    String target() {
        return target;
    }

    void target(@Nullable String idOrName) {
        target = idOrName;
    }
}
