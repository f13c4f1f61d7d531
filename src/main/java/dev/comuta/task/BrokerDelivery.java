package dev.comuta.task;

/** One message of the broker on its way through a queue; acknowledged with the last of its tasks. */
final class BrokerDelivery {

    private final Runnable acknowledge;
    private int open;

    BrokerDelivery(Runnable acknowledge) {
        this.acknowledge = acknowledge;
    }

    /** Tickets that came from the table: there is nothing to acknowledge. */
    static BrokerDelivery fromTable(int tasks) {
        BrokerDelivery delivery = new BrokerDelivery(() -> {});
        delivery.expect(tasks);
        return delivery;
    }

    void expect(int tasks) {
        open = tasks;
        if (tasks == 0) {
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
