package dev.mipath.requirements;

/** How much a finding matters; the first is the worst. */
public enum Severity {
    /** The instance fails, cannot be made or becomes unavailable. */
    ERROR,
    /** Something that is wanted does not work, or will not for long. */
    WARNING,
    /** Worth knowing. */
    NOTE
}
