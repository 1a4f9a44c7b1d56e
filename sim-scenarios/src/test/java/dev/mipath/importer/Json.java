package dev.mipath.importer;

import com.google.common.base.CaseFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JSON made of maps, lists, texts, numbers and truth values, for tests that make documents. */
final class Json {
    private Json() {}

    /** An object from names and values by turns; a member without a value is left out. */
    static Map<String, @Nullable Object> of(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }

    static Map<String, @Nullable Object> reference(String id) {
        return of("id", id);
    }

    /** The members of an object that is one. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> members(@Nullable Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }

    /** A name as .NET spells it. */
    static String capitalized(String name) {
        return CaseFormat.LOWER_CAMEL.to(CaseFormat.UPPER_CAMEL, name.substring(0, 1)) + name.substring(1);
    }

    static String print(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            List<String> members = new ArrayList<>();
            object.forEach((name, member) -> members.add('"' + String.valueOf(name) + "\": " + print(member)));
            return "{" + String.join(", ", members) + "}";
        }
        if (value instanceof List<?> list) {
            List<String> items = new ArrayList<>();
            for (Object item : list) items.add(print(item));
            return "[" + String.join(",\n ", items) + "]";
        }
        return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }
}
