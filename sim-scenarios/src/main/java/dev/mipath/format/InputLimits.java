package dev.mipath.format;

/** How much input is accepted; beyond these a file is refused with a clear word instead of an exhausted memory. */
public final class InputLimits {
    /** The largest file read: thirty times the Service Tags download. */
    public static final int BYTES_MAX = 128 << 20;

    /** What all files of one run may hold together. */
    public static final int ALL_BYTES_MAX = 256 << 20;

    /**
     * The most values one JSON document may hold; the rules of a thousand subnets are a tenth of that. A value counts once
     * more for every hundred characters of its pointer, for that is what deep names cost.
     */
    public static final int JSON_VALUES_MAX = 2_000_000;

    /** The largest YAML file read; YAML is written by hand and costs far more memory per byte than JSON. */
    public static final int YAML_BYTES_MAX = 32 << 20;

    /** The deepest nesting of objects and arrays; deployment templates reach about thirty. */
    public static final int DEPTH_MAX = 200;

    /** The longest number, in characters. */
    public static final int NUMBER_LENGTH_MAX = 100;

    /** The longest name of a member; it is repeated in the pointer of everything below it. */
    public static final int NAME_LENGTH_MAX = 1_000;

    /** The most values one YAML document may hold once its aliases are followed. */
    public static final int YAML_VALUES_MAX = 1_000_000;

    private InputLimits() {}
}
