package dev.mipath.topology;

import com.google.common.base.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a resource, a resource group or a subscription, which holds for everything below it.
 *
 * <p>Models: "Lock resources to prevent changes", Azure Resource Manager.
 *
 * @param id the identity
 * @param place where it begins
 * @param level what it forbids
 * @param scope the identity of what it is on
 */
public record ManagementLock(ResourceId id, Place place, Given<Level> level, Given<ResourceId> scope)
        implements NetworkService {
    /** What a lock forbids, whoever asks: the services of Azure that change what is the customer's among them. */
    public enum Level {
        /** Deleting. */
        CAN_NOT_DELETE("CanNotDelete"),
        /** Deleting, changing and adding. */
        READ_ONLY("ReadOnly");

        private final String azureName;

        Level(String azureName) {
            this.azureName = azureName;
        }

        /** Azure's word. */
        public String azureName() {
            return azureName;
        }
    }

    /**
     * Whether it certainly holds for a resource: it is on the resource itself or on something above it. A plan does not say
     * the subscription of what it will make; the one that it is for is meant.
     */
    public boolean covers(ResourceId resource) {
        @Nullable ResourceId on = scope.value().orElse(null);
        if (on == null) return false;
        if (on.isAbove(resource)) return true;
        boolean open = isOpen(on) || isOpen(resource);
        return open && inSubscription(on).isAbove(inSubscription(resource));
    }

    private static boolean isOpen(ResourceId id) {
        return Ascii.toLowerCase(id.text()).startsWith("/subscriptions/‹");
    }

    /** An id from the end of its subscription on. */
    private static ResourceId inSubscription(ResourceId id) {
        int end = id.text().indexOf('/', "/subscriptions/".length());
        boolean whole = Ascii.toLowerCase(id.text()).startsWith("/subscriptions/");
        return whole ? new ResourceId(end < 0 ? "" : id.text().substring(end)) : id;
    }
}
