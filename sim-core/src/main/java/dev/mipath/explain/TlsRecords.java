package dev.mipath.explain;

import java.nio.charset.StandardCharsets;

/**
 * Handshake records of TLS 1.2 of the right order and form. Nothing is encrypted: random and secret parts are zeros, the
 * server's certificate is left out, and the finished messages are opaque.
 */
final class TlsRecords {
    private static final int HANDSHAKE = 22;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int VERSION = 0x0303;
    /** TLS_RSA_WITH_AES_128_GCM_SHA256: a key exchange whose form needs no curve. */
    private static final int CIPHER = 0x009C;

    private static final int SECRET = 256;
    private static final int FINISHED = 40;
    private static final int CERTIFICATE_REVOKED = 44;
    private static final int LONGEST_NAME = 255;

    private TlsRecords() {}

    static Bytes clientHello(String host) {
        byte[] name = host.getBytes(StandardCharsets.UTF_8);
        Bytes extensions = new Bytes();
        if (name.length <= LONGEST_NAME) {
            extensions.u16(0).u16(name.length + 5).u16(name.length + 3).u8(0).u16(name.length);
            extensions.all(name);
        }
        Bytes hello = new Bytes()
                .u16(VERSION)
                .zeros(32)
                .u8(0)
                .u16(2)
                .u16(CIPHER)
                .u8(1)
                .u8(0);
        hello.u16(extensions.size()).all(extensions);
        return record(HANDSHAKE, message(1, hello));
    }

    static Bytes serverHello() {
        Bytes hello = new Bytes().u16(VERSION).zeros(32).u8(0).u16(CIPHER).u8(0);
        return record(HANDSHAKE, message(2, hello).all(message(14, new Bytes())));
    }

    static Bytes clientKey() {
        Bytes key = message(16, new Bytes().u16(SECRET).zeros(SECRET));
        return record(HANDSHAKE, key).all(finished());
    }

    /** The change of the cipher and what ends the handshake, of either side. */
    static Bytes finished() {
        return record(CHANGE_CIPHER_SPEC, new Bytes().u8(1)).all(record(HANDSHAKE, new Bytes().zeros(FINISHED)));
    }

    static Bytes revoked() {
        return record(ALERT, new Bytes().u8(2).u8(CERTIFICATE_REVOKED));
    }

    private static Bytes message(int type, Bytes body) {
        return new Bytes().u8(type).u8(0).u16(body.size()).all(body);
    }

    private static Bytes record(int type, Bytes body) {
        return new Bytes().u8(type).u16(VERSION).u16(body.size()).all(body);
    }
}
