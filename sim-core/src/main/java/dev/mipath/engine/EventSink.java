package dev.mipath.engine;

/** Gets every record of an {@link EventLog} as it is written: files and captures are views made from these. */
public interface EventSink {
    /** Takes no notice. */
    EventSink NONE = (time, sequence, kind, element, connection, decision) -> {};

    /**
     * Takes a record.
     *
     * @param time nanoseconds since the start
     * @param sequence the number of the record, from 0
     * @param kind what happened, 0 to 255
     * @param element where, 0 to 2^24 - 1
     * @param connection whose it was, or a negative number
     * @param decision what was decided
     */
    void accept(long time, long sequence, int kind, int element, int connection, long decision);

    /** The simulation went back: only the records before this number still hold. */
    default void rewound(long sequence) {}
}
