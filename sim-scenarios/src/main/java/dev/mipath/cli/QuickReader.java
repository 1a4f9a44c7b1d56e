package dev.mipath.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a plain command line without loading picocli; whatever is unusual it leaves to {@link PicocliReader}. */
final class QuickReader {
    private QuickReader() {}

    /** The arguments from one index on, or null when they are not plainly right: then picocli has the word. */
    static @Nullable Arguments read(Syntax syntax, String[] args, int from) {
        Map<String, List<String>> given = new HashMap<>();
        List<String> loose = new ArrayList<>();
        for (int i = from; i < args.length; i++) {
            String arg = args[i];
            if (!optionLike(arg)) {
                loose.add(arg);
                continue;
            }
            int equals = arg.indexOf('=');
            Option option = syntax.option(equals < 0 ? arg : arg.substring(0, equals));
            if (option == null || (given.containsKey(option.name()) && !option.repeatable())) {
                return null;
            }
            boolean flag = option.kind() == Option.Kind.FLAG;
            String value = "";
            if (equals >= 0) {
                value = arg.substring(equals + 1);
            } else if (!flag && i + 1 < args.length && !optionLike(args[i + 1])) {
                value = args[++i];
            }
            if (flag ? equals >= 0 : value.isEmpty() || option.refuse(value) != null) {
                return null;
            }
            List<String> values = given.get(option.name());
            if (values == null) {
                values = new ArrayList<>();
                given.put(option.name(), values);
            }
            values.add(value);
        }
        return complete(syntax, given) && placed(syntax, loose, given) ? new Arguments(syntax, given) : null;
    }

    private static boolean optionLike(String arg) {
        return arg.length() > 1 && arg.charAt(0) == '-';
    }

    private static boolean complete(Syntax syntax, Map<String, List<String>> given) {
        for (Option option : syntax.options()) {
            if (option.required() && !given.containsKey(option.name())) {
                return false;
            }
        }
        return true;
    }

    private static boolean placed(Syntax syntax, List<String> loose, Map<String, List<String>> given) {
        int next = 0;
        for (Positional positional : syntax.positionals()) {
            int until = positional.many() ? loose.size() : Math.min(next + 1, loose.size());
            if (until > next) {
                given.put(positional.label(), List.copyOf(loose.subList(next, until)));
            } else if (positional.mandatory()) {
                return false;
            }
            next = until;
        }
        return next == loose.size();
    }
}
