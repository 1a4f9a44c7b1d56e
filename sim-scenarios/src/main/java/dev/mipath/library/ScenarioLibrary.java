package dev.mipath.library;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Nearest;
import java.util.Optional;

/** The built-in situations in the order in which a newcomer may read them. */
public final class ScenarioLibrary {
    private static final ImmutableList<Scenario> ALL = ImmutableList.of(
            new Scenario(
                    "hub-spoke-redirect-works",
                    "Two connections, both open",
                    Scenario.Kind.STATIC,
                    "Redirect means two connections: one to the gateway on 1433, one to the node on 11000-11999. Both"
                            + " need an open door."),
            new Scenario(
                    "redirect-range-closed",
                    "The door behind the door",
                    Scenario.Kind.STATIC,
                    "A green test of port 1433 proves the first connection only. With Redirect, look for 11000-11999"
                            + " as well."),
            new Scenario(
                    "firewall-misses-redirect",
                    "The guard who knows one door",
                    Scenario.Kind.STATIC,
                    "A firewall on the way has its own list. What the security groups allow, it must allow too: 1433, and"
                            + " with Redirect the range 11000-11999."),
            new Scenario(
                    "admin-rule-denies",
                    "The house rule above the house",
                    Scenario.Kind.STATIC,
                    "Security admin rules run before every security group. What they deny, no security group can allow; in"
                            + " VNets with managed instances they do not apply by default."),
            new Scenario(
                    "deny-all-above-probe",
                    "The deny at the head of the list",
                    Scenario.Kind.STATIC,
                    "The load balancer asks too. A deny above everything silences its probe, and an instance "
                            + "whose probe is silent is dead to all clients."),
            new Scenario(
                    "nva-asymmetric-return",
                    "There by the front door, back by the guard",
                    Scenario.Kind.STATIC,
                    "A way has two halves. A stateful firewall that sees only the second half throws it away."),
            new Scenario(
                    "peering-one-sided",
                    "Half a bridge",
                    Scenario.Kind.STATIC,
                    "A peering is two links. When one is deleted the other stays, its routes stay, and no "
                            + "packet passes."),
            new Scenario(
                    "global-peering-2020",
                    "A bridge the load balancer does not cross",
                    Scenario.Kind.STATIC,
                    "In 2020 a managed instance stood behind a Basic load balancer, and a Basic load balancer "
                            + "cannot be reached from another region's VNet."),
            new Scenario(
                    "two-instances-one-reachable",
                    "Two names, one address",
                    Scenario.Kind.STATIC,
                    "One load balancer, one gateway, one address serve all instances of a virtual cluster. "
                            + "The name in the login decides which one answers, and how."),
            new Scenario(
                    "connect-by-ip",
                    "The address is not the name",
                    Scenario.Kind.STATIC,
                    "The gateway finds the instance by the host name in the login. Whoever connects by "
                            + "address knocks at a house of many tenants without saying for whom."),
            new Scenario(
                    "private-endpoint-past-firewall",
                    "The side door past the firewall",
                    Scenario.Kind.STATIC,
                    "A private endpoint's /32 beats every shorter route, 0.0.0.0/0 first of all. What leads "
                            + "to it does not see the firewall unless the subnet's network policies let a longer route "
                            + "apply."),
            new Scenario(
                    "dns-server-without-forwarder",
                    "A resolver that knows only itself",
                    Scenario.Kind.STATIC,
                    "The instance's name is public, although its address is private. A DNS server of one's "
                            + "own has to ask somebody for public names."),
            new Scenario(
                    "on-premises-propagation-off",
                    "The way home was never learnt",
                    Scenario.Kind.STATIC,
                    "A route table that keeps gateway routes out keeps the way back to on-premises out as well. The"
                            + " request arrives; the answer falls into Azure's own hole for private addresses."),
            new Scenario(
                    "spoke-to-spoke",
                    "My friend's friend is a stranger",
                    Scenario.Kind.STATIC,
                    "Peering is not transitive. Two spokes that share a hub are strangers until something in the hub"
                            + " hands their packets on."),
            new Scenario(
                    "gateway-not-lent",
                    "Lent, but never taken",
                    Scenario.Kind.STATIC,
                    "A gateway is shared by two switches: the hub allows transit, the spoke uses it. With one of them"
                            + " the spoke has no route."),
            new Scenario(
                    "wrong-zone",
                    "The neighbour's zone",
                    Scenario.Kind.STATIC,
                    "All instances of a virtual cluster share the zone id in their names, and no other cluster's"
                            + " instances do. The name of yesterday's instance with today's zone is nobody's."),
            new Scenario(
                    "hairpin",
                    "Calling oneself through the switchboard",
                    Scenario.Kind.STATIC,
                    "A machine behind an internal load balancer that calls the load balancer may be connected to"
                            + " itself, and that call never comes about. It is intermittent: it depends on the hash."),
            new Scenario(
                    "service-endpoint-source",
                    "The return address changed overnight",
                    Scenario.Kind.STATIC,
                    "A service endpoint makes the service see the private address of the VNet instead of the "
                            + "public one. A firewall that lists the public address stops matching the same minute."),
            new Scenario(
                    "app-service-outside",
                    "The app that lives next door to nowhere",
                    Scenario.Kind.STATIC,
                    "The network can be open from end to end and still see nothing: an App Service without VNet "
                            + "integration is in no VNet, and a private address is nobody's where it runs."),
            new Scenario(
                    "laptop-old-routes",
                    "The map from before the bridge was built",
                    Scenario.Kind.STATIC,
                    "A point-to-site client carries a list of routes from the day its package was made. What was peered"
                            + " since is not on it."),
            new Scenario(
                    "failover-other-region",
                    "The listener moved, the doors did not",
                    Scenario.Kind.STATIC,
                    "A failover is a change of DNS. The listener's name leads to the other instance at once; the rules"
                            + " and routes on the way there have to be ready before."),
            new Scenario(
                    "management-broken-by-udr",
                    "The answer that took the guarded door",
                    Scenario.Kind.STATIC,
                    "Management traffic flows through your network. A route that sends all answers to a firewall cuts"
                            + " the instance off from those who keep it alive."),
            new Scenario(
                    "builtin-firewall-refuses-scanner",
                    "The open rule and the closed door",
                    Scenario.Kind.STATIC,
                    "A security group is not the only lock. On the management ports a firewall on the nodes lets in"
                            + " Microsoft alone, and certificates come after it."),
            new Scenario(
                    "forced-tunnelling-2020",
                    "A list of 2020, a network of today",
                    Scenario.Kind.STATIC,
                    "Routes by prefix grow old. What Microsoft has added since the list was written goes where"
                            + " everything else goes."),
            new Scenario(
                    "same-region-storage-firewall",
                    "The address nobody sees",
                    Scenario.Kind.STATIC,
                    "A storage firewall that allows the instance's public address keeps it out when both are in one"
                            + " region: inside a region Azure does not translate."),
            new Scenario(
                    "healthy-manual-2020",
                    "Everything by hand",
                    Scenario.Kind.STATIC,
                    "In the deprecated mode every rule and route that the service needs is the customer's to write. "
                            + "This is the shortest network that has them all."),
            new Scenario(
                    "healthy-service-aided",
                    "The service brings its own keys",
                    Scenario.Kind.STATIC,
                    "With service-aided configuration the customer writes the rules for data; those for management "
                            + "are provisioned and kept by the service."),
            new Scenario(
                    "management-rules-missing",
                    "Nobody told the porter",
                    Scenario.Kind.STATIC,
                    "In the deprecated mode a rule that is not written is a rule that is not there. The instance "
                            + "serves its clients and is slowly lost to its keepers."),
            new Scenario(
                    "not-delegated-subnet",
                    "A house on no deed",
                    Scenario.Kind.STATIC,
                    "A subnet that is not delegated to Microsoft.Sql/managedInstances takes no instance; a packet "
                            + "can not tell, the doctor can."),
            new Scenario(
                    "subnet-too-small",
                    "Sixteen chairs are not enough",
                    Scenario.Kind.STATIC,
                    "How many addresses an instance takes is written in a formula, and the formula has changed "
                            + "twice. A subnet that is too small can not be told by connecting to it."),
            new Scenario(
                    "shared-subnet",
                    "A lodger in the engine room",
                    Scenario.Kind.STATIC,
                    "The subnet of an instance is dedicated: no other resource may live in it, not even a small one."),
            new Scenario(
                    "nat-gateway-on-instance",
                    "One door too many",
                    Scenario.Kind.STATIC,
                    "A NAT gateway on the subnet of an instance is not supported: it would give the instance's own "
                            + "traffic another face."),
            new Scenario(
                    "platform-dns-blocked",
                    "Who took the telephone book?",
                    Scenario.Kind.STATIC,
                    "A rule with the tag AzurePlatformDNS is the one kind of rule that stops name resolution by the "
                            + "platform. In the subnet of an instance it makes the instance unavailable."),
            new Scenario(
                    "service-endpoint-manual",
                    "The short cut that was forbidden",
                    Scenario.Kind.STATIC,
                    "Without service-aided configuration no service endpoint may be on the subnet; with it they are "
                            + "allowed, and useful for storage firewalls."),
            new Scenario(
                    "split-port-rules",
                    "Five rules for one",
                    Scenario.Kind.STATIC,
                    "In the deprecated mode each mandatory set of ports has to be opened by one rule. Five rules "
                            + "that open the same ports let every packet pass, and the deployment fails."),
            new Scenario(
                    "tls-too-old",
                    "The old friend with the old lock",
                    Scenario.Kind.STATIC,
                    "Since January 2020 an instance speaks nothing older than TLS 1.2 on its way out. The network is "
                            + "open, and the connection fails all the same."),
            new Scenario(
                    "replication-445-closed",
                    "The share behind the closed window",
                    Scenario.Kind.STATIC,
                    "Transactional replication keeps its snapshots on an Azure file share, which is reached by SMB: "
                            + "outbound port 445 has to be open."),
            new Scenario(
                    "dependencies-reached",
                    "What the house cannot do without",
                    Scenario.Kind.STATIC,
                    "An instance lives on connections of its own: storage for backups, telemetry, the directory, the "
                            + "key vault, the lists of revoked certificates. They leave through your network."),
            new Scenario(
                    "linked-server-over-vpn",
                    "A call home",
                    Scenario.Kind.STATIC,
                    "An instance reaches a server on-premises as any machine of the network does: by the gateway's "
                            + "routes, and with the instance as the one who calls."),
            new Scenario(
                    "login-hangs-21s",
                    "Twenty-one seconds of silence",
                    Scenario.Kind.TIME,
                    "A packet that a rule drops is never refused, only missed. How long a client waits is its "
                            + "own system's and its driver's choice: 21 seconds on Windows, 15 with SqlClient's "
                            + "default, 127 on Linux."),
            new Scenario(
                    "idle-session-dies",
                    "The session that nobody buried",
                    Scenario.Kind.TIME,
                    "The load balancer forgets a connection after four silent minutes and tells neither side. "
                            + "The client learns it from its next query. Keep-alive, or Redirect, keeps a session "
                            + "alive."),
            new Scenario(
                    "rule-change-old-flow-lives",
                    "The rule that came too late",
                    Scenario.Kind.TIME,
                    "A rule is asked when a flow begins. Closing a door does not throw anybody out: sessions "
                            + "that are open live on, and a test with one of them proves nothing."),
            new Scenario(
                    "failover-cached-dns",
                    "The friend who moved, and the old address book",
                    Scenario.Kind.TIME,
                    "A failover moves a name. Clients go where they believe the name leads, until the answer "
                            + "they keep is too old; a process that keeps answers for ever goes there for ever."),
            new Scenario(
                    "snat-monday",
                    "Monday, nine o'clock, out of doors",
                    Scenario.Kind.TIME,
                    "Behind a translated address every connection to one destination needs a source port of "
                            + "its own. When they are used up, new connections fail while the old ones work, and the "
                            + "instance is well."),
            new Scenario(
                    "gateway-restart-cuts-proxy",
                    "The operator puts down the receiver",
                    Scenario.Kind.TIME,
                    "With Proxy the gateway holds the line for as long as the session lives; with Redirect "
                            + "only for the login. When gateways restart, the one kind is cut and the other does not "
                            + "notice."),
            new Scenario(
                    "probe-down-drain",
                    "Ten seconds until anybody notices",
                    Scenario.Kind.TIME,
                    "A load balancer knows only what its probes tell. A machine that crashes keeps its share "
                            + "of the new connections until enough probes have failed; one that is drained first loses "
                            + "nobody."),
            new Scenario(
                    "crl-revoked",
                    "The passport that was called in",
                    Scenario.Kind.TIME,
                    "Certificates are checked all the time, not only at the door. When one is revoked, "
                            + "sessions that are open are closed, and nobody gets in until it is renewed."),
            new Scenario(
                    "cluster-grows",
                    "More hands at the door",
                    Scenario.Kind.TIME,
                    "When logins come faster than the gateways can serve them, everybody waits longer and "
                            + "longer, and nothing is refused until drivers lose patience. More capacity helps from "
                            + "that moment on."),
            new Scenario(
                    "management-harmed",
                    "The house that was cut off",
                    Scenario.Kind.TIME,
                    "An instance lives on traffic that is not yours. Shut it off and nothing happens for a "
                            + "while; then the instance is unavailable to everybody, and comes back when the traffic "
                            + "does."),
            new Scenario(
                    "create-instance",
                    "From nothing to a house",
                    Scenario.Kind.TIME,
                    "The first instance of a subnet brings its virtual cluster with it, and that takes hours; a "
                            + "database afterwards takes a minute. Until the end the name leads nowhere."),
            new Scenario(
                    "create-refused",
                    "Not on this ground",
                    Scenario.Kind.TIME,
                    "Before anything is built, Azure checks the subnet. It refuses with a code; the code names the "
                            + "kind of fault, and `mipath doctor` names the line."),
            new Scenario(
                    "create-fails-on-rule",
                    "The builders who could not fetch their bricks",
                    Scenario.Kind.TIME,
                    "What Azure checks before a creation is the least an instance needs. A rule that takes the rest "
                            + "away stops the new instance hours later, while it is being built."),
            new Scenario(
                    "create-fails-on-route",
                    "An old map for the builders",
                    Scenario.Kind.TIME,
                    "Routes by prefix send what the list knows straight out, and the rest wherever everything else "
                            + "goes. A new instance meets the rest while it is being built."),
            new Scenario(
                    "last-instance-deleted",
                    "The last one turns off the light",
                    Scenario.Kind.TIME,
                    "The network intent policy comes with the first instance and goes after the last one, when the "
                            + "virtual cluster is gone; until then it still refuses."),
            new Scenario(
                    "database-needs-management",
                    "A new room needs the landlord",
                    Scenario.Kind.TIME,
                    "Some things that you do to an instance are done by the platform: a new database is one. If the "
                            + "management plane cannot get in, it fails, and every query still works."),
            new Scenario(
                    "policy-refuses",
                    "The landlord reads the plans",
                    Scenario.Kind.TIME,
                    "With the first instance Azure puts a network intent policy on the subnet. It refuses edits that "
                            + "would break what the instance needs, and puts back what the service keeps by itself."),
            new Scenario(
                    "cluster-expands",
                    "The house grows with its tenants",
                    Scenario.Kind.TIME,
                    "A virtual cluster grows and shrinks with its instances: a second instance, a bigger tier, one "
                            + "less. Each needs room in the subnet, and a bigger tier moves the instance, which cuts its "
                            + "sessions once."),
            new Scenario(
                    "million-clients",
                    "A million at the door",
                    Scenario.Kind.TIME,
                    "A million connections are a million times one connection: every packet is decided as "
                            + "`trace` decides it. What grows is the time that somebody waits somewhere, and where that "
                            + "is can be read."));

    private ScenarioLibrary() {}

    /** All scenarios. */
    public static ImmutableList<Scenario> all() {
        return ALL;
    }

    /** The scenarios of a kind. */
    public static ImmutableList<Scenario> all(Scenario.Kind kind) {
        return ALL.stream().filter(scenario -> scenario.kind() == kind).collect(ImmutableList.toImmutableList());
    }

    /** The scenario of this name, which may carry the prefix {@code scenario:}. */
    public static Optional<Scenario> named(String name) {
        String bare = name.startsWith(Scenario.PREFIX) ? name.substring(Scenario.PREFIX.length()) : name;
        for (Scenario scenario : ALL) if (scenario.name().equals(bare)) return Optional.of(scenario);
        return Optional.empty();
    }

    /** The name that was most likely meant by one that is not there. */
    public static Optional<String> nearest(String name) {
        return Nearest.to(name, ALL.stream().map(Scenario::name).toList());
    }
}
