package dev.comuta.sandbox.voice;

import java.time.Duration;

/** A leg that a Dial rings: it hears its own document first, then waits to be connected with the caller. */
final class DialedLeg {

    private final Switchboard switchboard;
    private final Call call;
    private final Fetch whisper;
    private volatile boolean ready;
    private volatile boolean bridged;
    private volatile boolean left;

    /** @param whisper the document for the called phone; null for none */
    DialedLeg(Switchboard switchboard, Call call, Fetch whisper) {
        this.switchboard = switchboard;
        this.call = call;
        this.whisper = whisper;
    }

    Call call() {
        return call;
    }

    /** Whether the phone accepts the call and is still there. */
    boolean isReady() {
        return ready && !call.isOver();
    }

    boolean isBridged() {
        return bridged;
    }

    /** Whether the connection with the caller is over. */
    boolean isOver() {
        return left || call.isOver();
    }

    /** Rings, whispers, and stays until the connection ends. A request may send the leg elsewhere. */
    void run(Duration timeout) {
        try {
            if (switchboard.ring(call, timeout)) {
                switchboard.detect(call);
                ready = whisper == null || new CallFlow(switchboard, call, true).follow(whisper);
                call.wake();
                call.await(null, () -> left ? Boolean.TRUE : null);
            }
        } catch (Call.Redirected redirected) {
            left = true;
            call.wake();
            new CallFlow(switchboard, call, false).run(redirected.target());
        } catch (Call.Ended over) {
            call.wake();
        } catch (Document.Failed failed) {
            call.carrier().error(call.sid(), failed.code(), failed.getMessage());
            call.finish(CallStatus.COMPLETED, 200);
        }
    }

    /** Connects it with the caller; false when the phone hung up in the same moment. */
    boolean bridge(Call caller) {
        if (call.isOver()) {
            return false;
        }
        bridged = true;
        call.phone().hear("bridged", caller.facts().phone());
        caller.phone().hear("bridged", call.facts().phone());
        return true;
    }

    /** Ends the leg, unless a request sent it elsewhere. */
    void end() {
        if (!left) {
            call.cancelOrComplete();
        }
    }
}
