package io.rivulet.cli;

import java.io.PrintWriter;
import java.util.List;

/**
 * Shows a picture of some lines that changes. On a terminal each picture is drawn over the one before; elsewhere only
 * the pictures that are worth keeping are printed, one after the other. Thread-safe.
 */
final class Screen {
    private static final String ESCAPE = "\u001b[";

    private final PrintWriter out;
    private final boolean terminal;
    private int drawnLines;

    Screen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A screen on the standard output; whether that is a terminal is what the launcher found out. */
    static Screen of(PrintWriter out) {
        return new Screen(out, Boolean.getBoolean("rivulet.terminal"));
    }

    /** A picture; where it cannot be drawn over the last one it is printed only when {@code keep} is set. */
    synchronized void draw(List<String> lines, boolean keep) {
        if (!terminal && !keep) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (terminal && drawnLines > 0) {
            text.append(ESCAPE).append(drawnLines).append('A');
        }
        for (String line : lines) {
            text.append(line);
            if (terminal) {
                text.append(ESCAPE).append('K'); // the rest of what was there before
            }
            text.append('\n');
        }
        for (int i = lines.size(); terminal && i < drawnLines; i++) {
            text.append(ESCAPE).append("K\n");
        }
        drawnLines = Math.max(drawnLines, lines.size());
        out.print(text);
        out.flush();
    }

    /** Text that stays; the next picture is drawn below it. */
    synchronized void print(String text) {
        out.println(text);
        out.flush();
        drawnLines = 0;
    }
}
