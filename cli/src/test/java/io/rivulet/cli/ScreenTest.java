package io.rivulet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final StringWriter out = new StringWriter();

    @Test
    void onATerminalAPictureIsDrawnOverTheOneBefore() {
        Screen screen = new Screen(new PrintWriter(out), true);

        screen.draw(List.of("one", "two"), true);
        screen.draw(List.of("three"), false);

        assertThat(out).hasToString("one\u001b[K\ntwo\u001b[K\n\u001b[2Athree\u001b[K\n\u001b[K\n");
    }

    @Test
    void elsewhereOnlyPicturesToKeepArePrintedAndNothingElse() {
        Screen screen = new Screen(new PrintWriter(out), false);

        screen.draw(List.of("one", "two"), true);
        screen.draw(List.of("three"), false);

        assertThat(out).hasToString("one\ntwo\n");
    }
}
