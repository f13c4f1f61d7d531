package dev.comuta.session;

/** The reasons in 'SessãoEncerrada'. Functions of the database write 'inatividade' and 'mesma pessoa' themselves. */
enum ClosingReason {
    /** A person or a system of the client closed it. */
    REQUEST("pedido"),
    /** No message for too long. */
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
