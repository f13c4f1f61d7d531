package dev.comuta.task;

import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.task.OutsideWorld.Commit;
import dev.comuta.task.OutsideWorld.Kill;
import java.util.Locale;

/** The ways in which an attempt to send a message can end. */
final class SendScript {

    private SendScript() {}

    /** The providers, each with its name in the database and in the sandbox. */
    enum Vendor {
        GATEWAY("Gateway"),
        META("Meta"),
        TWILIO("Twilio");

        private final String stored;

        Vendor(String stored) {
            this.stored = stored;
        }

        String stored() {
            return stored;
        }

        /** Its name in the sandbox. */
        String simulated() {
            return stored.toLowerCase(Locale.ROOT);
        }
    }

    /** How the message is read. */
    enum Find {
        FOUND,
        DATABASE_AWAY
    }

    /** How the provider answers. */
    enum Port {
        ACCEPTS(null),
        ACCEPTS_AND_CUTS(Mode.CUT),
        ACCEPTS_AND_HANGS(Mode.MUTE),
        HANGS(Mode.HANG),
        CUTS(Mode.RESET),
        FAILS(Mode.FAIL),
        REFUSES_FOR_NOW(Mode.RATE_LIMIT);

        private final Mode fault;

        Port(Mode fault) {
            this.fault = fault;
        }

        boolean waits() {
            return this == ACCEPTS_AND_HANGS || this == HANGS;
        }

        Mode fault() {
            return fault;
        }

        /** Whether the answer says what became of the request. */
        boolean isDefinite() {
            return this == ACCEPTS || this == REFUSES_FOR_NOW;
        }
    }

    /** The script of one attempt. */
    record Attempt(Find find, Port port, Commit commit, Kill kill) {

        static final Attempt GOOD = new Attempt(Find.FOUND, Port.ACCEPTS, Commit.STORED, Kill.NEVER);

        /** Whether the engine cannot know what became of the attempt. */
        boolean leavesDoubt() {
            return kill != Kill.NEVER
                    || !port.isDefinite()
                    || commit == Commit.REFUSED
                    || commit == Commit.DATABASE_AWAY
                    || commit == Commit.DATABASE_FROZEN;
        }
    }
}
