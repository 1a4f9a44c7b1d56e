package dev.mipath.cli;

/** Which MiPath this is, as the jar says. */
final class Version {
    private Version() {}

    static String line() {
        return "mipath " + number();
    }

    /** The version alone. */
    static String number() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not run from its jar)" : version;
    }
}
