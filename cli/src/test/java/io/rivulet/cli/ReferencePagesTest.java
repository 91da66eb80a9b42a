package io.rivulet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.EngineOptions;
import io.rivulet.streaming.QueryOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Fails when a page differs from the code; {@code -Dregenerate} writes the pages. */
class ReferencePagesTest {
    @Test
    void theErrorPageListsEveryCode() throws IOException {
        check("docs/reference/errors.md", ReferencePages.errors());
    }

    @Test
    void theOptionPageListsEveryOption() throws IOException {
        check("docs/reference/options.md", ReferencePages.options());
    }

    @Test
    void theFunctionPageListsEveryFunction() throws IOException {
        check("docs/reference/functions.md", ReferencePages.functions());
    }

    @Test
    void optionsStayFew() {
        assertThat(EngineOptions.ALL.size() + QueryOptions.ALL.size()).isLessThan(25);
        assertThat(ReferencePages.connectors()).extracting(c -> c.format()).contains("csv", "json", "console", "noop");
        assertThat(ReferencePages.connectors()).allSatisfy(connector -> {
            if (connector.source() != null) {
                assertThat(connector.source().options()).hasSizeLessThanOrEqualTo(14);
            }
            if (connector.sink() != null) {
                assertThat(connector.sink().options()).hasSizeLessThanOrEqualTo(14);
            }
        });
    }

    private static void check(String name, String text) throws IOException {
        if (System.getProperty("regenerate") != null) {
            Files.writeString(SourceTree.root().resolve(name), text, StandardCharsets.UTF_8);
        }
        assertThat(SourceTree.text(name))
                .as("%s; write it again with -Dtest=ReferencePagesTest -Dregenerate", name)
                .isEqualTo(text);
    }
}
