package dev.mipath.cli;

import org.jspecify.annotations.Nullable;

/** The options that say which of several places is meant. */
final class Target {
    private Target() {}

    static Syntax in(Syntax syntax) {
        return syntax.with(
                Option.text("--vm", "NAME", "The VM that is meant, by name or id."),
                Option.text("--nic", "NAME", "The NIC that is meant, by name or id."),
                Option.text("--vnet", "NAME", "The VNet that is meant where several hold the address."));
    }

    /** The NIC or VM that is meant, or null. */
    static @Nullable String of(Arguments arguments) {
        @Nullable String nic = arguments.find("--nic");
        if (nic != null && arguments.has("--vm")) throw new UsageException("--vm and --nic are both given (keep one)");
        return nic != null ? nic : arguments.find("--vm");
    }
}
