package io.rivulet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SourceRulesTest {
    private static final int MOST_LINES = 800;
    private static final Pattern PRINT = Pattern.compile("System\\s*\\.\\s*(out|err)\\b");
    private static final Pattern NO_CODE =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\\n])*+\"|/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

    private final List<String> sources = SourceTree.files(".java");

    @Test
    void theRulesSeeTheSources() {
        assertThat(sources)
                .contains("cli/src/test/java/io/rivulet/cli/SourceRulesTest.java")
                .hasSizeGreaterThan(300);
    }

    @Test
    void noSourceFileIsLongerThan800Lines() {
        assertThat(sources.stream().filter(name -> SourceTree.text(name).lines().count() > MOST_LINES))
                .isEmpty();
    }

    @Test
    void onlyTheCommandLineExamplesAndBenchmarksPrint() {
        assertThat(sources.stream()
                        .filter(name -> !name.startsWith("cli/")
                                && !name.startsWith("examples/")
                                && !name.startsWith("benchmarks/"))
                        .filter(name -> PRINT.matcher(
                                        NO_CODE.matcher(SourceTree.text(name)).replaceAll(""))
                                .find()))
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = sources.stream()
                .filter(name -> name.contains("/src/main/java/") && !name.endsWith("package-info.java"))
                .map(name -> name.substring(0, name.lastIndexOf('/') + 1) + "package-info.java")
                .distinct()
                .filter(name ->
                        !sources.contains(name) || !SourceTree.text(name).contains("@NullMarked"))
                .toList();

        assertThat(unmarked).isEmpty();
    }
}
