package dev.mipath.cli;

import dev.mipath.explain.Safe;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;

/** Pulls the members of one JSON object a line. */
final class LineParser {
    /*
     * One push parser for all lines: it is fed a line, drained, and fed the next, so that neither buffers
     * nor name tables are made anew a million times. Only after an error is it thrown away, because what
     * it then still expects belongs to the broken line.
     */
    private static final JsonFactory JSON = new JsonFactory();

    private @Nullable JsonParser parser;
    private final Set<String> skipped = new HashSet<>();

    /** Begins a line, which must be an object. */
    void begin(byte[] bytes, int offset, int end) {
        if (!skipped.isEmpty()) skipped.clear();
        try {
            JsonParser current = current();
            ((ByteArrayFeeder) current.nonBlockingInputFeeder()).feedInput(bytes, offset, end);
            if (current.nextToken() != JsonToken.START_OBJECT) throw new UsageException("this is not a JSON object");
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    /** The next member's name; null after the last one, when the line must be at its end. */
    @Nullable
    String nextName() {
        try {
            JsonParser current = current();
            JsonToken token = current.nextToken();
            if (token == JsonToken.PROPERTY_NAME) return current.currentName();
            if (token != JsonToken.END_OBJECT) throw new UsageException("this is not JSON: the line ends too early");
            if (current.nextToken() != JsonToken.NOT_AVAILABLE) {
                throw new UsageException("this is not JSON: something follows the object");
            }
            return null;
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    /** Moves to the value of a member that must be a text. */
    void text(String name) {
        if (value() != JsonToken.VALUE_STRING) throw new UsageException("`" + name + "` is not a text");
    }

    /** The text as a new object. */
    String string(String name) {
        text(name);
        return current().getString();
    }

    /** The text that was moved to, as a new object. */
    String here() {
        return current().getString();
    }

    /** Reads an address. */
    void address(String name, FlowEnd end) {
        text(name);
        JsonParser current = current();
        end.address(current.getStringCharacters(), current.getStringOffset(), current.getStringLength());
    }

    /** Reads a port, which may be a number or a text. */
    void port(String name, FlowEnd end) {
        JsonToken token = value();
        JsonParser current = current();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            try {
                end.port(current.getIntValue());
            } catch (JacksonException e) {
                throw notJson(e);
            }
        } else if (token == JsonToken.VALUE_STRING) {
            end.port(current.getStringCharacters(), current.getStringOffset(), current.getStringLength());
        } else {
            throw new UsageException("`" + name + "` is not a port");
        }
    }

    /** Whether the text is this word, in any case. */
    boolean isWord(String word) {
        JsonParser current = current();
        if (current.getStringLength() != word.length()) return false;
        char[] text = current.getStringCharacters();
        int offset = current.getStringOffset();
        for (int i = 0; i < word.length(); i++) {
            // Letters of ASCII differ in this bit between upper and lower case.
            if ((text[offset + i] | 0x20) != (word.charAt(i) | 0x20)) return false;
        }
        return true;
    }

    /** The bits of what is given so far with one more; a member that was given before is an error. */
    static int once(int given, int bit, String name) {
        if ((given & bit) != 0) throw twice(name);
        return given | bit;
    }

    private static UsageException twice(String name) {
        return new UsageException("`" + Safe.text(name) + "` stands twice in the line");
    }

    /** Skips a member that is no part of the question. */
    void skip(String name) {
        if (!skipped.add(name)) throw twice(name);
        value();
        try {
            current().skipChildren();
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    /** What a line left behind is dropped. */
    void abandon() {
        parser = null;
    }

    private JsonToken value() {
        try {
            JsonToken token = current().nextToken();
            if (token == JsonToken.NOT_AVAILABLE) {
                throw new UsageException("this is not JSON: the line ends too early");
            }
            return token;
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    private JsonParser current() {
        JsonParser known = parser;
        if (known != null) return known;
        JsonParser made = JSON.createNonBlockingByteArrayParser(ObjectReadContext.empty());
        parser = made;
        return made;
    }

    private static UsageException notJson(JacksonException e) {
        return new UsageException("this is not JSON: " + Safe.text(e.getOriginalMessage()));
    }
}
