package dev.comuta.call.hook;

import dev.comuta.call.CallRef;
import dev.comuta.call.Calls;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.plan.CallInput;
import java.time.Duration;
import java.util.List;

/** The steps of calls without a server, as texts. */
public final class TestSteps {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private TestSteps() {}

    /** The hooks of calls, with detours. */
    public static CallHooks hooks(Calls calls, Detour... detours) {
        return new CallHooks(calls, List.of(detours));
    }

    /** The steps at a position. */
    public static String next(Calls calls, CallRef call, String position) {
        return after(calls, call, new Hook(Hook.Kind.NEXT, call.callId(), position), new CallInput.Nothing());
    }

    /** The steps after digits. */
    public static String digits(Calls calls, CallRef call, String position, String digits) {
        return after(calls, call, new Hook(Hook.Kind.GATHERED, call.callId(), position), new CallInput.Digits(digits));
    }

    private static String after(Calls calls, CallRef call, Hook hook, CallInput input) {
        return hooks(calls)
                .after(call, hook, input)
                .await()
                .atMost(PATIENCE)
                .verbs()
                .toString();
    }
}
