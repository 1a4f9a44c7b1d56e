package dev.mipath.testing;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The architecture, as a table. To change the architecture, change this table. */
public final class Floors {
    private static final String BASE = "dev.mipath.";

    /** A room imports only from rooms on lower floors; rooms on one floor do not know each other. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("net"),
            Set.of("lookup", "topology", "profile"),
            Set.of("forwarding"),
            Set.of("azure"),
            Set.of("instance"),
            Set.of("compile"),
            Set.of("trace", "engine", "space"),
            Set.of("requirements", "repair", "swarm"),
            Set.of("explain"),
            Set.of("format"),
            Set.of("importer"),
            Set.of("library"),
            Set.of("evidence", "explorer", "lab"),
            Set.of("cli"));

    /** The drivers cannot decide anything, because they cannot see what decisions are made of. */
    private static final Map<String, Set<String>> CLOSED_DOORS =
            Map.of("trace", Set.of("lookup", "topology", "compile"), "engine", Set.of("lookup", "topology", "compile"));

    /** The core reads no clock, file or network: time, seeds and input are arguments. */
    private static final List<String> OUTSIDE_THE_CORE =
            List.of("java.nio.file.", "java.nio.channels.", "java.net.", "java.io.File", "java.time.Clock");

    private static final String JSON = "tools.jackson.";

    private Floors() {}

    /** What the rooms of one module use against the table, one line each; empty when all is well. */
    public static Set<String> broken(Path classes, boolean core) {
        JavaClasses found = new ClassFileImporter().importPath(classes);
        Set<String> broken = new TreeSet<>();
        for (JavaClass origin : found) {
            String room = room(origin.getPackageName());
            if (floor(room) < 0) {
                broken.add(origin.getName() + ": the floors have no room `" + room + "`");
                continue;
            }
            for (Dependency use : origin.getDirectDependenciesFromSelf()) {
                String target = use.getTargetClass().getBaseComponentType().getName();
                String reason = against(room, target, core);
                if (!reason.isEmpty()) {
                    broken.add(reason + ": " + use.getDescription());
                }
            }
        }
        return broken;
    }

    /** The floor a room is on, or -1 when the table has no such room. */
    public static int floor(String room) {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            if (FLOORS.get(floor).contains(room)) {
                return floor;
            }
        }
        return -1;
    }

    /** The room a package is in: the first part of its name after the base. */
    public static String room(String packageName) {
        if (!packageName.startsWith(BASE)) {
            return packageName;
        }
        String rest = packageName.substring(BASE.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    private static String against(String room, String target, boolean core) {
        if (target.startsWith(BASE)) {
            String used = room(target.substring(0, target.lastIndexOf('.')));
            if (used.equals(room)) {
                return "";
            }
            if (floor(used) >= floor(room)) {
                return "`" + used + "` is above or beside `" + room + "`";
            }
            if (CLOSED_DOORS.getOrDefault(room, Set.of()).contains(used)) {
                return "`" + room + "` may not see `" + used + "`";
            }
            return "";
        }
        if (!core) {
            return "";
        }
        if (target.startsWith(JSON) && !room.equals("explain")) {
            return "only `explain` writes JSON in the core";
        }
        return OUTSIDE_THE_CORE.stream().anyMatch(target::startsWith) ? "the core reads no clock, file or network" : "";
    }
}
