package dev.comuta.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.channel.ChannelReports.Report;
import dev.comuta.people.consent.ReportedConsents.ReportedConsent;
import dev.comuta.people.consent.TestConsents;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What providers report about channels and people, on a real database. */
class ChannelReportsTest {

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status, Provider, ProviderID)
                select 1, 'WhatsApp', '+55113000000' || n, 'Ativo', 'Meta', '700' || n from generate_series(1, 3) n""");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Test
    void keepsTheWorstConditionUntilItsSourceReportsItsEnd() {
        report(1, ChannelCondition.LIMITED, "qualidade");
        assertEquals("Restrito", condition(1));
        report(1, ChannelCondition.BROKEN, "conta");
        report(1, ChannelCondition.BROKEN, "envio");
        report(1, ChannelCondition.LIMITED, "qualidade");
        report(1, ChannelCondition.NORMAL, "qualidade");
        assertEquals("Bloqueado", condition(1));
        report(1, ChannelCondition.NORMAL, "conta");
        assertEquals("Normal", condition(1));

        assertEquals(
                List.of("1 Resolvido", "1 Resolvido"),
                column("select Occurrences || ' ' || Status from Alerts where Cause like 'canal/1/%' order by Cause"));
    }

    @Test
    void raisesOneAlertForAllMessagesThatABrokenChannelRefuses() {
        for (int i = 0; i < 3; i++) {
            TestChannels.reports(transactions.service())
                    .broken(new ChannelRef(1, 2), "Meta responded 401, code 190")
                    .await()
                    .indefinitely();
        }

        assertEquals("Bloqueado", condition(2));
        assertEquals(
                List.of("1 Aberto"),
                column("select Occurrences || ' ' || Status from Alerts where Cause like 'canal/2/%'"));
    }

    @Test
    void remembersTheAccountOfAChannel() {
        ChannelReports reports = TestChannels.reports(transactions.service());
        reports.learnAccount(new ChannelRef(1, 3), null).await().indefinitely();
        reports.learnAccount(new ChannelRef(1, 3), "102").await().indefinitely();

        assertEquals(List.of("102"), column("select ProviderAccount from CommunicationChannels where ChannelID = 3"));
    }

    @Test
    void recordsPreferencesOnceAndInWhicheverOrderTheyArrive() {
        record(false, 100);
        record(true, 200);
        record(false, 100);
        record(true, 200);
        record(false, 150);

        assertEquals(
                List.of("Revogado", "Concedido"),
                column("select Status from Consents where Purpose = 'Marketing' order by ConsentID"));
        assertEquals(
                List.of("Concedido"),
                column("select comuta_consent(1, EndUserID, 'WhatsApp', 'Marketing') from EndUserIdentities"
                        + " where Value = '+5511955550001'"));
    }

    @Test
    void movesAPersonToTheNewNumberWithTheHistory() {
        long person = person("+5511944440001");
        postgres.query("insert into Sessions (ClientID, ChannelID, EndUserID, SessionType, ReplyTo)" + " values (1, 3, "
                + person + ", 'Conversa', '+5511944440001')");

        move("+5511944440001", "+5511944440002");
        move("+5511944440001", "+5511944440002");

        assertEquals(List.of(person), owner("+5511944440002"));
        assertEquals(List.of(), owner("+5511944440001"));
        assertEquals(
                List.of("+5511944440002"),
                column("select PhoneNumber from ClientEndUsers where EndUserID = " + person));
        assertEquals(
                1L, postgres.value("select count(*) from Sessions where EndUserID = ? and ReplyTo is null", person));
    }

    @Test
    void joinsAPersonWhoWroteFromTheNewNumberAlready() {
        long person = person("+5511944440003");
        long newer = person("+5511944440004");
        postgres.query("insert into Sessions (ClientID, ChannelID, EndUserID, SessionType)" + " values (1, 3, " + person
                + ", 'Conversa'), (1, 2, " + newer + ", 'Conversa')");

        move("+5511944440003", "+5511944440004");

        assertEquals(List.of(person), owner("+5511944440004"));
        assertEquals(List.of(), owner("+5511944440003"));
        assertEquals(2L, postgres.value("select count(*) from Sessions where EndUserID = ?", person));
        assertEquals(List.of("Inativo"), column("select Status from ClientEndUsers where EndUserID = " + newer));
    }

    private static void report(long channel, ChannelCondition condition, String source) {
        TestChannels.reports(transactions.service())
                .report(new ChannelRef(1, channel), new Report(condition, source, "teste"))
                .await()
                .indefinitely();
    }

    private static void record(boolean granted, long second) {
        ReportedConsent consent = new ReportedConsent(
                "phone",
                "+5511955550001",
                "+551155550001",
                ChannelTypes.WHATSAPP,
                ReportedConsent.MARKETING,
                granted,
                Instant.ofEpochSecond(1_700_000_000 + second));
        TestConsents.reported(transactions.service())
                .record(1, List.of(consent))
                .await()
                .indefinitely();
    }

    private static long person(String number) {
        return (Long) postgres.value("select comuta_end_user(1, 'phone', ?, ?, 'Maria', null)", number, number);
    }

    private static void move(String from, String to) {
        PhoneNumber number = new PhoneNumber(to);
        transactions
                .service()
                .statementsAsPlatform(
                        PlatformReason.ROUTING,
                        tx -> tx.find(
                                "select comuta_move_identity(3, 'phone', $1, $2, $3)",
                                row -> row.getBoolean(0),
                                from,
                                number.identityKey(),
                                number.e164()))
                .await()
                .indefinitely();
    }

    private static List<Object> owner(String number) {
        return column("select EndUserID from EndUserIdentities where Value = '" + number + "'");
    }

    private static Object condition(long channel) {
        return postgres.value("select Condition from CommunicationChannels where ChannelID = ?", channel);
    }

    private static List<Object> column(String sql) {
        return postgres.query(sql).stream()
                .map(row -> row.values().iterator().next())
                .toList();
    }
}
