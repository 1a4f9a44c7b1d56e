package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The ends of a trace")
class WhereStories {
    private static final String PUBLIC = "mi-prod.public.0a1b2c3d4e5f.database.windows.net";

    private static Traced ask(World world, String from, String to, String... more) {
        List<String> words = new ArrayList<>(List.of("--from", from, "--to", to));
        words.addAll(List.of(more));
        return Traced.about(world, words.toArray(String[]::new));
    }

    private static String query(Traced traced, String member) {
        return Traced.text((Node.Obj) Traced.given(traced.document(), "query"), member);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("are found by name, by VNet and name, and by address")
    @CsvSource({
        "app-vm, 10.1.0.4",
        "APP-VM, 10.1.0.4",
        "app-nic, 10.1.0.4",
        "10.1.0.77, 10.1.0.77",
        "snet-app, 10.1.0.254",
        "vnet-spoke/snet-app, 10.1.0.254",
        "head-office, 192.168.255.254",
        "192.168.7.7, 192.168.7.7",
        "mi-prod, 10.0.1.7"
    })
    void found(String name, String address) {
        assertThat(query(ask(World.usual().withSite(), name, World.NAME, "--format", "json"), "fromAddress"))
                .isEqualTo(address);
        Traced to = ask(World.usual().withSite(), "app-vm", name, "--format", "json");
        boolean instance = name.equals("mi-prod");
        assertThat(query(to, "toAddress")).isEqualTo(instance ? "null" : address);
        assertThat(query(to, "to")).isEqualTo(instance ? World.NAME : name);
    }

    @Test
    @DisplayName("are found by the whole id")
    void id() {
        String id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/app-nic";
        World world = World.usual()
                .with("{name: app-nic, subnet: snet-app", "{id: " + id + ", subnet: snet-app")
                .with("networkInterfaces: app-nic", "networkInterfaces: " + id);
        assertThat(query(
                        ask(world, id.toUpperCase(java.util.Locale.ROOT), World.NAME, "--format", "json"),
                        "fromAddress"))
                .isEqualTo("10.1.0.4");
        Traced other = ask(world, id.replace("app-nic", "app-nik"), World.NAME);
        assertThat(other.code()).isEqualTo(ExitCode.USAGE);
        assertThat(other.err())
                .contains(
                        "there is no instance, VM, NIC, client, site, load balancer or subnet",
                        "did you mean `" + id + "`");
        assertThat(ask(world, "app-vm", id.replace("app-nic", "app-nik")).code())
                .isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are asked for again with near names when nothing has the name")
    @CsvSource({"mi-prd, mi-prod", "snet-ap, snet-app", "vnet-hub/snet-my, vnet-hub/snet-mi", "head-ofice, head-office"
    })
    void near(String name, String meant) {
        for (Traced traced : List.of(
                ask(World.usual().withSite(), name, World.NAME),
                ask(World.usual().withSite(), "app-vm", name))) {
            assertThat(traced.code()).isEqualTo(ExitCode.USAGE);
            assertThat(traced.out()).isEmpty();
            assertThat(traced.err()).contains("did you mean `" + meant + "`?");
        }
    }

    @Test
    @DisplayName("are asked for again with the candidates when several resources have the name")
    void ambiguous() {
        World world = World.usual().withSite().with("name: snet-nva", "name: head-office");
        for (Traced traced : List.of(ask(world, "head-office", World.NAME), ask(world, "app-vm", "head-office"))) {
            assertThat(traced.code()).isEqualTo(ExitCode.USAGE);
            assertThat(traced.err())
                    .contains("subnet vnet-hub/head-office (10.0.2.254)", "site head-office (192.168.255.254)");
        }
        assertThat(ask(world, "vnet-hub/head-office", World.NAME).code()).isEqualTo(ExitCode.YES);
    }

    @Test
    @DisplayName("are one end where a machine and its NIC share a name")
    void machineAndNic() {
        World world = World.usual()
                .with("name: app-nic,", "name: app-vm,")
                .with("networkInterfaces: app-nic", "networkInterfaces: app-vm");
        assertThat(ask(world, "app-vm", World.NAME).code()).isEqualTo(ExitCode.YES);
    }

    @Test
    @DisplayName("are asked for again when two VNets hold the address")
    void twoVnets() {
        World world = World.usual().with("addressPrefixes: 10.1.0.0/16\n    subnets:\n      - {name: snet-app", """
            addressPrefixes: 10.0.0.0/8
                subnets:
                  - {name: snet-far, addressPrefix: 10.0.2.0/24}
                  - {name: snet-app\
            """);
        Traced traced = ask(world, "10.0.2.77", World.NAME);
        assertThat(traced.code()).isEqualTo(ExitCode.USAGE);
        assertThat(traced.err()).contains("vnet-hub/snet-nva and vnet-spoke/snet-far");
    }

    @Test
    @DisplayName("show no trick of a name from the input or the command line")
    void hostile() {
        World world = World.usual().withSite().with("name: snet-nva", "name: \"a\\u001b[2J\\u202eb\"");
        Traced traced = ask(world, "a\u001b[2J\u202ec", World.NAME);
        assertThat(traced.code()).isEqualTo(ExitCode.USAGE);
        assertThat(traced.err()).contains("\\u001b[2J\\u202e").doesNotContain("\u001b", "\u202e");
    }

    @Test
    @DisplayName("may be a service tag, of which one address is followed")
    void tag() {
        Traced internet = ask(World.usual(), "app-vm", "Internet", "--format", "json");
        assertThat(internet.code()).isEqualTo(ExitCode.YES);
        assertThat(query(internet, "port")).isEqualTo("443");
        assertThat(internet.out()).contains("TAG_SAMPLED");
        World open = World.usual()
                .clientRules(
                        "name: azure, priority: 200, direction: Outbound, access: Allow, destination: AzureBackup");
        Traced unknown = ask(open, "app-vm", "azurebackup");
        assertThat(unknown.code()).isEqualTo(ExitCode.UNDETERMINED);
        assertThat(unknown.out())
                .startsWith("UNDETERMINED   app-vm → azurebackup")
                .contains("service tag azurebackup", "az network list-service-tags", "--service-tags");
        Traced support = ask(World.usual(), "CorpnetSaw", World.NAME + ":1433");
        assertThat(support.code()).isEqualTo(ExitCode.UNDETERMINED);
        assertThat(support.out())
                .contains("Microsoft publishes none of it", "--tag CorpnetSaw=PREFIX")
                .doesNotContain("list-service-tags");
        Traced document = ask(open, "azurebackup", World.NAME, "--format", "json");
        assertThat(document.code()).isEqualTo(ExitCode.UNDETERMINED);
        assertThat(query(document, "to")).isEqualTo(World.NAME);
        assertThat(Traced.given(document.document(), "missing").toString()).contains("service tag azurebackup");
        assertThat(ask(World.usual(), "app-vm", "VirtualNetwork").err()).contains("another in every subnet");
    }

    @Test
    @DisplayName("leave the answer open where nobody says how the client reaches the network")
    void outside() {
        Traced traced = ask(World.usual(), "172.31.9.9", World.NAME, "--format", "json");
        assertThat(traced.code()).isEqualTo(ExitCode.UNDETERMINED);
        String missing = "the VNet or site that holds 172.31.9.9";
        assertThat(Traced.given(traced.document(), "missing").toString()).contains(missing);
        assertThat(ask(World.usual(), "172.31.9.9", World.NAME).out()).contains("UNDETERMINED", missing);
    }

    @ParameterizedTest(name = "from {0}")
    @DisplayName("may be on the Internet, from where no private address is reached")
    @ValueSource(strings = {"Internet", "8.8.8.8"})
    void onTheInternet(String from) {
        Traced traced = ask(World.usual(), from, World.NAME, "--format", "json");
        assertThat(traced.code()).isEqualTo(ExitCode.NO);
        assertThat(traced.blockers()).containsExactly("ROUTE_NO_PATH");
        assertThat(ask(World.usual(), from, World.NAME).out()).contains("reaches no private address");
    }

    @Test
    @DisplayName("may be a host name: unknown under Azure SQL's suffix is an answer, elsewhere a question")
    void hostNames() {
        Traced gone = ask(World.usual(), "app-vm", "mi-gone.0a1b2c3d4e5f.database.windows.net", "--format", "json");
        assertThat(gone.blockers()).containsExactly("DNS_NAME_UNKNOWN");
        Traced foreign = ask(World.usual(), "app-vm", "sql.contoso.com", "--format", "json");
        assertThat(foreign.code()).isEqualTo(ExitCode.UNDETERMINED);
        assertThat(foreign.out())
                .contains("what the client's resolver answers for sql.contoso.com (--resolve NAME=IP)");
        Traced none = ask(
                World.usual(), "app-vm", "sql.contoso.com", "--resolve", "SQL.contoso.com=none", "--format", "json");
        assertThat(none.blockers()).containsExactly("DNS_NAME_UNKNOWN");
    }

    @Test
    @DisplayName("may be a public endpoint: off is an answer (4.2)")
    void publicEndpoint() {
        Traced off = ask(World.usual(), "app-vm", PUBLIC, "--format", "json");
        assertThat(off.blockers()).containsExactly("DNS_NAME_UNKNOWN");
        assertThat(query(off, "port")).isEqualTo("3342");
        assertThat(off.out()).contains("public endpoint of mi-prod is off", "40532", World.NAME + ",1433");
        Traced unknown = ask(
                World.usual()
                        .with(
                                "proxyOverride: Proxy",
                                "proxyOverride: Proxy, publicDataEndpointEnabled: {unknown: endpoint}"),
                "app-vm",
                PUBLIC);
        assertThat(unknown.code()).isEqualTo(ExitCode.UNDETERMINED);
        assertThat(unknown.out()).contains("whether the public endpoint of mi-prod is enabled");
        assertThat(ask(World.usual(), "app-vm", PUBLIC.replace("mi-prod", "mi-gone"))
                        .out())
                .contains("Nobody knows the name");
    }

    @Test
    @DisplayName("at a site ask the site's own resolver and never Azure's")
    void siteResolver() {
        Traced traced = ask(World.usual().withSite(), "head-office", World.NAME, "--format", "json");
        Node.Obj dns = Traced.items(traced.document(), "phases").get(0);
        assertThat(Traced.text(dns, "name")).isEqualTo("dns");
        assertThat(Traced.items(dns, "forward")).isEmpty();
        assertThat(traced.out()).contains("SITE_RESOLVER_ASSUMED").doesNotContain("168.63.129.16");
        // What the VNet's rules say about Azure's resolver is no matter of the site's.
        World blocked = World.usual()
                .withSite()
                .clientRules(
                        "name: dns, priority: 100, direction: Outbound, access: Deny, destination: AzurePlatformDNS");
        assertThat(ask(blocked, "head-office", World.NAME, "--format", "json").blockers())
                .isEmpty();
    }

    @ParameterizedTest(name = "--resolve {0}=none")
    @DisplayName("of a redirected client lie behind a second name, which a hosts file does not know (4.11)")
    @ValueSource(strings = {"*", "node0.worker.0a1b2c3d4e5f.database.windows.net"})
    void nodeName(String unknown) {
        World world = World.usual().redirect().with("destinationPorts: 1433}", "destinationPorts: '*'}");
        Traced traced = ask(
                world,
                "app-vm",
                World.NAME,
                "--resolve",
                World.NAME + "=10.0.1.4",
                "--resolve",
                unknown + "=none",
                "--format",
                "json");
        assertThat(traced.blockers()).containsExactly("REDIRECT_NAME_UNRESOLVED");
        assertThat(Traced.text((Node.Obj) Traced.given(traced.document(), "client"), "symptom"))
                .isEqualTo("name-error");
        List<Node.Obj> phases = Traced.items(traced.document(), "phases");
        assertThat(Traced.text(phases.get(phases.size() - 1), "name")).isEqualTo("redirect-dns");
        Traced proxied = ask(
                world.with("proxyOverride: Redirect", "proxyOverride: Proxy"),
                "app-vm",
                World.NAME,
                "--resolve",
                World.NAME + "=10.0.1.4",
                "--resolve",
                "*=none");
        assertThat(proxied.code()).isEqualTo(ExitCode.YES);
    }

    @Test
    @DisplayName("open what stands behind a deny that is moved")
    void movedDeny() {
        Traced traced = Traced.scenario("deny-all-above-probe", "--format", "json");
        Node.Obj fix = (Node.Obj)
                Traced.given(Traced.items(traced.document(), "blockers").get(0), "fix");
        assertThat(((Node.Arr) Traced.given(fix, "opens")).items()).hasSize(1);
        assertThat(traced.out()).contains("Tcp VirtualNetwork → * : 1433".replace("Tcp", "TCP"));
    }

    @Test
    @DisplayName("that resolve to no address or to nothing are usage errors")
    void resolve() {
        Path file = Traced.scratch(World.usual().yaml());
        try {
            for (String wrong : new String[] {"mi", "=10.0.0.1", "mi=10.0.0", "mi="}) {
                Traced traced = Traced.ask(List.of(file.toString(), "--from", "app-vm", "--resolve=" + wrong));
                assertThat(traced.code()).as(wrong).isEqualTo(ExitCode.USAGE);
            }
        } finally {
            Traced.delete(file);
        }
    }
}
