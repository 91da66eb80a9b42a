package io.rivulet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the README tells a newcomer to do: a project outside the tree, with the dependency and the program of the
 * README word for word. The modules are installed into a repository that has nothing else; what they depend on comes
 * from the repository that this build has filled.
 */
class EmbeddingIT {
    private static final Map<String, String> MODULES = Map.of(
            "engine-core", "engine-core",
            "engine-state", "engine-state",
            "engine-sql", "engine-sql",
            "connector-files", "connectors/files");
    private static final long MOST_BYTES = 12_000_000;
    private static final String README = SourceTree.text("README.md");
    private static final String PARENT = SourceTree.text("pom.xml");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @Test
    void theFirstProgramOfTheReadmeRunsInAProjectOutside() throws Exception {
        String dependency = block("xml", "<dependency>");
        String program = block("java", "public class");
        String output = block("", "|minute");
        Path repository = Files.createDirectories(directory.resolve("repository"));
        Path project = Files.createDirectories(directory.resolve("project"));
        install(repository);
        write(project.resolve("pom.xml"), projectPom(dependency));
        write(project.resolve("src/main/java").resolve(className(program) + ".java"), program);
        write(directory.resolve("settings.xml"), settings());

        run(
                project,
                "mvn",
                "-B",
                "-q",
                "-s",
                directory.resolve("settings.xml").toString(),
                "-Dmaven.repo.local=" + repository,
                "compile",
                "dependency:build-classpath",
                "-Dmdep.outputFile=classpath",
                "-Dmdep.includeScope=runtime");
        String classPath = Files.readString(project.resolve("classpath"), StandardCharsets.UTF_8)
                .strip();
        String printed = run(
                project,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                project.resolve("target/classes") + File.pathSeparator + classPath,
                className(program));

        // rows of one batch come by partition, and there are as many as the machine has cores
        assertThat(printed.lines().toList()).containsAll(output.lines().toList());
        assertThat(printed.lines().filter(line -> line.startsWith("|2026"))).hasSize(3);
        long bytes = 0;
        for (String jar : classPath.split(File.pathSeparator, -1)) {
            bytes += Files.size(Path.of(jar));
        }
        System.out.println("class path of the embedded engine: " + ProgressLine.count(bytes) + " bytes in "
                + classPath.split(File.pathSeparator, -1).length + " jars");
        assertThat(bytes).as(classPath).isLessThan(MOST_BYTES);
    }

    /** The only block of the README in a language that contains a text. */
    private static String block(String language, String text) {
        List<String> found = new ArrayList<>();
        StringBuilder block = null;
        for (String line : README.lines().toList()) {
            if (block == null && line.startsWith("```")) {
                block = new StringBuilder(line.substring(3)).append('\n');
            } else if (block != null && line.equals("```")) {
                if (block.indexOf(language + "\n") == 0 && block.indexOf(text) >= 0) {
                    found.add(block.substring(language.length() + 1));
                }
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        assertThat(found).as("blocks of the README with " + text).hasSize(1);
        return found.get(0);
    }

    private static String className(String program) {
        Matcher name = Pattern.compile("public class (\\w+)").matcher(program);
        assertThat(name.find()).isTrue();
        return name.group(1);
    }

    private static String version() {
        return first(PARENT, "<version>([^<]+)</version>");
    }

    private static String pluginVersion(String artifact) {
        return first(PARENT, "<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)</version>");
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    /** Puts poms and jars where {@code mvn install} puts them. */
    private static void install(Path repository) throws IOException {
        Path root = SourceTree.root();
        copy(root.resolve("pom.xml"), repository, "rivulet-parent", "pom");
        for (Map.Entry<String, String> module : MODULES.entrySet()) {
            Path home = root.resolve(module.getValue());
            String name = module.getKey();
            copy(home.resolve("pom.xml"), repository, name, "pom");
            copy(home.resolve("target").resolve(name + "-" + version() + ".jar"), repository, name, "jar");
        }
    }

    private static void copy(Path file, Path repository, String artifact, String type) throws IOException {
        Path target = Files.createDirectories(
                repository.resolve("io/rivulet").resolve(artifact).resolve(version()));
        Files.copy(file, target.resolve(artifact + "-" + version() + "." + type));
    }

    private static String projectPom(String dependency) {
        StringBuilder plugins = new StringBuilder();
        for (String plugin : List.of("maven-resources-plugin", "maven-compiler-plugin", "maven-dependency-plugin")) {
            plugins.append("<plugin><artifactId>" + plugin + "</artifactId><version>" + pluginVersion(plugin)
                    + "</version></plugin>\n");
        }
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                <modelVersion>4.0.0</modelVersion>
                <groupId>outside</groupId><artifactId>first</artifactId><version>1</version>
                <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                </properties>
                <dependencies>
                %s
                </dependencies>
                <build><plugins>
                %s
                </plugins></build>
                </project>
                """.formatted(dependency, plugins);
    }

    /** Everything that is not in the new repository comes from the one this build uses; nothing is downloaded. */
    private static String settings() {
        String local = System.getProperty(
                "localRepository",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
        return """
                <settings><mirrors><mirror>
                <id>local</id><mirrorOf>*</mirrorOf><url>%s</url>
                </mirror></mirrors></settings>
                """.formatted(Path.of(local).toUri());
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private String run(Path project, String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended && process.exitValue() == 0)
                .as(String.join(" ", command) + "\n" + text)
                .isTrue();
        return text;
    }
}
