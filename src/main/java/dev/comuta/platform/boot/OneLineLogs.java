package dev.comuta.platform.boot;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Removes control characters from log messages, so that quoted input cannot forge a log line or control a terminal. */
@LoggingFilter(name = "one-line")
public final class OneLineLogs implements Filter {

    private static final Formatter TEXT = new PatternFormatter("%m");
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    /** Accepts every record, with its message on one line. */
    @Override
    public boolean isLoggable(LogRecord record) {
        if (record instanceof ExtLogRecord extended) {
            String message = TEXT.formatMessage(extended);
            if (message != null && CONTROL.matcher(message).find()) {
                extended.setMessage(clean(message), ExtLogRecord.FormatStyle.NO_FORMAT);
            }
        }
        return true;
    }

    static String clean(String message) {
        return CONTROL.matcher(message).replaceAll(" ");
    }
}
