package dev.mipath.explain;

import dev.mipath.explain.Ink.Tone;
import java.util.ArrayList;
import java.util.List;

/** Rows of cells, printed in aligned columns. */
final class Grid {
    private static final String GAP = "  ";

    private final List<List<Cell>> rows = new ArrayList<>();
    private final List<Cell> current = new ArrayList<>();

    private record Cell(String text, Tone tone) {}

    /** Adds a cell to the row; the text must be safe to print. */
    Grid cell(String text) {
        return cell(text, Tone.PLAIN);
    }

    /** Adds a cell to the row; the text must be safe to print. */
    Grid cell(String text, Tone tone) {
        current.add(new Cell(text, tone));
        return this;
    }

    /** Ends the row. */
    void end() {
        rows.add(new ArrayList<>(current));
        current.clear();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Appends all rows, each behind an indent and without blanks at its end. */
    void print(String indent, Ink ink, StringBuilder out) {
        int[] widths = widths();
        for (List<Cell> row : rows) {
            int last = row.size() - 1;
            while (last >= 0 && row.get(last).text.isEmpty()) last--;
            out.append(indent);
            for (int i = 0; i <= last; i++) {
                Cell cell = row.get(i);
                out.append(ink.paint(cell.text, cell.tone));
                if (i == last) break;
                for (int pad = widths[i] - width(cell.text); pad > 0; pad--) out.append(' ');
                // A column that is empty in every row takes no room.
                if (widths[i] > 0) out.append(GAP);
            }
            out.append('\n');
        }
    }

    private int[] widths() {
        int columns = 0;
        for (List<Cell> row : rows) columns = Math.max(columns, row.size());
        int[] widths = new int[columns];
        for (List<Cell> row : rows) {
            for (int i = 0; i < row.size(); i++) widths[i] = Math.max(widths[i], width(row.get(i).text));
        }
        return widths;
    }

    private static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int type = Character.getType(c);
            if (type != Character.NON_SPACING_MARK && type != Character.ENCLOSING_MARK) width++;
        }
        return width;
    }
}
