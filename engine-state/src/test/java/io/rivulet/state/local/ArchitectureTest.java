package io.rivulet.state.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.rivulet.architecture.HouseRules;
import io.rivulet.architecture.PackageOrder;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = HouseRules.mainClasses();

    @Test
    void packagesUseOnlyThoseAboveThem() {
        PackageOrder order = new PackageOrder(
                "io.rivulet.state.local.format",
                "io.rivulet.state.local.log",
                "io.rivulet.state.local.snapshot",
                "io.rivulet.state.local");

        assertThat(order.violations(CLASSES)).isEmpty();
    }

    @Test
    void nothingForbiddenIsCalled() {
        assertThat(HouseRules.forbiddenCalls(CLASSES, Set.of())).isEmpty();
    }

    @Test
    void namesSaySomething() {
        assertThat(HouseRules.vagueNames(CLASSES)).isEmpty();
    }

    @Test
    void internalTypesStayInside() {
        assertThat(HouseRules.internalTypesInSignatures(CLASSES)).isEmpty();
    }
}
