package dev.comuta.session;

/**
 * Reasons in the event 'SessãoEncerrada'. Database functions also write 'inatividade', 'duração' for a conversation
 * that has become too old, 'chamada encerrada', and 'mesma pessoa' when two end users are joined.
 */
enum ClosingReason {
    /** A request of the client closed it. */
    REQUEST("pedido"),
    /** It had no message for too long. */
    IDLE("inatividade"),
    /** Its end user was erased. */
    ERASURE("apagamento");

    private final String stored;

    ClosingReason(String stored) {
        this.stored = stored;
    }

    String stored() {
        return stored;
    }
}
