package io.rivulet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentLinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    @Test
    void linksInDocumentsLeadSomewhere() {
        List<String> broken = new ArrayList<>();
        for (String document : SourceTree.files(".md")) {
            Path directory = SourceTree.root().resolve(document).resolveSibling("");
            Matcher link = LINK.matcher(SourceTree.text(document));
            while (link.find()) {
                if (!link.group(1).contains(":") && !Files.exists(directory.resolve(link.group(1)))) {
                    broken.add(document + " -> " + link.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void theIndexNamesEveryDecision() {
        String index = SourceTree.text("docs/adr/README.md");

        assertThat(SourceTree.files(".md").stream()
                        .filter(name -> name.matches("docs/adr/\\d{4}-.*"))
                        .map(name -> name.substring("docs/adr/".length())))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
    }
}
