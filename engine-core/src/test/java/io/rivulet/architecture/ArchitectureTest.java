package io.rivulet.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = HouseRules.mainClasses();

    @Test
    void packagesUseOnlyThoseAboveThem() {
        PackageOrder order = new PackageOrder(
                "io.rivulet.error",
                "io.rivulet.type",
                "io.rivulet.vector",
                "io.rivulet.option",
                "io.rivulet.memory",
                "io.rivulet.file",
                "io.rivulet.record",
                "io.rivulet.function",
                "io.rivulet.time",
                "io.rivulet.expression|io.rivulet.expression.codegen",
                "io.rivulet.state",
                "io.rivulet.aggregate",
                "io.rivulet.connector",
                "io.rivulet.connector.builtin",
                "io.rivulet.plan",
                "io.rivulet.operator",
                "io.rivulet.operator.*",
                "io.rivulet.execution",
                "io.rivulet.streaming");

        assertThat(order.violations(CLASSES)).isEmpty();
    }

    @Test
    void operatorsKnowNoPlansThreadsOrFiles() {
        assertThat(usersOf(
                        "io.rivulet.operator",
                        List.of("io.rivulet.plan", "io.rivulet.execution", "io.rivulet.streaming", "java.nio.file")))
                .isEmpty();
    }

    @Test
    void onlyTheCodeGeneratorKnowsTheCompiler() {
        assertThat(CLASSES.stream()
                        .filter(type -> !type.getPackageName().equals("io.rivulet.expression.codegen"))
                        .filter(type -> uses(type, List.of("org.codehaus.janino", "org.codehaus.commons")))
                        .map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void nothingForbiddenIsCalled() {
        assertThat(HouseRules.forbiddenCalls(CLASSES, Set.of("io.rivulet.time.SystemClock")))
                .isEmpty();
    }

    @Test
    void namesSaySomething() {
        assertThat(HouseRules.vagueNames(CLASSES)).isEmpty();
    }

    @Test
    void internalTypesStayInside() {
        assertThat(HouseRules.internalTypesInSignatures(CLASSES)).isEmpty();
    }

    private static List<String> usersOf(String owner, List<String> used) {
        return CLASSES.stream()
                .filter(type -> type.getPackageName().startsWith(owner))
                .filter(type -> uses(type, used))
                .map(JavaClass::getName)
                .toList();
    }

    private static boolean uses(JavaClass type, List<String> packages) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(d -> d.getTargetClass().getBaseComponentType().getPackageName())
                .anyMatch(name -> packages.stream().anyMatch(p -> name.equals(p) || name.startsWith(p + ".")));
    }
}
