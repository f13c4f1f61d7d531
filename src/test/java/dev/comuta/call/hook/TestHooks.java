package dev.comuta.call.hook;

import dev.comuta.call.Calls;

/** The steps of calls without a server. */
public final class TestHooks {

    private TestHooks() {}

    public static CallHooks hooks(Calls calls) {
        return new CallHooks(calls);
    }
}
