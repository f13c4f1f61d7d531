package dev.comuta.call.hook;

import dev.comuta.call.answer.Hook;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** A hook in the query of a URL. The provider signs the URL, or the channel of the hook is checked. */
public final class HookQuery {

    /** Query parameter: our id of the channel. */
    public static final String CHANNEL = "channel";

    private static final String CALL = "call";
    private static final String HOOK = "hook";
    private static final String POSITION = "at";
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final Pattern POSITIONS = Pattern.compile("[a-z0-9-]{0,40}");

    private HookQuery() {}

    /** The query of a hook, without a question mark. */
    public static String of(long channelId, Hook hook) {
        String query = CHANNEL + "=" + channelId + "&" + CALL + "=" + hook.callId() + "&" + HOOK + "="
                + hook.kind().name().toLowerCase(Locale.ROOT);
        return hook.position().isEmpty() ? query : query + "&" + POSITION + "=" + hook.position();
    }

    /** {@return the hook of a query, or null when it has none} */
    public static Hook read(UnaryOperator<String> parameter) {
        Long call = id(parameter.apply(CALL));
        String position = parameter.apply(POSITION) == null ? "" : parameter.apply(POSITION);
        return call == null || !POSITIONS.matcher(position).matches()
                ? null
                : Arrays.stream(Hook.Kind.values())
                        .filter(kind -> kind.name().equalsIgnoreCase(parameter.apply(HOOK)))
                        .findFirst()
                        .map(kind -> new Hook(kind, call, position))
                        .orElse(null);
    }

    /** {@return the channel of a query, or null when it has none} */
    public static Long channel(UnaryOperator<String> parameter) {
        return id(parameter.apply(CHANNEL));
    }

    private static Long id(String text) {
        return text == null || !ID.matcher(text).matches() ? null : Long.valueOf(text);
    }
}
