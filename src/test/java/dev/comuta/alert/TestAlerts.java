package dev.comuta.alert;

import dev.comuta.event.Events;
import dev.comuta.task.Tasks;

/** Alerts without a server. */
public final class TestAlerts {

    private TestAlerts() {}

    /** Alerts that are stored; the tasks that mail them are requested. */
    public static Alerts stored() {
        return new Alerts(new AlertStore(), new Events(), new Tasks());
    }
}
