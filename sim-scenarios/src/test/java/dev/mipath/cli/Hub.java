package dev.mipath.cli;

/** The beginning of a topology whose one subnet is for managed instances, for stories that write on behind it. */
final class Hub {
    private Hub() {}

    /** VNet hub with subnet mi, group nsg and table rt; groups, tables and instances, or more subnets, are still to be written. */
    static String of(int profile) {
        return """
                mipath: topology/1
                profile: PROFILE
                vnets:
                  - name: hub
                    location: westeurope
                    addressPrefixes: 10.0.0.0/16
                    subnets:
                      - {name: mi, addressPrefix: 10.0.1.0/24, networkSecurityGroup: nsg, routeTable: rt,
                         delegations: Microsoft.Sql/managedInstances}
                """.replace("PROFILE", String.valueOf(profile));
    }
}
