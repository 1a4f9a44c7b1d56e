package dev.mipath.importer;

import static dev.mipath.importer.ArmFunctions.lenient;
import static dev.mipath.importer.ArmFunctions.strict;

import com.google.common.collect.ImmutableMap;
import dev.mipath.format.InputException;
import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Template functions on texts (Azure Resource Manager, "String functions for ARM templates"). */
final class TextFunctions {
    private static final int ANY = Integer.MAX_VALUE;
    private static final String DATA = "data:text/plain;charset=utf8";
    private static final Pattern HOLE = Pattern.compile("\\{\\{|\\}\\}|\\{(\\d+)(?::([^}]*))?\\}");

    static final ImmutableMap<String, ArmFunctions.Function> ALL = ImmutableMap.<String, ArmFunctions.Function>builder()
            .put("format", lenient(1, ANY, TextFunctions::format))
            .put("string", lenient(1, 1, TextFunctions::string))
            .put("tolower", strict(1, 1, c -> c.of(c.text(0).toLowerCase(Locale.ROOT))))
            .put("toupper", strict(1, 1, c -> c.of(c.text(0).toUpperCase(Locale.ROOT))))
            .put("trim", strict(1, 1, c -> c.of(c.text(0).strip())))
            .put("startswith", strict(2, 2, c -> c.of(lower(c, 0).startsWith(lower(c, 1)))))
            .put("endswith", strict(2, 2, c -> c.of(lower(c, 0).endsWith(lower(c, 1)))))
            .put("indexof", strict(2, 2, TextFunctions::indexOf))
            .put("lastindexof", strict(2, 2, TextFunctions::lastIndexOf))
            .put("substring", strict(2, 3, TextFunctions::substring))
            .put("replace", strict(3, 3, TextFunctions::replace))
            .put("split", strict(2, 2, TextFunctions::split))
            .put("join", strict(2, 2, TextFunctions::join))
            .put("padleft", strict(2, 3, TextFunctions::padLeft))
            .put("base64", strict(1, 1, c -> c.of(encode(c.text(0)))))
            .put("base64tostring", strict(1, 1, c -> c.of(decoded(c, c.text(0)))))
            .put("base64tojson", strict(1, 1, c -> json(c, decoded(c, c.text(0)))))
            .put("datauri", strict(1, 1, c -> c.of(DATA + ";base64," + encode(c.text(0)))))
            .put("datauritostring", strict(1, 1, TextFunctions::dataUriToString))
            .put("uricomponenttostring", strict(1, 1, TextFunctions::unescaped))
            .put("uri", strict(2, 2, TextFunctions::uri))
            .put("uricomponent", strict(1, 1, c -> c.of(percent(c.text(0)))))
            .put("json", strict(1, 1, c -> json(c, c.text(0))))
            .put("guid", lenient(1, ANY, ArmCall::unknown))
            .put("newguid", lenient(0, 0, ArmCall::unknown))
            .put("utcnow", lenient(0, 1, ArmCall::unknown))
            .put("datetimeadd", lenient(2, 3, ArmCall::unknown))
            .put("datetimefromepoch", lenient(1, 1, ArmCall::unknown))
            .put("datetimetoepoch", lenient(1, 1, ArmCall::unknown))
            .put("uniquestring", lenient(1, ANY, ArmCall::unknown))
            .buildOrThrow();

    private TextFunctions() {}

    private static String lower(ArmCall call, int i) {
        return call.text(i).toLowerCase(Locale.ROOT);
    }

    private static Node format(ArmCall call) {
        if (Opaque.isOpen(call.arg(0))) return call.unknown();
        String pattern = call.text(0);
        if (pattern.equals("{0}") && call.size() == 2 && call.arg(1) instanceof Node.Unknown) return call.arg(1);
        Matcher hole = HOLE.matcher(pattern);
        StringBuilder text = new StringBuilder();
        while (hole.find()) {
            hole.appendReplacement(text, Matcher.quoteReplacement(filled(call, hole)));
            call.checkLength(text.length());
        }
        return call.of(hole.appendTail(text).toString());
    }

    private static String filled(ArmCall call, Matcher hole) {
        if (hole.group(1) == null) return hole.group().substring(1);
        Long number = Wholes.parse(hole.group(1));
        if (number == null || number + 1 >= call.size()) {
            throw new ArmFailure("`format` has no argument for `" + hole.group() + "`", "count the arguments from {0}");
        }
        String text = Opaque.text(call.arg(number.intValue() + 1));
        if (text == null) text = Opaque.canonical(call.arg(number.intValue() + 1));
        String layout = hole.group(2);
        // The only numeric layout that names are built with: a least number of digits.
        if (layout == null || !layout.matches("[dD]\\d{1,2}")) return text;
        int digits = Integer.parseInt(layout.substring(1));
        return Wholes.parse(text) == null ? text : "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    private static Node string(ArmCall call) {
        Node value = call.arg(0);
        String text = Opaque.text(value);
        if (value instanceof Node.Unknown || value instanceof Node.Str) return value;
        if (text != null) return call.of(text);
        return Opaque.isOpenInside(value, call.evaluator()::step)
                ? call.unknown()
                : call.of(JsonText.of(value, call.evaluator()::step));
    }

