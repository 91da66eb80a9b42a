package io.rivulet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a tree of its own, so that it never starts a build inside this one. */
class LauncherIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path tree;

    private record Outcome(int status, String out, String err) {}

    @BeforeEach
    void copyTheLauncher() throws IOException {
        tree = Files.createDirectories(directory.resolve("a tree"));
        Files.copy(SourceTree.root().resolve("rivulet"), tree.resolve("rivulet"));
        assertThat(tree.resolve("rivulet").toFile().setExecutable(true)).isTrue();
    }

    /** Lets the tree look built: the real jars, and a stamp that is newer than every source, as there is none. */
    private void build() throws IOException {
        Path target = Files.createDirectories(tree.resolve("cli/target"));
        Path real = SourceTree.root().resolve("cli/target");
        Files.createSymbolicLink(target.resolve("lib"), real.resolve("lib"));
        Files.createSymbolicLink(target.resolve("classes"), real.resolve("classes"));
        Files.writeString(target.resolve("rivulet.built"), "");
    }

    private Outcome launch(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = tree.resolve("rivulet").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
        return new Outcome(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void runsFromAnyDirectoryWithoutBuildingWhatIsBuilt() throws Exception {
        build();

        Outcome outcome = launch(Map.of(), "--version");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("rivulet ");
        assertThat(outcome.err()).doesNotContain("building");
    }

    @Test
    void optionsReachTheJvm() throws Exception {
        build();

        Outcome outcome = launch(Map.of("RIVULET_JAVA_OPTS", "-Xmx65m -XX:+PrintFlagsFinal"), "--version");

        assertThat(outcome.out()).containsPattern("MaxHeapSize\\s+= 69206016");
    }

    @Test
    void wrongArgumentsGiveStatus2() throws Exception {
        build();

        assertThat(launch(Map.of(), "quickstrat").status()).isEqualTo(2);
    }

    @Test
    void runsAnExampleByNameAndGoesOnWithItsCheckpoint() throws Exception {
        build();

        Outcome first = launch(Map.of(), "run", "embedded", "--dir", "machines");
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).contains("Pushed readings 350 to 699");
        assertThat(directory.resolve("machines/checkpoint/query.json")).exists();

        Outcome second = launch(Map.of(), "run", "embedded", "--dir", "machines");
        assertThat(second.status()).as(second.err()).isZero();
        assertThat(second.out()).contains("in the checkpoint already");
    }

    @Test
    void earthquakesTellsWhichReportsWereLateAndWhereTheyAre() throws Exception {
        build();
        Path examples = Files.createDirectories(tree.resolve("examples"));
        Files.createSymbolicLink(
                examples.resolve("data"), SourceTree.root().resolve("examples").resolve("data"));

        Outcome first = launch(Map.of(), "run", "earthquakes", "--dir", "quakes");
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out())
                .contains("batch 17:    7 reports")
                .containsPattern("1707 reports: \\d+ in order, \\d+ old but in time, \\d+ late");
        assertThat(directory.resolve("quakes/late")).isDirectoryContaining("glob:**.csv");

        Outcome second = launch(Map.of(), "run", "earthquakes", "--dir", "quakes");
        assertThat(second.status()).as(second.err()).isZero();
        assertThat(second.out()).contains("has all reports already").contains(lastLines(first.out()));
    }

    /** What the example says of all reports, whichever run has read them. */
    private static String lastLines(String out) {
        return out.substring(out.indexOf("Strongest, of the windows"));
    }

    @Test
    void aJavaHomeWithoutJavaIsNamed() throws Exception {
        Outcome outcome = launch(Map.of("JAVA_HOME", directory.toString()), "--version");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("JAVA_HOME is " + directory).contains("JDK 17");
    }

    @Test
    void aJavaThatIsTooOldIsRefused() throws Exception {
        Path old = directory.resolve("old");
        Files.createDirectories(old.resolve("bin"));
        Files.createSymbolicLink(old.resolve("bin/java"), Path.of(System.getProperty("java.home"), "bin", "java"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

        Outcome outcome = launch(Map.of("JAVA_HOME", old.toString()), "--version");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("needs Java 17 or newer").contains("11.0.2");
    }

    @Test
    void withoutMavenItSaysThatItHasToBeBuiltFirst() throws Exception {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (String tool : new String[] {"bash", "env", "mkdir"}) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin").resolve(tool));
        }

        Outcome outcome = launch(Map.of("PATH", tools.toString()), "--version");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("has to be built first").contains("mvn");
    }
}
