package dev.mipath.importer;

import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import dev.mipath.format.Problems;
import dev.mipath.format.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Makes a tree of a file and tells what it is, or why it is nothing. */
final class DocumentReader {
    private static final Pattern TERRAFORM = Pattern.compile(
            "(?m)^[ \\t]*(resource|provider|variable|module|output|terraform|data|locals)\\b[^:=\\n]*\\{");
    private static final Pattern BICEP =
            Pattern.compile("(?m)^(targetScope\\s*=|param \\w+ |var \\w+ =|(resource|module) \\w+ '|metadata \\w+ =)");
    private static final Pattern OWN = Pattern.compile("(?m)^[ \\t{]*\"?mipath\"?[ \\t]*:");

    /** Words that only a file for or from Azure holds; one that holds them and is broken must not be passed over. */
    private static final Pattern AZURE = Pattern.compile(
            "Microsoft\\.(Network|Sql|Compute|Resources)/|deploymentTemplate\\.json|\"addressPrefix|\"securityRules\"|\"nextHopType\"|\"azurerm_");

    /** How far into a text one looks for words; what a file is shows early. */
    private static final int LOOK_MAX = 1 << 20;

    private DocumentReader() {}

    /** What the file is; problems of a file that is broken go into the list, and the shape is then foreign. */
    static Shape read(SourceFiles.SourceFile file, Problems problems) {
        byte[] content = file.content();
        if (looksLikeJson(content)) return json(file, problems);
        String text = new String(content, 0, Math.min(content.length, LOOK_MAX), StandardCharsets.UTF_8);
        if (OWN.matcher(text).find()) {
            Node root = YamlReader.read(file.name(), content, problems);
            return root == null ? new Shape.Foreign() : Recognizer.recognize(root);
        }
        if (BICEP.matcher(text).find()) {
            return new Shape.Refused("Bicep, which is not read", "run `bicep build` and give the JSON it writes");
        }
        if (TERRAFORM.matcher(text).find()) {
            return new Shape.Refused(
                    "Terraform source, which is not read",
                    "save a plan (`terraform plan -out FILE`) and give what `terraform show -json FILE` prints");
        }
        return new Shape.Foreign();
    }

    private static Shape json(SourceFiles.SourceFile file, Problems problems) {
        Problems found = new Problems();
        Node root = JsonReader.read(file.name(), file.content(), found);
        if (root != null) {
            Shape shape = Recognizer.recognize(root);
            // A name that stands twice matters only in a file that is used.
            boolean used = !(shape instanceof Shape.Foreign) && !(shape instanceof Shape.Refused);
            if (used || file.named()) problems.addAll(found.list());
            return shape;
        }
        Node first = JsonReader.readFirst(file.name(), file.content(), new Problems());
        if (first != null) {
            Shape shape = Recognizer.recognize(first);
            if (shape instanceof Shape.Refused refused) {
                return new Shape.Refused(refused.what() + ", one document a line", refused.remedy());
            }
        }
        String text = new String(file.content(), 0, Math.min(file.content().length, LOOK_MAX), StandardCharsets.UTF_8);
        if (file.named() || AZURE.matcher(text).find() || OWN.matcher(text).find()) problems.addAll(found.list());
        return new Shape.Foreign();
    }

    /** Whether the first character that is no blank opens an object or array, in whatever encoding JSON allows. */
    static boolean looksLikeJson(byte[] content) {
        for (int i = 0; i < Math.min(content.length, 4096); i++) {
            int b = content[i] & 0xFF;
            if (b == '{' || b == '[') return true;
            boolean mark = i < 4 && (b == 0xEF || b == 0xBB || b == 0xBF || b == 0xFE || b == 0xFF || b == 0);
            if (!mark && b != 0 && !Character.isWhitespace(b)) return false;
        }
        return false;
    }
}
