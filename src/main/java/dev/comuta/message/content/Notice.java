package dev.comuta.message.content;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/** A notice of the provider about the end user, such as a changed number. */
@JsonIgnoreProperties(value = Content.TYPE, allowGetters = true)
@Schema(
        name = "NoticeContent",
        description = "A notice of the provider about the end user, for example a changed phone number",
        properties =
                @SchemaProperty(
                        name = Content.TYPE,
                        type = SchemaType.STRING,
                        description = "Kind of content",
                        enumeration = "Sistema"),
        requiredProperties = {Content.TYPE, "notice"})
public record Notice(
        @Schema(
                description = "The provider's word for it, an open set",
                nullable = true,
                examples = "user_changed_number")
        String notice,

        @Schema(description = "The provider's sentence; null when it sends none", nullable = true)
        String text)
        implements Content {

    @Override
    @JsonProperty(Content.TYPE)
    public String contentType() {
        return ContentType.NOTICE.stored();
    }

    @Override
    public String readableText() {
        return text;
    }

    @Override
    public JsonObject data() {
        return ContentColumns.data("notice", notice);
    }

    @Override
    public boolean asksForAnswer() {
        return false;
    }
}
