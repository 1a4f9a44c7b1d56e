package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.topology.Place;

/**
 * Where a template is deployed.
 *
 * @param subscription the subscription's id, a placeholder where nobody says it
 * @param group the resource group's name, a placeholder where nobody says it
 */
record ArmScope(String subscription, String group) {
    private static final String ANY_SUBSCRIPTION = "‹subscription›";
    private static final String ANY_GROUP = "‹resourceGroup›";

    /** The group and subscription that the user deploys to, which no template says. */
    static final ArmScope ANY = new ArmScope(ANY_SUBSCRIPTION, ANY_GROUP);

    String subscriptionId() {
        return "/subscriptions/" + subscription;
    }

    String groupId() {
        return groupId(group);
    }

    String groupId(String named) {
        return groupId(subscription, named);
    }

    static String groupId(String subscription, String group) {
        return "/subscriptions/" + subscription + "/resourceGroups/" + group;
    }

    /** What {@code resourceGroup()} gives. */
    Node groupObject(Place here) {
        Node name = group.equals(ANY_GROUP) ? new Node.Unknown(here, "resourceGroup") : new Node.Str(here, group);
        String of = group.equals(ANY_GROUP) ? "resourceGroup()" : "resourceGroup('" + group + "')";
        return new Node.Obj(
                here,
                ImmutableList.of(
                        member(here, "id", new Node.Str(here, groupId())),
                        member(here, "name", name),
                        member(here, "type", new Node.Str(here, "Microsoft.Resources/resourceGroups")),
                        unknown(here, of, "location"),
                        unknown(here, of, "tags"),
                        unknown(here, of, "managedBy"),
                        unknown(here, of, "properties")));
    }

    /** What {@code subscription()} gives. */
    Node subscriptionObject(Place here) {
        Node id = subscription.equals(ANY_SUBSCRIPTION)
                ? new Node.Unknown(here, "subscription")
                : new Node.Str(here, subscription);
        return new Node.Obj(
                here,
                ImmutableList.of(
                        member(here, "id", new Node.Str(here, subscriptionId())),
                        member(here, "subscriptionId", id),
                        unknown(here, "subscription()", "displayName"),
                        unknown(here, "subscription()", "tenantId")));
    }

    private static Node.Member unknown(Place here, String of, String name) {
        return member(here, name, new Node.Unknown(here, of + "." + name));
    }

    private static Node.Member member(Place here, String name, Node value) {
        return new Node.Member(name, here, value);
    }
}
