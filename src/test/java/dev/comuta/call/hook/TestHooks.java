package dev.comuta.call.hook;

import dev.comuta.call.Calls;
import java.util.List;

/** The steps of calls without a server. */
public final class TestHooks {

    private TestHooks() {}

    public static CallHooks hooks(Calls calls) {
        return new CallHooks(calls, List.of());
    }
}
