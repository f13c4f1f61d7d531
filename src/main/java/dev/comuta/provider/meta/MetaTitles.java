package dev.comuta.provider.meta;

import java.util.Map;

/** Titles of Meta's error codes, as statuses have them. Responses have only the code. */
final class MetaTitles {

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(0, "AuthException"),
            Map.entry(1, "API Unknown"),
            Map.entry(2, "API Service"),
            Map.entry(3, "API Method"),
            Map.entry(4, "API Too Many Calls"),
            Map.entry(10, "Permission Denied"),
            Map.entry(33, "Parameter value is not valid"),
            Map.entry(100, "Invalid parameter"),
            Map.entry(190, "Access token has expired"),
            Map.entry(368, "Temporarily blocked for policies violations"),
            Map.entry(80_007, "Rate limit issues"),
            Map.entry(130_429, "Rate limit hit"),
            Map.entry(130_472, "User's number is part of an experiment"),
            Map.entry(130_497, "Business account is restricted from messaging users in this country"),
            Map.entry(131_000, "Something went wrong"),
            Map.entry(131_005, "Access denied"),
            Map.entry(131_008, "Required parameter is missing"),
            Map.entry(131_009, "Parameter value is not valid"),
            Map.entry(131_016, "Service unavailable"),
            Map.entry(131_021, "Recipient cannot be sender"),
            Map.entry(131_026, "Message undeliverable"),
            Map.entry(131_030, "Recipient phone number not in allowed list"),
            Map.entry(131_031, "Account has been locked"),
            Map.entry(131_037, "Display name of the phone number is not approved"),
            Map.entry(131_042, "Business eligibility payment issue"),
            Map.entry(131_044, "Business eligibility payment issue"),
            Map.entry(131_045, "Incorrect certificate"),
            Map.entry(131_047, "Re-engagement message"),
            Map.entry(131_048, "Spam rate limit hit"),
            Map.entry(131_049, "Message not delivered to maintain healthy ecosystem engagement"),
            Map.entry(131_050, "User has stopped marketing messages"),
            Map.entry(131_051, "Unsupported message type"),
            Map.entry(131_052, "Media download error"),
            Map.entry(131_053, "Media upload error"),
            Map.entry(131_056, "(Business Account, Consumer Account) pair rate limit hit"),
            Map.entry(131_057, "Account in maintenance mode"),
            Map.entry(131_062, "Recipient's business-scoped user id is not supported"),
            Map.entry(131_063, "Marketing templates are disabled for Cloud API"),
            Map.entry(131_064, "Messaging limit reached because of template classification violations"),
            Map.entry(132_000, "Template param count mismatch"),
            Map.entry(132_001, "Template does not exist"),
            Map.entry(132_005, "Template hydrated text too long"),
            Map.entry(132_007, "Template format character policy violated"),
            Map.entry(132_008, "Template parameter value is not valid"),
            Map.entry(132_012, "Template parameter format mismatch"),
            Map.entry(132_015, "Template is paused"),
            Map.entry(132_016, "Template is disabled"),
            Map.entry(132_068, "Flow is blocked"),
            Map.entry(132_069, "Flow is throttled"),
            Map.entry(133_004, "Server temporarily unavailable"),
            Map.entry(133_010, "Phone number not registered"),
            Map.entry(133_016, "Account register deregister rate limit exceeded"),
            Map.entry(135_000, "Generic user error"),
            Map.entry(137_000, "Recipient identity key does not match"));

    private MetaTitles() {}

    /** The title of a code; null for a code that is not known. */
    static String of(int code) {
        return MetaErrors.isPermission(code) ? "API Permission" : TITLES.get(code);
    }
}
