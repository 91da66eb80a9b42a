package io.rivulet.sql;

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
                "io.rivulet.sql.logical",
                "io.rivulet.sql.parser|io.rivulet.sql.parser.internal",
                "io.rivulet.sql.analysis",
                "io.rivulet.sql.optimizer",
                "io.rivulet.sql.planning",
                "io.rivulet");

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
