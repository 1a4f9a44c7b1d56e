package dev.mipath.cli;

import dev.mipath.explain.Safe;
import dev.mipath.format.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The command line that plays a run again, as a shell takes it: all that bears on what comes of it. */
final class Replay {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final List<String> KEPT = List.of(
            "--profile", "--service-tags", "--tag", "--setting", "--parameter", "--parameters", "--effective-of");

    private Replay() {}

    /** Of the run of a seed. */
    static String line(Arguments arguments, long seed, long until) {
        return line(arguments, seed(seed) + " --until " + Durations.print(until), KEPT);
    }

    /** Of one world of a swarm. */
    static String ofWorld(Arguments arguments, long seed) {
        List<String> kept = new ArrayList<>(KEPT);
        kept.add("--until");
        return line(arguments, " " + Swarm.OPTION + " 1" + seed(seed), kept);
    }

    private static String line(Arguments arguments, String what, List<String> kept) {
        StringBuilder line = new StringBuilder("mipath simulate");
        for (String source : arguments.list(Sources.LABEL)) line.append(' ').append(word(source));
        line.append(what);
        for (String option : kept) {
            for (String value : arguments.list(option)) {
                line.append(' ').append(option).append(' ').append(word(value));
            }
        }
        return Safe.text(line.toString());
    }

    /** A seed below 0 would be taken for an option if it stood alone. */
    private static String seed(long seed) {
        return (seed < 0 ? " --seed=" : " --seed ") + seed;
    }

    private static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
