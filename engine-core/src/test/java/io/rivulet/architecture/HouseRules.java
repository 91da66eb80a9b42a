package io.rivulet.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What no class of the engine does. Each rule gives one line for each violation, sorted. */
public final class HouseRules {
    private static final Pattern VAGUE_NAME = Pattern.compile(".*(Utils?|Helpers?|Managers?|Common|Impl)");

    /** Calls that read a clock. Only classes named for it may; the rest is given a {@code Clock}. */
    private static final Set<String> CLOCK_READS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone");

    /** Calls that are nowhere right in the engine, and why. */
    private static final Map<String, String> NEVER = Map.of(
            "java.lang.Thread.sleep", "wait on a condition instead",
            "java.util.concurrent.ForkJoinPool.commonPool", "the common pool belongs to the host program",
            "java.util.Collection.parallelStream", "the common pool belongs to the host program",
            "java.util.stream.BaseStream.parallel", "the common pool belongs to the host program",
            "java.nio.charset.Charset.defaultCharset", "name the charset",
            "java.util.TimeZone.getDefault", "the session time zone decides",
            "java.time.ZoneId.systemDefault", "the session time zone decides");

    private HouseRules() {}

    /** The classes of the module whose tests run, without its tests. */
    public static JavaClasses mainClasses() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption((Location location) -> !location.contains("/generated-"))
                .importPath(Path.of("target", "classes"));
    }

    /** Calls that are nowhere right, clock reads outside {@code clocks}, prints, and default charsets. */
    public static List<String> forbiddenCalls(JavaClasses classes, Set<String> clocks) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                String target = access.getTargetOwner().getName() + "." + access.getName();
                String where = access.getOrigin().getFullName() + " line " + access.getLineNumber() + " uses " + target;
                String reason = NEVER.get(target);
                if (reason != null) {
                    found.add(where + ": " + reason);
                }
                if (CLOCK_READS.contains(target) && !clocks.contains(type.getName())) {
                    found.add(where + ": time comes from a Clock");
                }
                if (target.equals("java.lang.System.out") || target.equals("java.lang.System.err")) {
                    found.add(where + ": the engine logs, it does not print");
                }
                if (usesDefaultCharset(access)) {
                    found.add(where + " without a charset");
                }
            }
        }
        return new ArrayList<>(found);
    }

    private static boolean usesDefaultCharset(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        if (owner.equals("java.io.FileReader") || owner.equals("java.io.FileWriter")) {
            return true;
        }
        List<String> parameters = access.getTarget()
                        instanceof com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget t
                ? t.getRawParameterTypes().stream().map(JavaClass::getName).toList()
                : List.of("");
        if (owner.equals("java.lang.String")) {
            return (access.getName().equals("getBytes") && access instanceof JavaMethodCall && parameters.isEmpty())
                    || (access.getName().equals("<init>")
                            && !parameters.isEmpty()
                            && parameters.get(0).equals("[B")
                            && !parameters.contains("java.nio.charset.Charset")
                            && parameters.size() != 2);
        }
        return (owner.equals("java.io.InputStreamReader") || owner.equals("java.io.OutputStreamWriter"))
                && access.getName().equals("<init>")
                && parameters.size() == 1;
    }

    /** Classes whose names say nothing. */
    public static List<String> vagueNames(JavaClasses classes) {
        return classes.stream()
                .map(JavaClass::getName)
                .filter(name -> VAGUE_NAME.matcher(name).matches())
                .sorted()
                .toList();
    }

    /** Public signatures outside {@code internal} packages that show a type from one. */
    public static List<String> internalTypesInSignatures(JavaClasses classes) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            if (!type.getModifiers().contains(JavaModifier.PUBLIC) || internal(type)) {
                continue;
            }
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                if (visible(unit.getModifiers())) {
                    List<JavaClass> shown = new ArrayList<>(unit.getRawParameterTypes());
                    shown.add(unit.getRawReturnType());
                    shown.stream()
                            .filter(HouseRules::internal)
                            .forEach(s -> found.add(unit.getFullName() + " shows " + s.getName()));
                }
            }
            for (JavaField field : type.getFields()) {
                if (visible(field.getModifiers()) && internal(field.getRawType())) {
                    found.add(
                            field.getFullName() + " shows " + field.getRawType().getName());
                }
            }
        }
        return new ArrayList<>(found);
    }

    private static boolean visible(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static boolean internal(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.startsWith("io.rivulet") && (name.endsWith(".internal") || name.contains(".internal."));
    }
}