    private static Node indexOf(ArmCall call) {
        if (!(call.arg(0) instanceof Node.Arr array))
            return call.of(lower(call, 0).indexOf(lower(call, 1)));
        for (int i = 0; i < array.items().size(); i++) {
            Same same = Same.of(array.items().get(i), call.arg(1), call.evaluator()::step);
            if (same == Same.MAYBE) return call.unknown();
            if (same == Same.YES) return call.of(i);
        }
        return call.of(-1);
    }

    private static Node lastIndexOf(ArmCall call) {
        if (!(call.arg(0) instanceof Node.Arr array))
            return call.of(lower(call, 0).lastIndexOf(lower(call, 1)));
        for (int i = array.items().size() - 1; i >= 0; i--) {
            Same same = Same.of(array.items().get(i), call.arg(1), call.evaluator()::step);
            if (same == Same.MAYBE) return call.unknown();
            if (same == Same.YES) return call.of(i);
        }
        return call.of(-1);
    }

    private static Node substring(ArmCall call) {
        String text = call.text(0);
        int start = call.index(1);
        int length = call.size() == 3 ? call.index(2) : text.length() - start;
        if (length < 0 || start > text.length() - length) {
            throw new ArmFailure("`substring` reaches past the end of the text", "take a part that is in it");
        }
        return call.of(text.substring(start, start + length));
    }

    private static Node replace(ArmCall call) {
        if (call.text(1).isEmpty()) throw call.wrong(1, "a text to look for");
        long growth = (long) call.text(0).length() * (1 + call.text(2).length());
        if (growth > 1 << 24) throw new ArmFailure("`replace` builds a text without end", "shorten it");
        return call.of(call.text(0).replace(call.text(1), call.text(2)));
    }

    private static Node split(ArmCall call) {
        List<String> delimiters = new ArrayList<>();
        if (call.arg(1) instanceof Node.Arr several) {
            for (Node item : several.items())
                if (item instanceof Node.Str text) delimiters.add(Pattern.quote(text.text()));
        } else {
            delimiters.add(Pattern.quote(call.text(1)));
        }
        List<Node> parts = new ArrayList<>();
        for (String part : call.text(0).split(String.join("|", delimiters), -1)) parts.add(call.of(part));
        return call.of(parts);
    }

    private static Node join(ArmCall call) {
        List<String> parts = new ArrayList<>();
        long length = 0;
        for (Node item : call.items(0)) {
            String text = Opaque.text(item);
            parts.add(text == null ? Opaque.canonical(item) : text);
            length += parts.get(parts.size() - 1).length() + call.text(1).length();
            call.checkLength(length);
        }
        return call.of(String.join(call.text(1), parts));
    }

    private static Node padLeft(ArmCall call) {
        String text = call.text(0);
        String pad = call.size() == 3 ? call.text(2) : " ";
        return call.of(pad.repeat(Math.max(0, Math.min(call.index(1), 100_000) - text.length())) + text);
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(ArmCall call, String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw call.wrong(0, "base64");
        }
    }

    private static Node dataUriToString(ArmCall call) {
        String uri = call.text(0);
        int comma = uri.indexOf(',');
        if (!uri.startsWith("data:") || comma < 0) throw call.wrong(0, "a data address");
        String content = uri.substring(comma + 1);
        return call.of(uri.substring(0, comma).endsWith(";base64") ? decoded(call, content) : content);
    }

    private static Node unescaped(ArmCall call) {
        try {
            return call.of(URLDecoder.decode(call.text(0).replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw call.wrong(0, "an escaped text");
        }
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The platform joins them as browsers do: below the last slash of the base. */
    private static Node uri(ArmCall call) {
        String base = call.text(0);
        String relative = call.text(1);
        return call.of(base.substring(0, base.lastIndexOf('/') + 1)
                + (relative.startsWith("/") ? relative.substring(1) : relative));
    }

    private static Node json(ArmCall call, String text) {
        try {
            Node read = JsonReader.read(call.here().file(), text.getBytes(StandardCharsets.UTF_8));
            return Opaque.at(read, call.place());
        } catch (InputException e) {
            throw call.wrong(0, "JSON");
        }
    }
}
