package dev.comuta.message.rule;

import dev.comuta.channel.template.TemplateStore;
import dev.comuta.people.TestPeople;
import dev.comuta.platform.db.Transactions;

/** The rules of messages without a server. */
public final class TestRules {

    private TestRules() {}

    /** The rules with the templates and consents of a database. */
    public static SendingRules rules(Transactions transactions) {
        return new SendingRules(new TemplateStore(), TestPeople.consents(transactions));
    }
}
