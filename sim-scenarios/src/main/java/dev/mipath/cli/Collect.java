package dev.mipath.cli;

import dev.mipath.explain.Safe;
import dev.mipath.topology.Notice;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code mipath collect}: the {@code az} lines that fetch a case, or what is missing of it. */
final class Collect implements Subcommand {
    private static final String MISSING = "REFERENCE_NOT_IN_INPUT";
    private static final String JSON = " -o json";

    private static final String WHOLE_CASE = """
            # Run these where `az login` works, then give the folder to mipath.
            # Replace the words in capitals; repeat the lines for the VNets and resource groups of clients.
            mkdir -p case && cd case
            az sql mi list -g RESOURCE-GROUP -o json > instances.json
            az network vnet list -g RESOURCE-GROUP -o json > vnets.json
            az network nsg list -g RESOURCE-GROUP -o json > security-groups.json
            az network route-table list -g RESOURCE-GROUP -o json > route-tables.json
            az network nic list -g RESOURCE-GROUP -o json > nics.json
            az vm list -g RESOURCE-GROUP -o json > vms.json
            az network asg list -g RESOURCE-GROUP -o json > application-security-groups.json
            az network private-endpoint list -g RESOURCE-GROUP -o json > private-endpoints.json
            az network lb list -g RESOURCE-GROUP -o json > load-balancers.json
            az lock list -o json > locks.json
            # Where on-premises clients are involved:
            az network vnet-gateway list -g RESOURCE-GROUP -o json > gateways.json
            az network local-gateway list -g RESOURCE-GROUP -o json > local-gateways.json
            az network express-route list -g RESOURCE-GROUP -o json > circuits.json
            az network vpn-connection list -g RESOURCE-GROUP -o json > connections.json
            # What Azure itself says about a running client VM, and what service tags stand for today:
            az network nic list-effective-nsg -g RESOURCE-GROUP -n NIC -o json > effective-rules.json
            az network nic show-effective-route-table -g RESOURCE-GROUP -n NIC -o json > effective-routes.json
            az network list-service-tags -l REGION -o json > service-tags.json
            """;

    @Override
    public Syntax syntax() {
        return Sources.optionalIn(
                Syntax.of("collect", "Print the az lines that collect a case; with a SOURCE only what it lacks."));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        if (arguments.list(Sources.LABEL).isEmpty()) {
            terminal.out().print(WHOLE_CASE);
            return ExitCode.YES;
        }
        Map<String, Notice> commands = new LinkedHashMap<>();
        for (Notice notice : Sources.read(arguments, terminal).topology().notices()) {
            @Nullable String command = notice.code().equals(MISSING) ? command(notice.text()) : null;
            if (command != null) commands.putIfAbsent(command, notice);
        }
        if (commands.isEmpty()) terminal.note("nothing that the input refers to is missing from it");
        int number = 0;
        for (Map.Entry<String, Notice> each : commands.entrySet()) {
            terminal.out()
                    .println("# named at " + Safe.text(each.getValue().place().toString()));
            String command = Safe.text(each.getKey());
            String line = command + " > missing-" + ++number + ".json";
            // A customer's names become words of a command here: what a shell would act on is not offered to run.
            terminal.out().println(isPlain(command) ? line : "# unusual name, check before you run it: " + line);
        }
        return ExitCode.YES;
    }

    private static @Nullable String command(String text) {
        int start = text.indexOf("`az ");
        int end = start < 0 ? -1 : text.indexOf('`', start + 1);
        if (end < 0) return null;
        String command = text.substring(start + 1, end);
        return command.endsWith(JSON) ? command : command + JSON;
    }

    private static boolean isPlain(String command) {
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && " -_./:@,=".indexOf(c) < 0) return false;
        }
        return true;
    }
}
