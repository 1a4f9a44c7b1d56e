package dev.mipath.importer;

import com.google.common.base.Ascii;
import dev.mipath.format.Node;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagementLock;
import dev.mipath.topology.ManagementLock.Level;
import dev.mipath.topology.ResourceId;
import java.util.List;

/** Locks, whose ids begin with the id of what they are on. */
final class LockReader {
    static final String TYPE = "Microsoft.Authorization/locks";

    private static final String SEGMENT = "/providers/microsoft.authorization/locks/";

    private LockReader() {}

    /** Whether a type of a template is that of a lock: in its own words, or as a part of what it is on. */
    static boolean isType(String type) {
        String lower = Ascii.toLowerCase(type);
        return lower.equals(Ascii.toLowerCase(TYPE)) || lower.endsWith("/providers/locks");
    }

    /** The id of a lock on what has this id. */
    static String id(String scope, String name) {
        return scope + "/providers/" + TYPE + "/" + name;
    }

    static ManagementLock lock(ResourceId id, Fields fields) {
        Given<String> word = fields.required(
                "level",
                "`CanNotDelete` or `ReadOnly`",
                Fields.oneOf("level", List.of("CanNotDelete", "ReadOnly", "NotSpecified")));
        Given<Level> level = word.is("NotSpecified")
                ? Given.unknown("level of lock `" + id.name() + "`", fields.place())
                : word.map(text -> text.equals(Level.READ_ONLY.azureName()) ? Level.READ_ONLY : Level.CAN_NOT_DELETE);
        return new ManagementLock(id, fields.place(), level, scope(id, fields));
    }

    private static Given<ResourceId> scope(ResourceId id, Fields fields) {
        int at = Ascii.toLowerCase(id.text()).lastIndexOf(SEGMENT);
        boolean told = at > 0 && !(fields.node("scope") instanceof Node.Unknown);
        return told
                ? Given.of(new ResourceId(id.text().substring(0, at)))
                : Given.unknown("what lock `" + id.name() + "` is on", fields.place());
    }
}
