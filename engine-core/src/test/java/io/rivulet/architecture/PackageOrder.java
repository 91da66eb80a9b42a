package io.rivulet.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Packages in the order in which they may know each other: a package uses only those above it. A name ending with
 * {@code .*} stands for all packages below it that are not listed themselves; names joined by {@code |} may use each
 * other.
 */
public final class PackageOrder {
    private final List<List<String>> packages;

    /** The order, the package that knows nobody first. */
    public PackageOrder(String... packages) {
        this.packages =
                Arrays.stream(packages).map(p -> List.of(p.split("\\|"))).toList();
    }

    /** One line for every use of a package further down, and for every package the order does not name; sorted. */
    public List<String> violations(JavaClasses classes) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            int own = rank(type.getPackageName());
            if (own < 0) {
                found.add(type.getPackageName() + " is not in the package order; say in this test who may use it");
                continue;
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                int used = rank(target.getPackageName());
                if (used > own) {
                    found.add(type.getName() + " uses " + target.getName() + ", whose package is further down");
                }
            }
        }
        return new ArrayList<>(found);
    }

    private int rank(String name) {
        for (int i = 0; i < packages.size(); i++) {
            if (packages.get(i).contains(name)) {
                return i;
            }
        }
        for (int i = 0; i < packages.size(); i++) {
            for (String candidate : packages.get(i)) {
                if (candidate.endsWith(".*") && name.startsWith(candidate.substring(0, candidate.length() - 1))) {
                    return i;
                }
            }
        }
        return -1;
    }
}
