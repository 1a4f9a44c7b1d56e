package dev.mipath.explain;

import dev.mipath.azure.Internet;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.MissingWay;
import dev.mipath.forwarding.OutboundFact;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.HostName;
import dev.mipath.net.Packet;
import dev.mipath.repair.Remedy;
import dev.mipath.repair.Repair;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One blocker in words.
 *
 * @param problem the blocker
 * @param causedBy the number of the blocker behind it, or null
 * @param resource the resource that decides, or null
 * @param rule the rule or route that decides, or null
 * @param priority the rule's priority, or null
 * @param place where it was declared, or null
 * @param explanation why it stops the packet
 * @param remedy what mends it
 * @param offered whether the remedy was tried and may be offered as edits
 */
record Blocker(
        Problem problem,
        @Nullable Integer causedBy,
        @Nullable ResourceId resource,
        @Nullable String rule,
        @Nullable Integer priority,
        @Nullable Place place,
        String explanation,
        Remedy remedy,
        boolean offered) {

    /** What decided, as far as an element did. */
    record Decider(
            @Nullable ResourceId resource,
            @Nullable String rule,
            @Nullable Integer priority,
            @Nullable Place place,
            String explanation) {}

    static Blocker of(Repair.Mend mend, boolean proven) {
        Decider decider = decider(mend.problem());
        return new Blocker(
                mend.problem(),
                mend.causedBy(),
                decider.resource,
                decider.rule,
                decider.priority,
                decider.place,
                decider.explanation,
                mend.remedy(),
                proven && mend.causedBy() == null);
    }

    /** What decided. */
    static Decider decider(Problem problem) {
        @Nullable Step step = problem.cause() != null ? problem.cause() : problem.step();
        if (step == null) return new Decider(null, null, null, null, finding(problem));
        String packet = (problem.ending() == Ending.NO_HEALTHY_BACKEND ? "No backend passes its health probe: " : "")
                + packet(step.arrived());
        String end = ": " + met(problem) + words(problem.ending()) + "."
                + (problem.finding() == null ? "" : " " + finding(problem));
        if (step.why() instanceof Evidence.RuleMatched matched) {
            SecurityRule rule = matched.rule().rule();
            @Nullable String near = NearMiss.of(matched, FlowVerdict.Access.DENY, step.arrived());
            return new Decider(
                    matched.rule().group(),
                    rule.name(),
                    rule.priority().value().orElse(null),
                    rule.place(),
                    packet + " matches no allow before it." + (near == null ? "" : " " + near + "."));
        }
        if (step.why() instanceof Evidence.RouteChosen chosen) {
            RouteFact.Origin origin = chosen.route().origin();
            String route = RouteWords.named(chosen.route()) + " (" + chosen.prefix() + ")";
            @Nullable MissingWay missing = chosen.missing();
            if (missing != null) {
                String sentence = packet + " takes " + route + " to " + RouteWords.hop(chosen.route()) + ". "
                        + MissingWayWords.sentence(missing);
                return new Decider(missing.link(), null, null, missing.place(), sentence);
            }
            return new Decider(
                    origin.table(),
                    origin.name() != null ? origin.name() : chosen.prefix().toString(),
                    null,
                    origin.place(),
                    packet + " takes " + route + " to " + RouteWords.hop(chosen.route()) + end + keptOut(chosen));
        }
        if (step.why() instanceof Evidence.PeeringMet met) {
            return new Decider(met.link(), null, null, met.place(), packet + " at " + Safe.text(step.at()) + end);
        }
        if (step.why() instanceof Evidence.Balanced met) {
            return new Decider(
                    met.owner(), met.rule(), null, met.place(), packet + " at " + Safe.text(step.at()) + end);
        }
        if (step.why() instanceof Evidence.Translated translated
                && translated.by().resource() != null) {
            return untranslated(translated, packet + " at " + Safe.text(step.at()), end);
        }
        boolean outside = problem.ending() == Ending.ROUTE_NO_PATH && step.at().equals(Internet.NAME);
        if (outside && problem.cause() == null) {
            return new Decider(
                    null, null, null, null, packet + ": a client on the Internet reaches no private address.");
        }
        if (step.why() instanceof Evidence.ClientSends client) {
            String told = ClientWords.explanation(client, problem.ending(), packet);
            return new Decider(client.client(), null, null, client.place(), told);
        }
        @Nullable ResourceId owner = owner(step.why());
        return new Decider(owner, null, null, null, packet + " at " + Safe.text(step.at()) + end);
    }

    /** What a NAT gateway or load balancer does to flows that leave, or fails to do. */
    private static Decider untranslated(Evidence.Translated translated, String packet, String end) {
        OutboundFact by = translated.by();
        String balancer = ": the machine is in a backend pool of Standard load balancer "
                + Safe.text(by.resource() == null ? "" : by.resource().name())
                + ", so it has no default outbound access, and none of its rules gives this flow a way to the Internet.";
        boolean none = translated.to() == null && by.missing() == null;
        return new Decider(by.resource(), by.rule(), null, by.place(), packet + (none ? balancer : end));
    }

    private static @Nullable ResourceId owner(Evidence why) {
        if (why instanceof Evidence.SourceFirewall firewall) return firewall.owner();
        return why instanceof Evidence.At at ? at.owner() : null;
    }

    /** A route of the gateway that would lead there, had the table not kept it out. */
    private static String keptOut(Evidence.RouteChosen chosen) {
        for (Evidence.LosingRoute loser : chosen.losers()) {
            if (loser.route().standing() != RouteFact.Standing.PROPAGATION_DISABLED) continue;
            return " The gateway's route " + loser.prefix()
                    + " takes no part: the subnet's route table has gateway route propagation switched off.";
        }
        return "";
    }

    /** Where a route led that is to blame for what happened there. */
    private static String met(Problem problem) {
        @Nullable Step step = problem.step();
        if (problem.cause() == null || step == null || !(step.why() instanceof Evidence.At)) return "";
        return "at " + Safe.text(step.at()) + " ";
    }

    private static String finding(Problem problem) {
        @Nullable Finding finding = problem.finding();
        @Nullable String own = DriverWords.explanation(finding);
        if (own != null) return own;
        if (finding instanceof Finding.UnknownServer unknown) {
            return "The gateway finds an instance by the server name in the login; `" + Safe.text(unknown.name())
                    + "` is none of its instances' names.";
        }
        if (finding instanceof Finding.NameFault fault) {
            return "`" + Safe.text(fault.name()) + "` cannot work: " + fault(fault.fault()) + ".";
        }
        if (finding instanceof Finding.Certificate certificate) {
            return "The certificate is for " + Safe.text(certificate.name()) + ".";
        }
        if (finding instanceof Finding.TlsVersion tls) return OutboundWords.tls(tls);
        if (finding instanceof Finding.MutualCertificate) return ManagementWords.CERTIFICATE;
        if (finding instanceof Finding.ManagementEndpointGone) return ManagementWords.GONE;
        if (finding instanceof Finding.PublicEndpoint endpoint) {
            return "The public endpoint of " + Safe.text(endpoint.instance())
                    + " is off, as it is unless switched on, so its name does not resolve; who still holds an old"
                    + " address is refused with error 40532.";
        }
        if (finding instanceof Finding.NameUnknown unknown && problem.ending() == Ending.REDIRECT_NAME_UNRESOLVED) {
            return "The gateway sends the client on to `" + Safe.text(unknown.name())
                    + "`, a name and not an address; the client's resolver does not know it, though it knows the"
                    + " gateway's (a hosts entry or a zone of its own does not help here).";
        }
        if (finding instanceof Finding.Astray astray) {
            return "The packet arrives at " + Safe.text(astray.where()) + ", which does not have the address.";
        }
        if (finding instanceof Finding.NameDenied denied && denied.alias() != null) {
            return "`" + Safe.text(denied.name()) + "` is an alias of `" + Safe.text(denied.alias())
                    + "`, which private zone " + Safe.text(denied.by())
                    + " does not have; it answers for all names like that, and only for those it has.";
        }
        if (finding instanceof Finding.NameDenied denied) {
            return "`" + Safe.text(denied.name()) + "` does not exist for " + Safe.text(denied.by())
                    + ", which answers for it and does not ask public DNS.";
        }
        if (finding instanceof Finding.NameUnknown unknown) {
            return "Nobody knows the name `" + Safe.text(unknown.name()) + "`.";
        }
        return words(problem.ending()) + ".";
    }

    static String fault(HostName.Fault fault) {
        String right = "; write `" + Safe.text(fault.rightForm()) + "`";
        return switch (fault.kind()) {
            case NO_ZONE -> "the zone id is missing, so it would be a name of SQL Database" + right;
            case WRONG_ZONE -> "the zone id is not the instance's" + right;
            case PRIVATE_LINK -> "a privatelink name is for DNS only, neither certificate nor gateway know it" + right;
            case TOO_MANY_LABELS -> "it has more parts than an instance's name" + right;
            case PUBLIC_NAME_NEEDS_ITS_PORT -> "the public endpoint listens on port 3342 only" + right;
            case PORT_NEEDS_PUBLIC_NAME -> "port 3342 belongs to the public endpoint" + right;
        };
    }

    static String packet(Packet packet) {
        return packet.protocol() + " " + packet.source() + " → "
                + Words.end(packet.destination(), packet.destinationPort());
    }

    static String words(Ending ending) {
        return switch (ending) {
            case DELIVERED -> "delivered";
            case NSG_DENY_INBOUND -> "an inbound rule denies it";
            case NSG_DENY_OUTBOUND -> "an outbound rule denies it";
            case ROUTE_NONE -> "next hop None drops it silently";
            case ROUTE_NO_PATH -> "the route leads nowhere";
            case ROUTE_LOOP -> "the packet goes in circles";
            case APPLIANCE_NOT_FORWARDING ->
                "IP forwarding is off on the appliance's NIC, so it drops what is not its own";
            case APPLIANCE_UNKNOWN -> "no declared NIC has the appliance's address";
            case PEERING_NOT_CONNECTED -> "one of the two links of the peering is not Connected";
            case PEERING_ACCESS_OFF -> "virtual network access is switched off on the peering";
            case PEERING_FORWARDED_OFF -> "the receiving side of the peering does not allow forwarded traffic";
            case PEERING_NOT_TRANSITIVE -> "peering is not transitive";
            case GATEWAY_TRANSIT_MISMATCH -> "the peering does not lend the other VNet's gateway";
            case GLOBAL_PEERING_BASIC_LB -> "a Basic load balancer cannot be reached over global peering";
            case NO_HEALTHY_BACKEND -> "no backend passes its health probe";
            case NO_LISTENER -> "nobody listens on the port";
            case NO_LOAD_BALANCING_RULE -> "no rule of the load balancer has the port, so nothing answers";
            case LOAD_BALANCER_HAIRPIN ->
                "the load balancer sends the flow back to the machine it comes from, where the answer fits no"
                        + " connection";
            case PRIVATE_ENDPOINT_PORT -> "a private endpoint of an instance carries port 1433 only";
            case NO_OUTBOUND_ACCESS -> "the subnet is private, and nothing else gives its machines a public address";
            case SNAT_EXHAUSTED -> "every source port of the translator is taken for this destination";
            case REDIRECT_NAME_UNRESOLVED -> "the client's resolver knows the gateway's name, but not the node's";
            case NO_CUSTOMER_ACCESS -> "customers cannot reach the machines of the virtual cluster themselves";
            case CLIENT_OUTSIDE_VNET -> "the client runs outside every VNet of the customer";
            case CLIENT_ROUTE_MISSING -> "the client's own routes do not lead there";
            case CLIENT_KIND_CANNOT -> "what the client runs on cannot be used like this";
            case ASYMMETRIC_RETURN -> "the answer meets a stateful appliance that never saw the first packet";
            case DNS_NAME_UNKNOWN -> "the name resolves nowhere";
            case DNS_SERVER_UNREACHABLE -> "the DNS server cannot be reached";
            case PLATFORM_DNS_BLOCKED -> "Azure's name resolution is blocked";
            case GATEWAY_NAME_UNKNOWN -> "the gateway knows no such server";
            case CERTIFICATE_NAME -> "the certificate is for other names";
            case BUILT_IN_FIREWALL -> "the built-in firewall lets in Microsoft's ranges only";
            case CLIENT_CERTIFICATE -> "the caller has no certificate of the management plane";
            case FIREWALL_DENY -> "the firewall on the way does not let it pass";
            case ADMIN_RULE_DENY -> "a security admin rule denies it before any security group";
            case SERVICE_FIREWALL -> "the firewall of the service does not let this source in";
            case TLS_VERSION -> "the instance insists on TLS 1.2";
            case ELEMENT_REMOVED -> "it does not exist any more";
            case DRIVER_CANNOT_REDIRECT -> "the client's library cannot be redirected";
            case LOGIN_NOT_FOR_NODE -> "the login is for the first host's name alone";
            case UNDETERMINED -> "the input does not say enough";
        };
    }
}
