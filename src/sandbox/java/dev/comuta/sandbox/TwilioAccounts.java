package dev.comuta.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The accounts at the simulated Twilio, with their tokens and numbers. */
public final class TwilioAccounts {

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    TwilioAccounts() {}

    /** An account with its numbers. */
    record Account(String sid, String authToken, Set<String> numbers) {

        private Account with(Account other) {
            Set<String> all = new TreeSet<>(numbers);
            all.addAll(other.numbers);
            return new Account(sid, other.authToken, all);
        }

        private boolean isIn(String authorization) {
            byte[] login = (sid + ":" + authToken).getBytes(StandardCharsets.UTF_8);
            return authorization.equals("Basic " + Base64.getEncoder().encodeToString(login));
        }
    }

    /** Registers an account, or one more number of it. */
    public void register(String accountSid, String authToken, String number) {
        accounts.merge(accountSid, new Account(accountSid, authToken, Set.of(number)), Account::with);
    }

    /** The token that signs the requests of an account. */
    public String authToken(String accountSid) {
        return accounts.get(accountSid).authToken();
    }

    /** The numbers of an account; none of an unknown one. */
    public Set<String> numbers(String accountSid) {
        return accounts.containsKey(accountSid) ? accounts.get(accountSid).numbers() : Set.of();
    }

    /** The account that has a number. */
    public Optional<String> owner(String number) {
        return accounts.values().stream()
                .filter(account -> account.numbers().contains(number))
                .map(Account::sid)
                .findFirst();
    }

    /** Whether the request has the credentials of this account. */
    public boolean admits(Exchange exchange, String accountSid) {
        Account account = accounts.get(accountSid);
        return account != null && account.isIn(exchange.header("authorization"));
    }

    /** The account of the request's credentials, or null. */
    Account of(Exchange exchange) {
        return accounts.values().stream()
                .filter(account -> account.isIn(exchange.header("authorization")))
                .findFirst()
                .orElse(null);
    }

    /** The account, when the request has its credentials; else null. */
    Account of(Exchange exchange, String accountSid) {
        return admits(exchange, accountSid) ? accounts.get(accountSid) : null;
    }
}
