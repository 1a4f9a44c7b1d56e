package dev.mipath.cli;

/** Which MiPath this is, as the jar says. */
final class Version {
    private Version() {}

    static String line() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "mipath " + (version == null ? "(not run from its jar)" : version);
    }
}
