package dev.comuta.message.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
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

    int rows() {
        return sections.stream().mapToInt(section -> section.rows().size()).sum();
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
