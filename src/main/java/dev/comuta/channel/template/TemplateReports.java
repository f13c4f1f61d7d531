package dev.comuta.channel.template;

import dev.comuta.alert.Alerts;
import dev.comuta.channel.Provider;
import dev.comuta.channel.template.TemplateStore.Changed;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Applies what a provider reports about templates: state, quality, category. */
@ApplicationScoped
public class TemplateReports {

    private static final Set<TemplateStatus> UNUSABLE =
            EnumSet.of(TemplateStatus.REJECTED, TemplateStatus.PAUSED, TemplateStatus.DISABLED);

    private final Transactions transactions;
    private final TemplateStore store;
    private final Alerts alerts;

    TemplateReports(Transactions transactions, TemplateStore store, Alerts alerts) {
        this.transactions = transactions;
        this.store = store;
        this.alerts = alerts;
    }

    /**
     * A report about one template.
     *
     * @param providerId the provider's id of the template
     * @param status null when the report is not about the state
     * @param quality null when the report is not about the quality
     * @param category null when the report is not about the category
     * @param reason why the state changed, in the provider's words; null for none
     */
    public record TemplateReport(
            String providerId,
            TemplateStatus status,
            TemplateQuality quality,
            TemplateCategory category,
            String reason) {}

    /**
     * Applies reports in their order, each to the template in all channels that have it. A report about an unknown
     * template changes nothing. A template that cannot be sent any more raises an alert of its client. The result is
     * emitted after the commit; when it fails, the reports may be repeated.
     *
     * @param clientId the client whose templates may be reported; null for all
     */
    public Uni<Void> apply(Provider provider, Long clientId, List<TemplateReport> reports) {
        return reports.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.statementsAsPlatform(
                        PlatformReason.ROUTING,
                        tx -> InOrder.each(reports, report -> store.apply(tx, provider, clientId, report)
                                .chain(changed -> alert(tx, report, changed))));
    }

    private Uni<Void> alert(Tx tx, TemplateReport report, List<Changed> changed) {
        return Unis.when(
                report.status() != null && UNUSABLE.contains(report.status()),
                () -> InOrder.each(
                        changed,
                        template -> alerts.raise(
                                tx,
                                template.clientId(),
                                null,
                                "modelo/" + template.templateId(),
                                "O modelo " + template.name() + " não pode ser enviado: o provedor informou o estado '"
                                        + report.status().stored() + "'")));
    }
}
