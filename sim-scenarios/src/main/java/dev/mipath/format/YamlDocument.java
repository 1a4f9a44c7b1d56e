package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Place;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The tree of one YAML document, built from the parser's events.
 *
 * <p>Events and not the library's own tree, because its composer recurses without a limit and a page of brackets would
 * end in a stack overflow. An alias shares the value of its anchor, so it costs nothing here; but a reader that walks the
 * tree would meet the value again each time, so the values behind aliases are counted and bounded.
 */
final class YamlDocument {
    private static final CoreSchema SCHEMA = new CoreSchema();
    private static final Pattern BASED = Pattern.compile("0(?:x[0-9a-fA-F]{1,15}|o[0-7]{1,20})");

    private final String file;
    private final Iterator<Event> events;
    private final Problems problems;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int values;
    private int line = 1;

    /** A value with a name, and how many values it holds; null while it is still being read. */
    private record Anchored(@Nullable Node value, int size) {}

    /** Ends the reading; the problem is already reported. */
    private static final class Stop extends RuntimeException {
        Stop() {
            super(null, null, false, false);
        }
    }

    private YamlDocument(String file, Iterator<Event> events, Problems problems) {
        this.file = file;
        this.events = events;
        this.problems = problems;
    }

    static @Nullable Node read(String file, String text, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(SCHEMA)
                .setCodePointLimit(InputLimits.YAML_BYTES_MAX)
                // One buffer for the whole text: the library fails when a surrogate pair spans two buffers.
                .setBufferSize(text.length() + 1)
                .build();
        YamlDocument document =
                new YamlDocument(file, new Parse(settings).parseString(text).iterator(), problems);
        try {
            return document.root();
        } catch (Stop stop) {
            return null;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(document.line - 1) + 1;
            String said = e.getProblem() == null ? "unexpected text" : e.getProblem();
            problems.add(new Place(file, line, ""), "this is not YAML: " + said, "repair the text");
            return null;
        } catch (YamlEngineException e) {
            problems.add(
                    new Place(file, document.line, ""),
                    "this is not YAML: a character that YAML does not allow",
                    "take control characters out, or write them as escapes in double quotes");
            return null;
        } catch (IllegalArgumentException e) {
            // The library refuses a tag of blanks, such as `!%20`, so.
            problems.add(
                    new Place(file, document.line, ""),
                    "this is not YAML: a tag that YAML does not allow",
                    "take tags such as `!name` out");
            return null;
        }
    }

    private @Nullable Node root() {
        Node root = null;
        while (events.hasNext()) {
            Event event = next();
            switch (event.getEventId()) {
                case DocumentStart -> {
                    if (root != null)
                        throw stop("", "a second document follows the first", "give one document per file");
                    root = value(next(), "", 1);
                }
                default -> {}
            }
        }
        if (root == null) {
            problems.add(new Place(file, 1, ""), "the file is empty", "save it again");
        }
        return root;
    }

    private Event next() {
        Event event = events.next();
        event.getStartMark().ifPresent(mark -> line = mark.getLine() + 1);
        return event;
    }

    private Node value(Event event, String pointer, int depth) {
        if (depth > InputLimits.DEPTH_MAX) {
            throw stop(pointer, "values are nested deeper than " + InputLimits.DEPTH_MAX, "flatten the document");
        }
        count(1 + pointer.length() / 100, pointer);
        if (event instanceof AliasEvent alias) return aliased(alias, pointer);
        Optional<String> anchor =
                event instanceof NodeEvent node ? node.getAnchor().map(Anchor::getValue) : Optional.empty();
        anchor.ifPresent(name -> anchors.put(name, new Anchored(null, 0)));
        int before = values;
        Place place = new Place(file, line, pointer);
        Node value = switch (event.getEventId()) {
            case MappingStart -> mapping(place, depth);
            case SequenceStart -> sequence(place, depth);
            default -> scalar((ScalarEvent) event, place);
        };
        anchor.ifPresent(name -> anchors.put(name, new Anchored(value, values - before + 1)));
        return value;
    }

    private Node aliased(AliasEvent alias, String pointer) {
        Anchored anchored = anchors.get(alias.getAlias().getValue());
        if (anchored == null) {
            throw stop(
                    pointer,
                    "nothing above is named "
                            + Printable.quoted("&" + alias.getAlias().getValue()),
                    "define the anchor before its alias");
        }
        if (anchored.value() == null) throw stop(pointer, "the value contains itself", "take the alias out");
        count(anchored.size(), pointer);
        return anchored.value();
    }

    private Node mapping(Place place, int depth) {
        ImmutableList.Builder<Node.Member> members = ImmutableList.builder();
        Map<String, Integer> lines = new HashMap<>();
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            if (!(event instanceof ScalarEvent key)) {
                throw stop(place.pointer(), "a key is not plain text", "write keys as plain text");
            }
            String name = key.getValue();
            if (name.length() > InputLimits.NAME_LENGTH_MAX) {
                throw stop(place.pointer(), "a key is too long", "no topology needs this; check how the file was made");
            }
            String pointer = Pointers.child(place.pointer(), name);
            Place at = new Place(file, line, pointer);
            Integer first = lines.putIfAbsent(name, line);
            if (first != null) Pointers.reportDuplicate(problems, at, name, first);
            members.add(new Node.Member(name, at, value(next(), pointer, depth + 1)));
        }
        return new Node.Obj(place, members.build());
    }

    private Node sequence(Place place, int depth) {
        ImmutableList.Builder<Node> items = ImmutableList.builder();
        int index = 0;
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            items.add(value(event, place.pointer() + "/" + index++, depth + 1));
        }
        return new Node.Arr(place, items.build());
    }

    private Node scalar(ScalarEvent event, Place place) {
        String text = event.getValue();
        Tag tag = event.getTag()
                .map(Tag::new)
                .orElseGet(() -> SCHEMA.getScalarResolver().resolve(text, event.isPlain()));
        if (tag.equals(Tag.STR)) return new Node.Str(place, text);
        if (tag.equals(Tag.NULL)) return new Node.Null(place);
        if (tag.equals(Tag.BOOL)) return new Node.Bool(place, Boolean.parseBoolean(text));
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) return new Node.Num(place, decimal(text, place));
        problems.add(place, "the tag " + Printable.quoted(tag.getValue()) + " is not known", "take the tag out");
        return new Node.Str(place, text);
    }

    /** Octal and hexadecimal are written out, so that whoever reads the tree meets decimal numbers only. */
    private String decimal(String text, Place place) {
        if (text.length() > InputLimits.NUMBER_LENGTH_MAX)
            throw stop(place.pointer(), "a number is too long", "shorten it");
        if (!BASED.matcher(text).matches()) return text.startsWith("+") ? text.substring(1) : text;
        return Long.toString(Long.parseUnsignedLong(text.substring(2), text.charAt(1) == 'x' ? 16 : 8));
    }

    private void count(int more, String pointer) {
        values = Math.addExact(values, more);
        if (values > InputLimits.YAML_VALUES_MAX) {
            throw stop(
                    pointer,
                    "the document holds more than " + InputLimits.YAML_VALUES_MAX
                            + " values once its aliases are followed",
                    "use fewer aliases");
        }
    }

    private Stop stop(String pointer, String problem, String remedy) {
        problems.add(new Place(file, line, pointer), problem, remedy);
        return new Stop();
    }
}
