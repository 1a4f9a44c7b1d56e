package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Problems;
import dev.mipath.topology.Place;
import java.util.ArrayList;
import java.util.List;

/** What a template and all templates that it deploys share: their findings, and the work they may do together. */
final class ArmRun {
    /** Values computed in one run; quickstarts need thousands, a hostile one would never end. */
    private static final int STEPS_MAX = 5_000_000;

    /** Resources of one run; the platform refuses more than 800 in each of its templates. */
    private static final int RESOURCES_MAX = 20_000;

    private final Problems problems;
    private final Notices notices;
    private final ArmLinks links;
    private final List<Resource> found = new ArrayList<>();
    private long steps;
    private boolean circular;

    ArmRun(Problems problems, Notices notices, ArmLinks links) {
        this.problems = problems;
        this.notices = notices;
        this.links = links;
    }

    Problems problems() {
        return problems;
    }

    Notices notices() {
        return notices;
    }

    ArmLinks links() {
        return links;
    }

    ImmutableList<Resource> found() {
        return ImmutableList.copyOf(found);
    }

    /** Takes a resource; too many end the run with a problem. */
    void add(Resource resource, Place here) {
        if (found.size() == RESOURCES_MAX) {
            throw new ArmFailure(
                    "the templates declare more than " + RESOURCES_MAX + " resources (the last one in " + here + ")",
                    "give the deployed resources instead (`az resource show`)");
        }
        found.add(resource);
    }

    /** Ends the run: templates deploy each other in a circle. */
    ArmFailure circle(int depth) {
        circular = true;
        return new ArmFailure("templates deploy each other more than " + depth + " deep", "take the circle apart");
    }

    /** Whether a circle of templates ended the run, so that none of them stands for itself. */
    boolean isCircular() {
        return circular;
    }

    /** Counts work, so that a template that multiplies itself ends with a word instead of an exhausted memory. */
    void step(int more) {
        steps += more;
        if (steps > STEPS_MAX) {
            throw new ArmFailure(
                    "the template needs more than " + STEPS_MAX + " values to evaluate",
                    "give the deployed resources instead (`az resource show`)");
        }
    }
}
