package io.rivulet.cli;

import io.rivulet.function.FunctionReference;
import io.rivulet.function.FunctionReference.Category;
import io.rivulet.function.FunctionReference.Description;
import io.rivulet.sql.analysis.FunctionCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The page of functions: a table per category, its columns padded so that the text lines up as well. */
final class FunctionPage {
    private final Map<String, List<String>> synonyms = new HashMap<>();
    private final StringBuilder page = new StringBuilder();

    private FunctionPage() {
        FunctionCatalog.standard().synonyms().forEach(names -> synonyms.put(names.get(0), names));
    }

    /** The page's text. */
    static String text(String generated) {
        List<Category> categories = FunctionReference.read();
        FunctionPage made = new FunctionPage();
        made.page
                .append("# Functions\n\n")
                .append(generated)
                .append(
                        "\nThey are called in SQL expressions (`expr(\"…\")`, `selectExpr`, `filter(\"…\")`) and from Java"
                                + " as `Functions.call(\"name\", …)`;\nthe common ones have a method of their own in"
                                + " `io.rivulet.Functions`. Names have no case. Arguments are cast where SQL does\nthat"
                                + " implicitly. Null gives null unless the description says otherwise. Bad values are errors, and"
                                + " the variant with\n`try_` before the name gives null instead. Functions of your own are"
                                + " registered with `engine.udf()`.\n\n"
                                + "The examples are run by a test; results are as `show()` prints them, texts between quotes.\n\n");
        made.page.append(categories.stream()
                .map(category -> "[" + category.title() + "](#" + anchor(category.title()) + ")")
                .collect(Collectors.joining(" ·\n", "", "\n")));
        categories.forEach(made::category);
        return made.page.toString();
    }

    private static String anchor(String title) {
        return title.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private void category(Category category) {
        page.append("\n## ").append(category.title()).append("\n\n");
        if (!category.introduction().isEmpty()) {
            page.append(category.introduction()).append("\n\n");
        }
        if (!category.rows().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            category.rows()
                    .forEach(
                            row -> rows.add(row.stream().map(FunctionPage::code).toList()));
            table(rows);
            page.append('\n');
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Function", "Gives", "Example", "Also"));
        for (Description function : category.functions()) {
            List<String> names = synonyms.getOrDefault(function.name(), List.of(function.name()));
            rows.add(List.of(
                    code(function.signature()),
                    function.text().replace("|", "\\|"),
                    function.examples().stream()
                            .map(example -> code(example.expression()) + " → " + code(example.result()))
                            .collect(Collectors.joining("<br>")),
                    names.subList(1, names.size()).stream()
                            .map(FunctionPage::code)
                            .collect(Collectors.joining(", "))));
        }
        table(rows);
    }

    /** A span of code; one that has a backtick inside stands between two. */
    private static String code(String text) {
        String escaped = text.replace("|", "\\|");
        return escaped.indexOf('`') < 0 ? "`" + escaped + "`" : "`` " + escaped + " ``";
    }

    private void table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], width(row.get(c)));
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns; c++) {
                String cell = rows.get(r).get(c);
                page.append("| ").append(cell).append(" ".repeat(widths[c] - width(cell) + 1));
            }
            page.append("|\n");
            if (r == 0) {
                for (int c = 0; c < columns; c++) {
                    page.append('|').append("-".repeat(widths[c] + 2));
                }
                page.append("|\n");
            }
        }
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
