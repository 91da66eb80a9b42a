package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the built-in functions give, for people. It is read from text files when somebody asks, so a query that runs pays
 * nothing for it. Which functions there are, and their other names, say {@link FunctionRegistry} and its kin alone; tests
 * hold that each is described here, and that the examples are true.
 *
 * <p>A file of {@code reference/} is a category: a line {@code # title}, an introduction (lines that begin with
 * {@code #>}), rows for the examples (lines that begin with {@code #|}, names first), and functions, each behind an empty
 * line:
 *
 * <pre>
 * nullif(a, b)                      or, where the name does not stand before the first parenthesis:   name : a || b
 *   The first value, or null where the two are equal.
 *   nullif(5, 0) =&gt; 5
 *   nullif(0, 0) =&gt; NULL
 * </pre>
 *
 * The result of an example is as {@code show()} prints it, a text between quotes.
 */
public final class FunctionReference {
    private static final List<String> FILES =
            List.of("aggregates", "windows", "conditions", "numbers", "text", "times", "structs", "hashes");

    private static final String RESULT = " => ";
    private static final String INDENT = "  ";

    /** A SQL expression and what it gives, as text. */
    public record Example(String expression, String result) {}

    /**
     * A function.
     *
     * @param name the first of its names
     * @param signature how it is written; {@code [, x]} may be left out, {@code …} stands for more of the same
     * @param text what it gives, in a sentence or two; null gives null unless it says otherwise
     * @param examples at least one
     */
    public record Description(String name, String signature, String text, List<Example> examples) {
        public Description {
            examples = List.copyOf(examples);
        }
    }

    /**
     * Functions of one subject.
     *
     * @param introduction Markdown, may be empty
     * @param rows what the examples are over: column names, then rows of SQL expressions; empty when the examples need none
     */
    public record Category(String title, String introduction, List<List<String>> rows, List<Description> functions) {
        public Category {
            rows = rows.stream().map(List::copyOf).toList();
            functions = List.copyOf(functions);
        }
    }

    private final String file;
    private final String title;
    private final StringBuilder introduction = new StringBuilder();
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Description> functions = new ArrayList<>();
    private int line = 1;
    private @Nullable String name;
    private String signature = "";
    private String text = "";
    private final List<Example> examples = new ArrayList<>();

    private FunctionReference(String file, String first) {
        this.file = file;
        if (!first.startsWith("# ")) {
            throw damaged("a category begins with # and its title");
        }
        this.title = first.substring(2);
    }

    /** All categories, in the order in which they should be shown. */
    public static List<Category> read() {
        return FILES.stream().map(FunctionReference::read).toList();
    }

    private static Category read(String file) {
        String place = "reference/" + file + ".txt";
        InputStream found = FunctionReference.class.getResourceAsStream(place);
        if (found == null) {
            throw ErrorCode.INTERNAL.error("the resource " + place + " is missing beside " + FunctionReference.class);
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(found, StandardCharsets.UTF_8))) {
            return parse(place, reader.lines().toList());
        } catch (IOException e) {
            throw ErrorCode.INTERNAL.error("the resource " + place + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The category of a file's lines; {@code INTERNAL} naming file and line when they have another form. */
    static Category parse(String file, List<String> lines) {
        FunctionReference category = new FunctionReference(file, lines.isEmpty() ? "" : lines.get(0));
        for (String line : lines.subList(1, lines.size())) {
            category.line++;
            category.take(line);
        }
        category.endFunction();
        return new Category(
                category.title, category.introduction.toString().strip(), category.rows, category.functions);
    }

    private void take(String content) {
        if (content.isBlank()) {
            endFunction();
        } else if (content.startsWith("#> ")) {
            introduction.append(content.substring(3)).append('\n');
        } else if (content.startsWith("#| ")) {
            rows.add(List.of(content.substring(3).split(" \\| ", -1)));
        } else if (content.startsWith(INDENT)) {
            takeDetail(content.substring(INDENT.length()));
        } else {
            begin(content);
        }
    }

    private void begin(String head) {
        if (name != null) {
            throw damaged("an empty line is missing before '" + head + "'");
        }
        int colon = head.indexOf(" : ");
        int parenthesis = head.indexOf('(');
        if (colon < 0 && parenthesis < 0) {
            throw damaged("'" + head + "' is no signature; write name(arguments) or name : form");
        }
        name = head.substring(0, colon < 0 ? parenthesis : colon);
        signature = colon < 0 ? head : head.substring(colon + 3);
    }

    private void takeDetail(String detail) {
        int arrow = detail.indexOf(RESULT);
        if (arrow >= 0) {
            examples.add(new Example(detail.substring(0, arrow), detail.substring(arrow + RESULT.length())));
        } else if (text.isEmpty()) {
            text = detail;
        } else {
            throw damaged("a description is one line; '" + detail + "' is neither that nor an example");
        }
    }

    private void endFunction() {
        if (name == null) {
            return;
        }
        if (text.isEmpty() || examples.isEmpty()) {
            throw damaged("the function " + name + " needs a description and an example");
        }
        functions.add(new Description(name, signature, text, examples));
        name = null;
        text = "";
        examples.clear();
    }

    private RivuletException damaged(String what) {
        return ErrorCode.INTERNAL.error(file + ":" + line + ": " + what);
    }
}
