package dev.comuta.task;

/** One message of the broker on its way through a lane; acknowledged with the last of its tasks. */
final class Delivery {

    private final Runnable acknowledge;
    private int open;

    Delivery(Runnable acknowledge) {
        this.acknowledge = acknowledge;
    }

    /** Tickets that came from the table: there is nothing to acknowledge. */
    static Delivery fromTable(int tickets) {
        Delivery delivery = new Delivery(() -> {});
        delivery.expect(tickets);
        return delivery;
    }

    void expect(int tickets) {
        open = tickets;
        if (tickets == 0) {
            acknowledge.run();
        }
    }

    void done() {
        open--;
        if (open == 0) {
            acknowledge.run();
        }
    }
}
