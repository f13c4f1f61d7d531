package dev.comuta.call.control;

import dev.comuta.call.CallDirection;
import dev.comuta.call.CallListener;
import dev.comuta.call.StoredCall;
import dev.comuta.call.plan.CallScript.Outgoing;
import dev.comuta.call.plan.MachineRule;
import dev.comuta.call.state.AnsweredBy;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What happens when a machine answers a call of the company: a voicemail gets the message of the call, and other machines
 * are hung up on, unless the call goes on as with a person. What was not recognized is treated as a person.
 */
@ApplicationScoped
class MachineRules implements CallListener {

    private final Tasks tasks;

    MachineRules(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public Uni<Void> detected(Tx tx, StoredCall call) {
        Outgoing outgoing = call.script() == null ? null : call.script().outgoing();
        boolean goesOn = call.direction() != CallDirection.OUTBOUND
                || outgoing == null
                || outgoing.onMachine() == MachineRule.CONNECT
                || call.state().answeredBy().isTreatedAsPerson();
        return goesOn
                ? Uni.createFrom().voidItem()
                : tasks.request(
                        tx, CallControl.task(call, order(outgoing, call.state().answeredBy())));
    }

    private static Order order(Outgoing outgoing, AnsweredBy by) {
        boolean speaks = outgoing.onMachine() == MachineRule.LEAVE_MESSAGE && by == AnsweredBy.VOICEMAIL;
        return Order.of(speaks ? Order.Kind.MESSAGE : Order.Kind.HANG_UP);
    }
}
