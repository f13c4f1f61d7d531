package dev.comuta.session;

import io.vertx.core.json.JsonObject;

/** Reasons in the events 'SessãoTransferida' and 'SessãoLiberada'. */
public enum HandOverReason {
    /** A request of the client. */
    REQUEST("pedido"),
    /** A person wrote in the session. */
    MESSAGE("mensagem"),
    /** No person wrote for too long. */
    NO_PERSON("inatividade"),
    /** A message arrived too late for an answer of the assistant. */
    LATE_MESSAGE("mensagem atrasada"),
    /** The assistant is silent outside of business hours. */
    OUT_OF_HOURS("fora do horário"),
    /** The assistant could not answer. */
    FAILURE("falha"),
    /** The assistant's answer came after the window for free texts. */
    WINDOW("janela encerrada"),
    /** An answer, or the session, reached a limit of the assistant. */
    LIMIT("limite"),
    /** The assistant handed the session off. */
    ASSISTANT(null);

    private final String stored;

    HandOverReason(String stored) {
        this.stored = stored;
    }

    /** Whether a person caused it, who answers from now on. */
    boolean isOfPerson() {
        return this == REQUEST || this == MESSAGE;
    }

    /** The data of the event. */
    JsonObject toJson() {
        return stored == null ? new JsonObject() : new JsonObject().put("motivo", stored);
    }
}
