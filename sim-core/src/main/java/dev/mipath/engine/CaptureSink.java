package dev.mipath.engine;

/** Is told every packet that a capture at the clients would see, in the order of time. */
public interface CaptureSink {
    /** A packet that a client sent or got, or that it closed its connection. */
    void packet(ClientPacket packet);
}
