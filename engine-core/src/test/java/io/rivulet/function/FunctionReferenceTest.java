package io.rivulet.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.function.FunctionReference.Category;
import io.rivulet.function.FunctionReference.Description;
import io.rivulet.function.FunctionReference.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionReferenceTest {
    private static Category parse(String text) {
        return FunctionReference.parse("water.txt", text.lines().toList());
    }

    @Test
    void aCategoryHasAnIntroductionRowsAndFunctions() {
        Category category = parse("""
                # Water

                #> Two lines
                #> of introduction.

                #| x | y
                #| 1 | 'a'

                ebb(x[, y])
                  What goes.
                  ebb(x) => 1
                  ebb(x, y) => 'a'

                ~ : a ~ b
                  Whether it is wet.
                  1 ~ 2 => true
                """);

        assertThat(category)
                .isEqualTo(new Category(
                        "Water",
                        "Two lines\nof introduction.",
                        List.of(List.of("x", "y"), List.of("1", "'a'")),
                        List.of(
                                new Description(
                                        "ebb",
                                        "ebb(x[, y])",
                                        "What goes.",
                                        List.of(new Example("ebb(x)", "1"), new Example("ebb(x, y)", "'a'"))),
                                new Description(
                                        "~", "a ~ b", "Whether it is wet.", List.of(new Example("1 ~ 2", "true"))))));
    }

    @Test
    void aFunctionWithoutDescriptionOrExampleIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> parse("# Water\n\nebb(x)\n  What goes.\n"))
                .hasMessageContaining("water.txt:4: the function ebb needs a description and an example");
        assertThatThrownBy(() -> parse("# Water\n\nebb(x)\n  ebb(1) => 1\n"))
                .hasMessageContaining("the function ebb needs a description and an example");
    }

    @Test
    void whatHasNoPlaceInTheFormIsRefused() {
        assertThatThrownBy(() -> parse("ebb(x)")).hasMessageContaining("water.txt:1: a category begins with #");
        assertThatThrownBy(() -> parse("# Water\nebb\n")).hasMessageContaining("water.txt:2: 'ebb' is no signature");
        assertThatThrownBy(() -> parse("# Water\nebb(x)\n  What goes.\n  And comes.\n"))
                .hasMessageContaining("water.txt:4: a description is one line");
        assertThatThrownBy(() -> parse("# Water\nebb(x)\n  What goes.\n  ebb(1) => 1\nflow(x)\n"))
                .hasMessageContaining("water.txt:5: an empty line is missing");
    }
}
