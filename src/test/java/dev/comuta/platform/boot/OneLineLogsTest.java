package dev.comuta.platform.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class OneLineLogsTest {

    private static final PatternFormatter TEXT = new PatternFormatter("%m");

    @Test
    void keepsAForgedLineInTheMessage() {
        ExtLogRecord record = new ExtLogRecord(Level.WARN, "refused: %s", ExtLogRecord.FormatStyle.PRINTF, "test");
        record.setParameters(new Object[] {"x\r\n2026-01-01 INFO  all is well\u001b[2J\u2028\u202e"});

        assertTrue(new OneLineLogs().isLoggable(record));
        assertEquals(
                "refused: x  2026-01-01 INFO  all is well [2J  ",
                TEXT.formatMessage(record),
                "one line, without what a terminal obeys");
    }

    @Test
    void doesNotChangeOtherMessages() {
        ExtLogRecord record =
                new ExtLogRecord(Level.INFO, "%d tasks, 100 % of ação", ExtLogRecord.FormatStyle.NO_FORMAT, "t");

        new OneLineLogs().isLoggable(record);
        assertEquals("%d tasks, 100 % of ação", TEXT.formatMessage(record));
    }
}
