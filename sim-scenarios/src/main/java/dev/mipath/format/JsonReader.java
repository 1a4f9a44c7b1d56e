package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Place;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON document into a located tree.
 *
 * <p>A value's place is the line of its first character: for an object the line of its brace. A name that stands twice
 * in one object is kept and reported; the platform's tools disagree on which one counts.
 */
public final class JsonReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(InputLimits.DEPTH_MAX)
                    .maxNumberLength(InputLimits.NUMBER_LENGTH_MAX)
                    .maxNameLength(InputLimits.NAME_LENGTH_MAX)
                    .build())
            .build();

    private final String file;
    private final JsonParser parser;
    private final Problems problems;
    private String deepest = "";
    private int weight;

    /** Ends the reading; the problem is already reported. */
    private static final class Stop extends RuntimeException {
        Stop() {
            super(null, null, false, false);
        }
    }

    private JsonReader(String file, JsonParser parser, Problems problems) {
        this.file = file;
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * Reads the document.
     *
     * @param file the name by which places call the file
     * @param content the bytes: UTF-8, or UTF-16 or UTF-32 as RFC 4627 allowed, with or without byte order mark
     * @param problems receives what is wrong
     * @return the tree, or null when the text is no JSON document; the problem says where it stops being one
     */
    public static @Nullable Node read(String file, byte[] content, Problems problems) {
        return read(file, content, problems, true);
    }

    /**
     * Reads the first value only and ignores what follows, for text that holds one document a line.
     *
     * @return the tree, or null when the text does not begin with a JSON value
     */
    public static @Nullable Node readFirst(String file, byte[] content, Problems problems) {
        return read(file, content, problems, false);
    }

    /**
     * Reads the document or fails.
     *
     * @throws InputException with everything that is wrong
     */
    public static Node read(String file, byte[] content) {
        Problems problems = new Problems();
        Node read = read(file, content, problems);
        problems.throwIfAny();
        if (read == null) throw new IllegalStateException("a failed reading reports a problem");
        return read;
    }

    private static @Nullable Node read(String file, byte[] content, Problems problems, boolean whole) {
        if (content.length > InputLimits.BYTES_MAX) {
            problems.add(
                    new Place(file, 1, ""),
                    "the file is larger than " + (InputLimits.BYTES_MAX >> 20) + " MiB",
                    "give the part that matters");
            return null;
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), content)) {
            JsonReader reader = new JsonReader(file, parser, problems);
            try {
                return reader.document(whole);
            } catch (JacksonException e) {
                reader.report(e);
                return null;
            } catch (Stop stop) {
                return null;
            }
        } catch (JacksonException e) {
            // The first bytes already: the parser looks at them to tell the encoding.
            problems.add(
                    new Place(file, 1, ""),
                    "this is not JSON: " + cleaned(e.getOriginalMessage()),
                    "save it again as UTF-8 text");
            return null;
        }
    }

    private @Nullable Node document(boolean whole) {
        if (parser.nextToken() == null) {
            problems.add(
                    new Place(file, 1, ""), "the file is empty", "save the answer again; it should begin with `{`");
            return null;
        }
        Node root = value("");
        if (whole && parser.nextToken() != null) {
            problems.add(
                    new Place(file, line(), ""),
                    "a second document follows the first",
                    "give one JSON document per file; several answers go into one array");
            return null;
        }
        return root;
    }

    private Node value(String pointer) {
        Place place = new Place(file, line(), pointer);
        deepest = pointer;
        weight += 1 + pointer.length() / 100;
        if (weight > InputLimits.JSON_VALUES_MAX) {
            problems.add(
                    place,
                    "the document holds more than " + InputLimits.JSON_VALUES_MAX + " values",
                    "give the part that matters");
            throw new Stop();
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(place);
            case START_ARRAY -> array(place);
            case VALUE_STRING -> new Node.Str(place, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Num(place, parser.getString());
            case VALUE_TRUE -> new Node.Bool(place, true);
            case VALUE_FALSE -> new Node.Bool(place, false);
            case VALUE_NULL -> new Node.Null(place);
            default -> throw new IllegalStateException("a JSON value cannot begin with " + token);
        };
    }

    private Node object(Place place) {
        ImmutableList.Builder<Node.Member> members = ImmutableList.builder();
        Map<String, Integer> lines = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int line = line();
            String pointer = Pointers.child(place.pointer(), name);
            Place at = new Place(file, line, pointer);
            Integer first = lines.putIfAbsent(name, line);
            if (first != null) Pointers.reportDuplicate(problems, at, name, first);
            deepest = pointer;
            parser.nextToken();
            members.add(new Node.Member(name, at, value(pointer)));
        }
        return new Node.Obj(place, members.build());
    }

    private Node array(Place place) {
        ImmutableList.Builder<Node> items = ImmutableList.builder();
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) items.add(value(place.pointer() + "/" + index++));
        return new Node.Arr(place, items.build());
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private void report(JacksonException e) {
        int line = e.getLocation() != null
                ? e.getLocation().getLineNr()
                : parser.currentLocation().getLineNr();
        Place place = new Place(file, Math.max(1, line), deepest);
        if (e instanceof StreamConstraintsException) {
            String what = parser.streamReadContext().getNestingDepth() >= InputLimits.DEPTH_MAX
                    ? "values are nested deeper than " + InputLimits.DEPTH_MAX
                    : "a number or text is too long";
            problems.add(place, what, "no file of Azure needs this; check how the file was made");
        } else if (e instanceof UnexpectedEndOfInputException) {
            problems.add(place, "the document ends in the middle of a value", "the file is cut short; save it again");
        } else {
            problems.add(
                    place, "this is not JSON: " + cleaned(e.getOriginalMessage()), "repair the text or save it again");
        }
    }

    /** The parser's own words without its internals: character codes, source names, feature switches. */
    private static String cleaned(String message) {
        String text = message.replaceAll(" \\(code \\d+( / 0x[0-9a-f]+)?\\)", "")
                .replaceAll("(?s)( at)? \\[Source.*", "")
                .replaceAll("(?s) \\(for .*", "")
                .replaceAll("(?s) \\(start marker.*", "")
                .replaceAll("(?s)[;:,] (maybe|JSON does not|enable|non-standard).*", "")
                .replaceAll("`(JsonReadFeature|StreamReadFeature)[^`]*`", "it")
                .replaceAll("\\('(.)'\\)", "`$1`");
        if (text.isEmpty()) return "unexpected text";
        String shown = text.length() > 160 ? text.substring(0, 160) + "…" : text;
        return Character.toLowerCase(shown.charAt(0)) + shown.substring(1);
    }
}
