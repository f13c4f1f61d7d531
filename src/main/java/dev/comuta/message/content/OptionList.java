package dev.comuta.message.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.platform.problem.Problem.Violation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A list that opens on a button. */
@Schema(name = "OptionList", description = "A list that opens on a button; at most ten rows in all sections together")
public record OptionList(
        @NotBlank
        @Size(max = Outgoing.MAX_BUTTON)
        @Schema(description = "Title of the button", examples = "Ver horários")
        String button,

        @NotEmpty @Size(max = MAX_ROWS) @Schema(description = "Sections with the rows")
        List<@NotNull @Valid Section> sections) {

    static final int MAX_ROWS = 10;
    private static final int MAX_TITLE = 24;

    /** The sections are never null. */
    public OptionList {
        sections = sections == null ? List.of() : List.copyOf(sections);
    }

    /** {@return why the list in a field cannot be sent, or null when it can} */
    Violation objection(String field) {
        List<Choice> rows = IntStream.range(0, sections.size())
                .boxed()
                .flatMap(position -> sections.get(position).choices(field + ".sections[" + position + "]"))
                .toList();
        if (rows.size() > MAX_ROWS) {
            return new Violation(field + ".sections", "has at most " + MAX_ROWS + " rows in all sections together");
        }
        Violation untitled = sections.size() == 1
                ? null
                : TextRules.each(field + ".sections", sections, (path, section) -> section.untitled(path));
        return untitled == null ? Choice.ids(rows) : untitled;
    }

    /** A section of a list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "OptionSection", description = "A section of a list")
    public record Section(
            @Size(max = MAX_TITLE)
            @Schema(nullable = true, description = "Title; required when the list has several sections")
            String title,

            @NotEmpty @Size(max = MAX_ROWS) @Schema(description = "The rows")
            List<@NotNull @Valid Row> rows) {

        /** The rows are never null. */
        public Section {
            rows = rows == null ? List.of() : List.copyOf(rows);
        }

        private Stream<Choice> choices(String path) {
            return IntStream.range(0, rows.size())
                    .mapToObj(position -> new Choice(
                            path + ".rows[" + position + "]",
                            rows.get(position).id(),
                            rows.get(position).title()));
        }

        private Violation untitled(String path) {
            return title == null || title.isBlank()
                    ? new Violation(path + ".title", "is required when the list has several sections")
                    : null;
        }
    }

    /** A row of a list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "OptionRow", description = "A row of a list")
    public record Row(
            @NotBlank
            @Size(max = 200)
            @Schema(description = "Id, which the answer of the end user names", examples = "AP-102")
            String id,

            @NotBlank @Size(max = MAX_TITLE) @Schema(description = "Title", examples = "Apartamento 102")
            String title,

            @Size(max = 72)
            @Schema(nullable = true, description = "Second line; null for none", examples = "2 quartos, 68 m²")
            String description) {}
}
