package dev.mipath.explain;

/**
 * Messages of TDS 7.4, each one packet.
 *
 * <p>Models: MS-TDS, PRELOGIN, LOGIN7, LOGINACK, ENVCHANGE, ERROR, DONE and SQLBatch.
 *
 * <p>Leaves out: encryption, so that logins can be read; features of the login; result sets.
 */
final class TdsMessages {
    private static final int BATCH = 0x01;
    private static final int REPLY = 0x04;
    private static final int LOGIN = 0x10;
    private static final int PRELOGIN = 0x12;
    private static final int END_OF_MESSAGE = 1;
    private static final int HEADER = 8;
    private static final int ENCRYPT_ON = 1;
    private static final int ENCRYPT_REQUIRED = 3;
    private static final int PACKET_SIZE = 4096;
    private static final int LOGIN_FIXED = 94;
    /** What a name may take of a login, a token or an error; longer ones are cut. */
    private static final int LONGEST = 120;

    private static final String APPLICATION = "MiPath";
    private static final String USER = "user";
    private static final String QUERY = "SELECT 1";
    private static final String SERVER = "Microsoft SQL Server";

    private TdsMessages() {}

    static Bytes prelogin(boolean answer) {
        Bytes body = new Bytes();
        body.u8(0).u16(0x15).u16(6).u8(1).u16(0x1B).u16(1).u8(2).u16(0x1C).u16(1);
        // The last option has no value in an answer.
        body.u8(4).u16(0x1D).u16(1).u8(0xFF);
        body.u8(12).u8(0).u16(4000).u16(0);
        body.u8(answer ? ENCRYPT_REQUIRED : ENCRYPT_ON).u8(0).u8(0);
        return packet(answer ? REPLY : PRELOGIN, body);
    }

    /** TLS inside PRELOGIN packets, either way. */
    static Bytes tunnel(Bytes records) {
        return packet(PRELOGIN, records);
    }

    static Bytes login(String client, String server) {
        String[] texts = {client, USER, "x", APPLICATION, cut(server), "", APPLICATION, "", "master"};
        Bytes offsets = new Bytes();
        Bytes data = new Bytes();
        for (int i = 0; i < texts.length; i++) {
            // The sixth is the extension, which is empty.
            offsets.little16(LOGIN_FIXED + data.size()).little16(texts[i].length());
            if (i == 2) data.all(disguised(texts[i]));
            else data.utf16(texts[i]);
        }
        int end = LOGIN_FIXED + data.size();
        offsets.zeros(6);
        for (int i = 0; i < 3; i++) offsets.little16(end).little16(0);
        offsets.little32(0);
        Bytes body =
                new Bytes().little32(end).u32(0x04000074).little32(PACKET_SIZE).little32(0);
        body.little32(0).little32(0).u8(0xE0).u8(0x03).u8(0).u8(0).little32(0).little32(0x0409);
        return packet(LOGIN, body.all(offsets).all(data));
    }

    private static byte[] disguised(String password) {
        Bytes plain = new Bytes().utf16(password);
        byte[] hidden = new byte[plain.size()];
        for (int i = 0; i < hidden.length; i++) {
            int b = plain.held()[i] & 0xFF;
            hidden[i] = (byte) ((b << 4 | b >>> 4) ^ 0xA5);
        }
        return hidden;
    }

    static Bytes loggedIn() {
        Bytes tokens = environment(1, "master", "");
        return packet(
                REPLY,
                tokens.all(acknowledged()).all(environment(4, "4096", "4096")).all(done(0)));
    }

    /** A login that is acknowledged and sent on. */
    static Bytes routed(String host, int port) {
        String name = cut(host);
        int value = 5 + 2 * name.length();
        Bytes route =
                new Bytes().u8(0xE3).little16(5 + value).u8(20).little16(value).u8(0);
        route.little16(port).little16(name.length()).utf16(name).little16(0);
        return packet(REPLY, acknowledged().all(route).all(done(0)));
    }

    static Bytes refused(int number, String why) {
        String text = cut(why);
        Bytes error = new Bytes().little32(number).u8(1).u8(16).little16(text.length());
        error.utf16(text).u8(0).u8(0).little32(1);
        Bytes tokens = new Bytes().u8(0xAA).little16(error.size()).all(error);
        return packet(REPLY, tokens.all(done(2)));
    }

    static Bytes batch() {
        Bytes body =
                new Bytes().little32(22).little32(18).little16(2).little64(0).little32(1);
        return packet(BATCH, body.utf16(QUERY));
    }

    static Bytes batchDone() {
        return packet(REPLY, done(0x10));
    }

    private static Bytes acknowledged() {
        Bytes token = new Bytes().u8(1).u32(0x74000004).u8(SERVER.length()).utf16(SERVER);
        token.u8(12).u8(0).u16(4000);
        return new Bytes().u8(0xAD).little16(token.size()).all(token);
    }

    private static Bytes environment(int type, String now, String before) {
        Bytes token = new Bytes().u8(type).u8(now.length()).utf16(now);
        token.u8(before.length()).utf16(before);
        return new Bytes().u8(0xE3).little16(token.size()).all(token);
    }

    private static Bytes done(int status) {
        return new Bytes().u8(0xFD).little16(status).little16(0xC1).little64(status == 0x10 ? 1 : 0);
    }

    private static Bytes packet(int type, Bytes body) {
        return new Bytes()
                .u8(type)
                .u8(END_OF_MESSAGE)
                .u16(HEADER + body.size())
                .u16(0)
                .u8(1)
                .u8(0)
                .all(body);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
