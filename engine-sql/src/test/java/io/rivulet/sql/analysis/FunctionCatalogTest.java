package io.rivulet.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.expression.Expression;
import io.rivulet.expression.Literal;
import io.rivulet.function.FunctionReference;
import io.rivulet.function.FunctionReference.Category;
import io.rivulet.function.FunctionReference.Description;
import io.rivulet.function.FunctionRegistry;
import io.rivulet.type.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every function is described, once, under the first of its names. */
class FunctionCatalogTest {
    private static final int MOST_ARGUMENTS = 8;

    private final FunctionCatalog catalog = FunctionCatalog.standard();
    private final List<Description> described = FunctionReference.read().stream()
            .map(Category::functions)
            .flatMap(List::stream)
            .toList();

    @Test
    void everyFunctionIsDescribedOnce() {
        assertThat(described)
                .as("add what is missing to engine-core/src/main/resources/io/rivulet/function/reference")
                .extracting(Description::name)
                .containsExactlyInAnyOrderElementsOf(
                        catalog.synonyms().stream().map(names -> names.get(0)).toList());
    }

    @Test
    void aNameHasOneMeaning() {
        List<String> names = catalog.synonyms().stream().flatMap(List::stream).toList();

        assertThat(names).doesNotHaveDuplicates();
        assertThat(names).containsAll(FunctionRegistry.builtin().names());
    }

    @Test
    void namesThatTakeTheSameArgumentsAreSynonyms() {
        assertThat(catalog.synonyms())
                .contains(
                        List.of("=", "=="),
                        List.of("ceil", "ceiling"),
                        List.of("length"),
                        List.of("char_length", "character_length", "len"),
                        List.of("concat", "||"),
                        List.of("stddev_samp", "stddev"),
                        List.of("bool_or", "any", "some"));
    }

    @Test
    void aDescriptionIsASentence() {
        assertThat(described).allSatisfy(description -> {
            assertThat(description.text()).matches("(?s)[\\p{Lu}e−].*[.]");
            assertThat(description.text().length()).as(description.name()).isLessThanOrEqualTo(150);
        });
    }

    @Test
    void aSignatureHasAsManyArgumentsAsTheFunctionTakes() {
        Set<String> names = new HashSet<>(FunctionRegistry.builtin().names());
        names.remove("window_time");
        Map<String, List<Integer>> written = new TreeMap<>();
        Map<String, List<Integer>> taken = new TreeMap<>();
        for (Description description : described) {
            String name = description.name();
            String signature = description.signature();
            if (names.contains(name) && signature.startsWith(name + "(") && !signature.contains("…")) {
                written.put(name, written(description));
                taken.put(name, taken(name));
            }
        }

        assertThat(written).hasSizeGreaterThan(100).isEqualTo(taken);
    }

    private List<Integer> taken(String name) {
        List<Integer> counts = new ArrayList<>();
        for (int count = 0; count <= MOST_ARGUMENTS; count++) {
            List<Expression> nulls = Collections.nCopies(count, Literal.ofNull(DataType.NULL));
            try {
                catalog.call(name, nulls);
                counts.add(count);
            } catch (RivuletException e) {
                assertThat(e.code()).as(name).isEqualTo(ErrorCode.TYPE_MISMATCH);
            }
        }
        return counts;
    }

    private static List<Integer> written(Description description) {
        String arguments = description.signature().substring(description.name().length() + 1);
        int optional = arguments.indexOf('[') < 0 ? arguments.length() : arguments.indexOf('[');
        int least = arguments.startsWith(")")
                ? 0
                : (int) arguments
                                .substring(0, optional)
                                .chars()
                                .filter(c -> c == ',')
                                .count()
                        + 1;
        List<Integer> counts = new ArrayList<>(List.of(least));
        arguments.substring(optional).chars().filter(c -> c == '[').forEach(c -> counts.add(least + counts.size()));
        return counts;
    }
}
