package dev.mipath.cli;

/**
 * What a command takes without an option's name in front.
 *
 * @param label what it is called in the help and by {@link Arguments#list}
 * @param help one line
 * @param mandatory whether at least one must be given
 * @param many whether more than one may be given; only for the last positional
 * @param file whether it is a file or folder
 */
record Positional(String label, String help, boolean mandatory, boolean many, boolean file) {
    /** Exactly one. */
    static Positional one(String label, String help) {
        return new Positional(label, help, true, false, false);
    }

    /** One or none. */
    static Positional optional(String label, String help) {
        return new Positional(label, help, false, false, false);
    }

    /** One or more files or folders. */
    static Positional files(String label, String help) {
        return new Positional(label, help, true, true, true);
    }

    /** Any number of files or folders, none included. */
    static Positional anyFiles(String label, String help) {
        return new Positional(label, help, false, true, true);
    }
}
