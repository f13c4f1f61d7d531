package dev.comuta.session;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Values of Sessions.SessionType. */
@Schema(
        name = "SessionType",
        type = SchemaType.STRING,
        enumeration = {SessionType.CONVERSATION, SessionType.CALL},
        description = "Kind of session: `Conversa` (messages) or `Chamada` (a voice call)")
final class SessionType {
    static final String CONVERSATION = "Conversa";
    static final String CALL = "Chamada";

    private SessionType() {}
}
