package dev.mipath.requirements;

import dev.mipath.profile.Era;

/**
 * How many addresses a subnet needs for its instances (facts 4.40 to 4.45, 7.1).
 *
 * @param least the least number of addresses of a subnet
 * @param recommended the number the documentation recommends
 * @param generalPurpose addresses of a General Purpose instance
 * @param businessCritical addresses of a Business Critical instance
 * @param zoneRedundant further addresses of a zone-redundant Business Critical instance
 * @param machineGroup addresses of each group of machines: a hardware generation in a maintenance window
 */
public record SubnetSize(
        int least, int recommended, int generalPurpose, int businessCritical, int zoneRedundant, int machineGroup) {
    /** The addresses Azure keeps in every subnet (fact 4.45). */
    public static final int KEPT_BY_AZURE = 5;

    /** "Determine required subnet size" of 2020: two addresses an instance, four a Business Critical one. */
    public static final SubnetSize Y2020 = new SubnetSize(16, 32, 2, 4, 0, 0);

    /** Fact 4.41. */
    public static final SubnetSize Y2022 = new SubnetSize(32, 32, 12, 16, 0, 16);

    /** Facts 4.43, 7.1. */
    public static final SubnetSize CURRENT = new SubnetSize(32, 32, 4, 10, 2, 8);

    /** The numbers of an era. */
    public static SubnetSize of(Era era) {
        if (era.equals(Era.Y2020) || era.equals(Era.MANUAL_2020)) return Y2020;
        return era.equals(Era.CURRENT) ? CURRENT : Y2022;
    }

    /** The addresses that these instances need. */
    public int needed(int ofGeneralPurpose, int ofBusinessCritical, int ofThemZoneRedundant, int groups) {
        return KEPT_BY_AZURE
                + generalPurpose * ofGeneralPurpose
                + businessCritical * ofBusinessCritical
                + zoneRedundant * ofThemZoneRedundant
                + machineGroup * groups;
    }

    /** The length of the smallest prefix with so many addresses. */
    public static int prefixLength(int addresses) {
        return 32 - (32 - Integer.numberOfLeadingZeros(Math.max(1, addresses) - 1));
    }
}
