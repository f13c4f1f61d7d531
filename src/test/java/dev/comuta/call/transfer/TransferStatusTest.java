package dev.comuta.call.transfer;

import static dev.comuta.call.transfer.TransferStatus.ACCEPTED;
import static dev.comuta.call.transfer.TransferStatus.BRIDGED;
import static dev.comuta.call.transfer.TransferStatus.BRIEFING;
import static dev.comuta.call.transfer.TransferStatus.CANCELED;
import static dev.comuta.call.transfer.TransferStatus.COMPLETED;
import static dev.comuta.call.transfer.TransferStatus.FAILED;
import static dev.comuta.call.transfer.TransferStatus.REJECTED;
import static dev.comuta.call.transfer.TransferStatus.REQUESTED;
import static dev.comuta.call.transfer.TransferStatus.RINGING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every status with all news. */
class TransferStatusTest {

    /** Per news the next status of: requested, ringing, briefing, accepted, bridged. */
    private static final Map<TransferNews, List<TransferStatus>> NEXT = Map.ofEntries(
            Map.entry(TransferNews.RINGS, List.of(RINGING, RINGING, BRIEFING, ACCEPTED, BRIDGED)),
            Map.entry(TransferNews.ANSWERED, List.of(BRIEFING, BRIEFING, BRIEFING, ACCEPTED, BRIDGED)),
            Map.entry(TransferNews.ACCEPTED, List.of(ACCEPTED, ACCEPTED, ACCEPTED, ACCEPTED, BRIDGED)),
            Map.entry(TransferNews.DECLINED, List.of(REJECTED, REJECTED, REJECTED, ACCEPTED, BRIDGED)),
            Map.entry(TransferNews.UNANSWERED, List.of(FAILED, FAILED, REJECTED, FAILED, COMPLETED)),
            Map.entry(TransferNews.BRIDGED, List.of(BRIDGED, BRIDGED, BRIDGED, BRIDGED, BRIDGED)),
            Map.entry(TransferNews.LEFT, List.of(REJECTED, REJECTED, REJECTED, COMPLETED, COMPLETED)),
            Map.entry(TransferNews.CALL_ENDED, List.of(CANCELED, CANCELED, CANCELED, CANCELED, COMPLETED)),
            Map.entry(TransferNews.WITHDRAWN, List.of(CANCELED, CANCELED, CANCELED, ACCEPTED, BRIDGED)),
            Map.entry(TransferNews.REFUSED, List.of(FAILED, FAILED, FAILED, FAILED, BRIDGED)),
            Map.entry(TransferNews.OVERDUE, List.of(FAILED, FAILED, FAILED, ACCEPTED, BRIDGED)));

    @Test
    void everyStatusWithAllNews() {
        List<TransferStatus> open = List.of(REQUESTED, RINGING, BRIEFING, ACCEPTED, BRIDGED);
        assertEquals(TransferNews.values().length, NEXT.size());
        NEXT.forEach((news, next) -> {
            for (int i = 0; i < open.size(); i++) {
                assertSame(next.get(i), open.get(i).after(news), open.get(i) + " after " + news);
            }
        });
    }

    @Test
    void aFinalStatusStays() {
        for (TransferStatus end : List.of(COMPLETED, REJECTED, FAILED, CANCELED)) {
            assertTrue(end.isFinal());
            for (TransferNews news : TransferNews.values()) {
                assertSame(end, end.after(news));
            }
        }
    }

    @Test
    void aTransferOnlyMovesForwardAndRepeatedNewsChangeNothing() {
        for (TransferStatus status : TransferStatus.values()) {
            for (TransferNews news : TransferNews.values()) {
                TransferStatus next = status.after(news);
                assertTrue(next.compareTo(status) >= 0, status + " after " + news);
                assertTrue(
                        next.after(news) == next || (news == TransferNews.UNANSWERED && !next.isFinal()),
                        status + " after " + news + " twice");
            }
        }
    }

    @Test
    void theStoredValuesAreRead() {
        for (TransferStatus status : TransferStatus.values()) {
            assertSame(status, TransferStatus.of(status.stored()));
        }
    }
}
