package dev.comuta.channel.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.comuta.alert.TestAlerts;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import dev.comuta.channel.TestChannels;
import dev.comuta.channel.template.TemplateCatalogue.ProviderTemplate;
import dev.comuta.channel.template.TemplateReports.TemplateReport;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestClaims;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Templates between the provider's catalogue and the table, over a real database. */
class TemplateHandlerTest {

    private static final Provider PROVIDER = Provider.of("ComModelos");

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final Shelf shelf = new Shelf();
    private final TemplateStore store = new TemplateStore();
    private final TemplateHandler handler = new TemplateHandler(
            new Catalogues(List.of(shelf)),
            TestChannels.forSending(transactions.service(), List.of(PROVIDER)),
            store,
            transactions.service(),
            new Tasks());

    /** A provider that keeps templates. */
    private static final class Shelf implements TemplateCatalogue {

        private final List<ProviderTemplate> kept = new ArrayList<>();
        private int created;
        private boolean reports = true;

        @Override
        public boolean reportsReviews() {
            return reports;
        }

        @Override
        public Provider provider() {
            return PROVIDER;
        }

        @Override
        public Uni<List<ProviderTemplate>> list(OutboundChannel channel) {
            return Uni.createFrom().item(List.copyOf(kept));
        }

        @Override
        public Uni<ProviderTemplate> find(OutboundChannel channel, String name, String language) {
            return Uni.createFrom()
                    .item(kept.stream()
                            .filter(one -> one.name().equals(name))
                            .findFirst()
                            .orElse(null));
        }

        @Override
        public Uni<ProviderTemplate> create(OutboundChannel channel, ProviderTemplate template) {
            created++;
            ProviderTemplate made = template("id-" + template.name(), template.name(), TemplateStatus.PENDING, "Olá");
            kept.add(made);
            return Uni.createFrom().item(made);
        }

        @Override
        public Uni<Void> delete(OutboundChannel channel, ProviderTemplate template) {
            kept.removeIf(one -> one.name().equals(template.name()));
            return Uni.createFrom().voidItem();
        }
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Provider, Status)
                values (1, 'WhatsApp', '+551130000001', 'ComModelos', 'Ativo')""");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void forgetTemplates() {
        postgres.query("delete from Templates");
    }

    @Test
    void readingReplacesWhatIsKnownAndDeletesWhatIsGone() {
        shelf.kept.add(template("1", "visita", TemplateStatus.APPROVED, "Olá"));
        shelf.kept.add(template("2", "promo", TemplateStatus.PENDING, "Oferta"));
        sync();
        shelf.kept.clear();
        shelf.kept.add(template("1", "visita", TemplateStatus.PAUSED, "Olá, {{1}}"));
        sync();

        assertEquals(
                List.of("promo Excluído 0", "visita Pausado 1"),
                postgres
                        .query("select Name || ' ' || Status || ' ' || Version as t from Templates order by Name")
                        .stream()
                        .map(row -> row.get("t"))
                        .toList());
    }

    @Test
    void aCreationThatIsRepeatedCreatesOneTemplate() {
        long templateId = insert("nova", null, "Pendente");

        run(TemplateTasks.CREATE, "templateId", templateId);
        run(TemplateTasks.CREATE, "templateId", templateId);

        assertEquals(1, shelf.created);
        assertEquals("id-nova", postgres.value("select ProviderID from Templates where TemplateID = ?", templateId));
    }

    @Test
    void asksForTheResultOfAReviewThatTheProviderDoesNotReport() {
        shelf.reports = false;
        long templateId = insert("nova", null, "Pendente");

        run(TemplateTasks.CREATE, "templateId", templateId);
        run(TemplateTasks.REVIEW, "templateId", templateId);
        assertEquals(2L, reviews(), "one after the creation, and one after a review that is not over");
        shelf.kept.clear();
        shelf.kept.add(template("id-nova", "nova", TemplateStatus.APPROVED, "Olá"));
        run(TemplateTasks.REVIEW, "templateId", templateId);

        assertEquals(2L, reviews());
        assertEquals("Aprovado", postgres.value("select Status from Templates where TemplateID = ?", templateId));
    }

    private static Object reviews() {
        return postgres.value(
                "select count(*) from BackgroundTasks where TaskType = 'RevisãoModelo' and NotBefore > now()");
    }

    @Test
    void aCreationThatFailsShowsWhy() {
        long templateId = insert("nova", null, "Pendente");
        ClaimedTask task = task(TemplateTasks.CREATE, "templateId", templateId);

        transactions
                .service()
                .statementsInTenant(1, tx -> handler.onFailed(tx, task, "Meta responded 400, code 100"))
                .await()
                .indefinitely();

        assertEquals(
                "Falhou Meta responded 400, code 100",
                postgres.value("select Status || ' ' || Reason from Templates where TemplateID = ?", templateId));
    }

    @Test
    void reportsChangeStateQualityAndCategoryAndAPauseRaisesAnAlert() {
        long templateId = insert("visita", "77", "Aprovado");
        TemplateReports reports = new TemplateReports(transactions.service(), store, TestAlerts.stored());

        reports.apply(
                        PROVIDER,
                        null,
                        List.of(
                                new TemplateReport("77", null, TemplateQuality.LOW, null, null),
                                new TemplateReport("77", null, null, TemplateCategory.MARKETING, null),
                                new TemplateReport("78", TemplateStatus.PAUSED, null, null, null),
                                new TemplateReport("77", TemplateStatus.PAUSED, null, null, "FIRST_PAUSE")))
                .await()
                .indefinitely();

        assertEquals(
                "Pausado Baixa Marketing FIRST_PAUSE",
                postgres.value(
                        "select concat_ws(' ', Status, Quality, Category, Reason) from Templates where TemplateID = ?",
                        templateId));
        assertEquals(1L, postgres.value("select count(*) from Alerts where Cause = ?", "modelo/" + templateId));
    }

    private void sync() {
        run(TemplateTasks.SYNC, "channelId", 1);
    }

    private void run(TaskType type, String name, long id) {
        Outcome outcome = handler.run(task(type, name, id)).await().indefinitely();
        transactions
                .service()
                .statementsInTenant(
                        1, assertInstanceOf(Outcome.Done.class, outcome).effects()::write)
                .await()
                .indefinitely();
    }

    private static ClaimedTask task(TaskType type, String name, long id) {
        long taskId = (long) postgres.value("""
                insert into BackgroundTasks (ClientID, TaskType, RequestData)
                values (1, ?, jsonb_build_object(?::text, ?::bigint)) returning TaskID""", type.stored(), name, id);
        return TestClaims.claim(transactions.service(), type, taskId).getFirst();
    }

    private static long insert(String name, String providerId, String status) {
        return (long) postgres.value("""
                insert into Templates (ClientID, ChannelID, Name, Language, Category, Status, Components, ProviderID)
                values (1, 1, ?, 'pt_BR', 'Utilidade', ?, '{"parts": []}', ?) returning TemplateID""", name, status, providerId);
    }

    private static ProviderTemplate template(String id, String name, TemplateStatus status, String text) {
        TemplateComponent body = new TemplateComponent("BODY", null, text, List.of(), List.of());
        return new ProviderTemplate(id, name, "pt_BR", TemplateCategory.UTILITY, status, null, null, List.of(body));
    }
}
