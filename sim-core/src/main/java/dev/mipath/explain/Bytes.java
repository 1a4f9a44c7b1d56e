package dev.mipath.explain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes in the making: numbers of either order, text, and lengths that are filled in when they are known. */
final class Bytes {
    private byte[] held = new byte[256];
    private int size;

    int size() {
        return size;
    }

    byte[] held() {
        return held;
    }

    void clear() {
        size = 0;
    }

    Bytes u8(int value) {
        if (size == held.length) held = Arrays.copyOf(held, 2 * size);
        held[size++] = (byte) value;
        return this;
    }

    /** Big-endian. */
    Bytes u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    /** Big-endian. */
    Bytes u32(int value) {
        return u16(value >>> 16).u16(value);
    }

    /** Big-endian. */
    Bytes u64(long value) {
        return u32((int) (value >>> 32)).u32((int) value);
    }

    Bytes little16(int value) {
        return u8(value).u8(value >>> 8);
    }

    Bytes little32(int value) {
        return little16(value).little16(value >>> 16);
    }

    Bytes little64(long value) {
        return little32((int) value).little32((int) (value >>> 32));
    }

    Bytes zeros(int count) {
        for (int i = 0; i < count; i++) u8(0);
        return this;
    }

    Bytes all(byte[] bytes) {
        for (byte b : bytes) u8(b);
        return this;
    }

    Bytes all(Bytes other) {
        for (int i = 0; i < other.size; i++) u8(other.held[i]);
        return this;
    }

    Bytes utf8(String text) {
        return all(text.getBytes(StandardCharsets.UTF_8));
    }

    /** UTF-16, the low byte first, as TDS has it. */
    Bytes utf16(String text) {
        return all(text.getBytes(StandardCharsets.UTF_16LE));
    }

    /** Puts a big-endian number of 16 bits where zeros were kept for it. */
    void put16(int at, int value) {
        held[at] = (byte) (value >>> 8);
        held[at + 1] = (byte) value;
    }
}
