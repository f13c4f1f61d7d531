package dev.comuta.call.answer;

import java.net.URI;

/** Port: the absolute URLs under which one provider reaches hooks. */
@FunctionalInterface
public interface HookUrls {

    /** The URL of a hook. */
    URI of(Hook hook);
}
