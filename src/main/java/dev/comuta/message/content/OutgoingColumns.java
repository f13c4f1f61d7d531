package dev.comuta.message.content;

import dev.comuta.message.content.OptionList.Row;
import dev.comuta.message.content.OptionList.Section;
import dev.comuta.message.content.Outgoing.Button;
import dev.comuta.message.content.Outgoing.ButtonValue;
import dev.comuta.message.content.Outgoing.Header;
import dev.comuta.message.content.Outgoing.Link;
import dev.comuta.message.content.Outgoing.Options;
import dev.comuta.message.content.Outgoing.Template;
import io.vertx.core.json.JsonObject;

/** Reads {@link Outgoing} from the columns, as {@link ContentColumns} reads other content. */
final class OutgoingColumns {

    private OutgoingColumns() {}

    static Options options(String text, JsonObject fields) {
        return new Options(
                text,
                ContentColumns.text(fields, "header"),
                ContentColumns.text(fields, "footer"),
                ContentColumns.objects(fields, "buttons")
                        .map(button ->
                                new Button(ContentColumns.text(button, "id"), ContentColumns.text(button, "title")))
                        .toList(),
                fields.getValue("list") instanceof JsonObject list ? menu(list) : null,
                fields.getValue("link") instanceof JsonObject link
                        ? new Link(ContentColumns.text(link, "title"), ContentColumns.text(link, "url"))
                        : null);
    }

    private static OptionList menu(JsonObject list) {
        return new OptionList(
                ContentColumns.text(list, "button"),
                ContentColumns.objects(list, "sections")
                        .map(section -> new Section(
                                ContentColumns.text(section, "title"),
                                ContentColumns.objects(section, "rows")
                                        .map(OutgoingColumns::row)
                                        .toList()))
                        .toList());
    }

    private static Row row(JsonObject row) {
        return new Row(
                ContentColumns.text(row, "id"),
                ContentColumns.text(row, "title"),
                ContentColumns.text(row, "description"));
    }

    static Template template(String text, JsonObject fields) {
        return new Template(
                ContentColumns.text(fields, "name"),
                ContentColumns.text(fields, "language"),
                text,
                fields.getValue("header") instanceof JsonObject header ? header(header) : null,
                ContentColumns.texts(fields, "body"),
                ContentColumns.objects(fields, "buttons")
                        .map(button -> new ButtonValue(
                                button.getValue("index") instanceof Number index ? index.intValue() : 0,
                                ContentColumns.text(button, "type"),
                                ContentColumns.text(button, "value")))
                        .toList());
    }

    private static Header header(JsonObject header) {
        return new Header(
                ContentColumns.text(header, "text"),
                ContentColumns.text(header, "contentType"),
                ContentColumns.file(header));
    }
}
