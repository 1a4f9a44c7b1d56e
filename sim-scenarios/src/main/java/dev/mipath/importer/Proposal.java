package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.format.InputException;
import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.Notice;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody means to do to a network: a Terraform plan, or what ARM's what-if foresees.
 *
 * <p>Models: Terraform, "JSON Output Format" ({@code prior_state}, {@code planned_values}, {@code resource_changes}); Azure
 * Resource Manager, "What-if" ({@code changes} with {@code changeType}, {@code before}, {@code after}), read 2026-11-27.
 *
 * @param before the resources as they were when it was worked out
 * @param after the resources as they would be; others are not touched
 * @param notes what a reader must know
 * @param doubts what it leaves open of the network, in sentences
 */
public record Proposal(Topology before, Topology after, ImmutableList<String> notes, ImmutableList<String> doubts) {
    private static final Pattern BEGINS_OBJECT = Pattern.compile("\\uFEFF?\\s*\\{\\s*\"");

    /**
     * Reads a plan or a what-if answer; nothing when the document is neither, such as a list of edits.
     *
     * @throws InputException with everything that is wrong with it
     */
    public static Optional<Proposal> read(String file, byte[] content) {
        if (!DocumentReader.looksLikeJson(content)) return Optional.empty();
        Problems problems = new Problems();
        Node root = JsonReader.read(file, content, problems);
        // Edits are a list or YAML; what begins as an object of JSON was meant as one.
        if (root == null
                && BEGINS_OBJECT
                        .matcher(new String(content, StandardCharsets.UTF_8))
                        .lookingAt()) {
            problems.throwIfAny();
        }
        if (!(root instanceof Node.Obj object)) return Optional.empty();
        Reader reader = new Reader(problems);
        @Nullable Proposal read = TerraformDocument.recognizes(object) ? reader.plan(object) : reader.whatIf(object);
        if (read == null) return Optional.empty();
        problems.throwIfAny();
        return Optional.of(read);
    }

    /** What a network would be with it: only what it changes is changed. */
    public Rebase on(Topology network) {
        return Rebase.of(network, before, after);
    }

    /** Reads one document. */
    private static final class Reader {
        private static final ImmutableSet<String> CHANGES = ImmutableSet.of("create", "modify", "deploy", "delete");

        private final Problems problems;
        private final List<String> notes = new ArrayList<>();
        private final List<String> doubts = new ArrayList<>();
        private final Notices unheard = new Notices();
        private final List<Resource> before = new ArrayList<>();
        private final List<Resource> after = new ArrayList<>();

        Reader(Problems problems) {
            this.problems = problems;
        }

        Proposal plan(Node.Obj root) {
            if (root.get("resource_changes") == null) {
                problems.add(
                        root.place(),
                        "this is a state of Terraform, which changes nothing",
                        "save a plan (`terraform plan -out FILE`) and give what `terraform show -json FILE` prints");
            }
            if (root.get("prior_state") instanceof Node.Obj prior) {
                before.addAll(TerraformReader.read(prior, problems, unheard));
            }
            after.addAll(TerraformReader.read(root, problems, unheard));
            return proposal();
        }

        /** Null when the document is no what-if answer. */
        @Nullable
        Proposal whatIf(Node.Obj root) {
            Node changes = root.get("changes");
            if (changes == null && root.get("properties") instanceof Node.Obj inner) changes = inner.get("changes");
            if (Ascii.equalsIgnoreCase(text(root, "status"), "Failed") && !(changes instanceof Node.Arr)) {
                failed(root);
                return proposal();
            }
            if (!(changes instanceof Node.Arr list) || list.items().stream().noneMatch(Reader::isForeseen)) return null;
            for (Node item : list.items()) {
                if (isForeseen(item)) foreseen((Node.Obj) item);
                else problems.add(item.place(), "this is no change of a resource", "save the answer again");
            }
            return proposal();
        }

        private void failed(Node.Obj root) {
            String why = "";
            if (root.get("error") instanceof Node.Obj error) {
                why = ": " + Printable.text(text(error, "code")) + ": " + Printable.text(text(error, "message"));
            }
            problems.add(root.place(), "this what-if failed" + why, "repair the deployment and run the what-if again");
        }

        private static boolean isForeseen(Node item) {
            return item instanceof Node.Obj change
                    && change.get("changeType") instanceof Node.Str
                    && change.get("resourceId") instanceof Node.Str;
        }

        private void foreseen(Node.Obj change) {
            String id = text(change, "resourceId");
            String kind = Ascii.toLowerCase(text(change, "changeType"));
            @Nullable String named = ResourceTypes.typeOf(id);
            String type = named == null ? "" : named;
            boolean known = ResourceReader.reads(type);
            if (!known && CHANGES.contains(kind) && !type.isEmpty()) {
                ResourceReader.noticeUnmodelled(type, id, change.place(), unheard);
            }
            switch (kind) {
                case "nochange", "ignore", "noeffect" -> {}
                case "delete" -> {
                    boolean policy = Ascii.toLowerCase(type).endsWith("/networkintentpolicies");
                    if (policy) {
                        notes.add("`" + Printable.text(id)
                                + "` is said to be deleted; it is the platform's own and stays,"
                                + " which is harmless");
                    } else if (known) {
                        add(change, "before", id, type, before);
                    }
                }
                case "create" -> {
                    if (known) add(change, "after", id, type, after);
                }
                case "modify", "deploy" -> {
                    if (!known) return;
                    add(change, "before", id, type, before);
                    add(change, "after", id, type, after);
                }
                default ->
                    (known ? doubts : notes)
                            .add("what becomes of `" + Printable.text(id) + "` is not foreseen (" + Printable.text(kind)
                                    + reason(change) + "); the answer leaves it as it is");
            }
        }

        private static String reason(Node.Obj change) {
            String reason = text(change, "unsupportedReason");
            return reason.isEmpty() ? "" : ": " + Printable.text(reason);
        }

        private static String text(Node.Obj change, String member) {
            return change.get(member) instanceof Node.Str text ? text.text() : "";
        }

        private void add(Node.Obj change, String member, String id, String type, List<Resource> to) {
            if (change.get(member) instanceof Node.Obj body) {
                if (body.get("id") instanceof Node.Str own && !Ascii.equalsIgnoreCase(own.text(), id)) {
                    problems.add(
                            own.place(),
                            "`id` is `" + Printable.text(own.text()) + "`, but the change is of `" + Printable.text(id)
                                    + "`",
                            "save the answer again");
                }
                to.add(new Resource(new ResourceId(id), type, body, true));
            } else {
                problems.add(
                        change.place(),
                        "`" + Printable.text(id) + "` has no `" + member + "`",
                        "run the what-if with --result-format FullResourcePayloads --no-pretty-print");
            }
        }

        private Proposal proposal() {
            unheard.list().stream()
                    .filter(notice -> notice.code().equals(Notices.NOT_MODELLED))
                    .map(Notice::text)
                    .distinct()
                    .forEach(notes::add);
            return new Proposal(
                    topology(before), topology(after), ImmutableList.copyOf(notes), ImmutableList.copyOf(doubts));
        }

        private Topology topology(List<Resource> resources) {
            Notices passedOver = new Notices();
            Facts facts = new Facts(problems);
            ResourceReader reader = new ResourceReader(problems, passedOver);
            for (Resource resource : resources) reader.read(resource, facts);
            return facts.topology(passedOver);
        }
    }
}
