package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;

/** What a file turned out to be. */
sealed interface Shape {
    /**
     * A deployment template.
     *
     * @param root the template
     */
    record Template(Node.Obj root) implements Shape {}

    /**
     * Values for the parameters of a template.
     *
     * @param root the parameters file
     */
    record Parameters(Node.Obj root) implements Shape {}

    /**
     * A state or plan as {@code terraform show -json} prints it.
     *
     * @param root the document
     */
    record Terraform(Node.Obj root) implements Shape {}

    /**
     * Resources as Azure answers them or {@code az} prints them.
     *
     * @param items the resources
     */
    record Resources(ImmutableList<Node.Obj> items) implements Shape {}

    /**
     * Effective security rules.
     *
     * @param entries one per group and association
     */
    record EffectiveRules(ImmutableList<Node.Obj> entries) implements Shape {}

    /**
     * Effective routes of one NIC.
     *
     * @param answer the whole answer
     * @param rows its rows
     */
    record EffectiveRoutes(Node answer, ImmutableList<Node.Obj> rows) implements Shape {}

    /**
     * The rules of security groups as Network Watcher shows them, one entry per group.
     *
     * @param associations what each group is associated with, its rules inside
     */
    record GroupRules(ImmutableList<Node.Obj> associations) implements Shape {}

    /**
     * A list of service tags.
     *
     * @param root the list
     */
    record Tags(Node.Obj root) implements Shape {}

    /**
     * A topology of our own format.
     *
     * @param root the document
     */
    record Ours(Node root) implements Shape {}

    /**
     * Several answers in one file.
     *
     * @param parts what each of them is
     */
    record Several(ImmutableList<Shape> parts) implements Shape {}

    /**
     * Something known that cannot be used.
     *
     * @param what what it is and why it is no use, in lower case
     * @param remedy what to give instead
     */
    record Refused(String what, String remedy) implements Shape {}

    /**
     * Something between resources or rows that can be none of them.
     *
     * @param item the value
     */
    record Stray(Node item) implements Shape {}

    /** Nothing known. */
    record Foreign() implements Shape {}
}
