package io.rivulet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RivuletTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Rivulet.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @Test
    void helpTeachesByExample() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("./rivulet quickstart --crash-demo").contains("RIVULET_JAVA_OPTS");
    }

    @Test
    void versionNamesRivuletAndJava() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("(?s)rivulet \\d+\\.\\d+\\.\\d+\\S*\\s+Java .*");
    }

    @Test
    void aVerbThatIsNotThereGetsTheNearestOne() {
        assertThat(run("quickstrat")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean").contains("quickstart");
    }

    @Test
    void benchmarksAreAVerb() {
        assertThat(run("bench", "--help")).isZero();
        assertThat(out.toString()).contains("windows").contains("startup");
    }

    @Test
    void nothingToDoIsAnErrorThatShowsTheVerbs() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Say what to do").contains("quickstart");
    }

    @Test
    void unknownOptionIsAnErrorThatShowsTheUsage() {
        assertThat(run("--colour")).isEqualTo(2);
        assertThat(err.toString()).contains("--colour");
    }

    @Test
    void theExamplesAreListedAndTaught() {
        assertThat(run("run")).isZero();
        assertThat(out.toString()).contains("embedded ").contains("./rivulet run NAME");
        assertThat(run("run", "--help")).isZero();
        assertThat(out.toString()).contains("--dir").contains("./rivulet run embedded");
    }

    @Test
    void anExampleThatIsNotThereGetsTheNearestOne() {
        assertThat(run("run", "embeded")).isEqualTo(2);
        assertThat(err.toString()).contains("no example 'embeded'").contains("did you mean 'embedded'?");
    }
}
