package dev.mipath.cli;

import dev.mipath.format.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The edits that a trace document offers.
 *
 * @param changes each as JSON, which is YAML too
 */
record Fixes(List<String> changes) {
    static Fixes of(Traced traced) {
        List<String> changes = new ArrayList<>();
        for (Node.Obj blocker : Traced.items(traced.document(), "blockers")) {
            Node.Obj fix = (Node.Obj) Traced.given(blocker, "fix");
            @Nullable Node change = fix.get("change");
            if (change instanceof Node.Arr list) list.items().forEach(item -> changes.add(json(item)));
            else if (change != null) changes.add(json(change));
        }
        return new Fixes(List.copyOf(changes));
    }

    String yaml() {
        return "[" + String.join(",\n", changes) + "]\n";
    }

    private static String json(Node value) {
        StringBuilder text = new StringBuilder();
        if (value instanceof Node.Obj object) {
            text.append('{');
            for (Node.Member member : object.members()) {
                text.append(text.length() > 1 ? ", " : "").append(quoted(member.name()));
                text.append(": ").append(json(member.value()));
            }
            return text.append('}').toString();
        }
        if (value instanceof Node.Arr list) {
            return "["
                    + String.join(", ", list.items().stream().map(Fixes::json).toList()) + "]";
        }
        if (value instanceof Node.Str string) return quoted(string.text());
        if (value instanceof Node.Num number) return number.text();
        if (value instanceof Node.Bool truth) return Boolean.toString(truth.value());
        return "null";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
