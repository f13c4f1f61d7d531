package dev.comuta.task;

/** A message of the broker; acknowledged when the last of its tasks is done. */
final class BrokerDelivery {

    private final Runnable acknowledge;
    private int open;

    BrokerDelivery(Runnable acknowledge) {
        this.acknowledge = acknowledge;
    }

    /** Tasks that were read from the table, with nothing to acknowledge. */
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
