package dev.comuta.platform.openapi;

/** The introduction of the API description, in Markdown: the rules of every operation. */
final class ApiIntroduction {

    static final String TEXT = """
            Comuta is a communications server for many companies at once: WhatsApp messages and calls, assistants that answer
            them, and the people who take over. Everything that a company owns is under `/clients/{clientId}`.

            ## Keys

            Send `Authorization: Bearer <key>` with every request. A client key (`POST /clients/{clientId}/api-keys`) works for
            one company; every id of another company answers 404, as if it did not exist. A key has a role and can be
            narrowed to scopes; each operation names the scope and the roles that it requires. Platform keys may call every
            operation. Internal users get a key of their own by mail (`POST /sign-in/links`). A key is returned only once,
            when it is created. Webhooks of providers need no key: a signature proves them.

            ## Errors

            Every error is `application/problem+json` (RFC 9457). Decide by `type`, a URI that does not change; `detail` is for
            people. `violations` names the fields that are not valid, `traceId` finds the request in the server's logs. Retry
            503 and 429 after the seconds in `Retry-After`. After 412, read the resource and send the change to its new version. A request
            that is rejected with any other 4xx is rejected whenever it is repeated unchanged. After a 500 or a broken connection, repeat a `POST` with
            its `Idempotency-Key`.

            Every response has the trace id in `Trace-Id`. `RateLimit-Policy` and `RateLimit` (IETF draft) name the limits of requests
            that apply, and how many requests are left.

            ## Pages

            Lists return `items` in ascending order, unless the operation names another, and `next`, a cursor. Send it as `after` to get the next page; `next` is
            null on the last one. `limit` sets the size of a page, 50 when left out and at most 200. Cursors are opaque. Filters
            combine by "and". A filter value that matches nothing returns an empty page.

            ## Idempotency

            Every `POST` except webhooks and sign-in takes an `Idempotency-Key`, 1 to 255 characters of your choice, such as a
            UUID. The request is done once. For 24 hours the same request with the same key returns the same status, body,
            `Location` and `ETag`; another path or body with that key is rejected with 422. A rejected request is not stored:
            correct it and send it with the same key. Each API key has its own.

            ## Versions

            A resource that can be changed returns its version in `ETag`. Send it as `If-Match` with the change: when another
            request was faster, nothing is changed and the response is 412. Changes are JSON Merge Patches (RFC 7396), sent as
            `application/merge-patch+json` or `application/json`: a field that is left out stays, null clears it.

            ## Values

            - Ids are integers. In `eventData` they are strings of digits.
            - Times are UTC in RFC 3339 form, `2026-01-31T12:00:00Z`.
            - Phone numbers have a country code, with or without `+`: `+5511998765432`, `5511998765432`. No country is assumed, and letters are rejected. They are returned with `+` and without separators.
            - Stored values such as `Ativo` are Portuguese.
            - A response has every documented field; a field without a value is null, unless its description says that it is
              left out.

            ## Unknown values

            Responses may get new fields at any time. Some sets of values grow: they are strings with a list of known values
            (`x-known-values`), such as event types, task types, content types, channel types, providers and scopes. Ignore
            fields and values that you do not know. Sets that are an `enum` are complete for this version of the API.

            ## Events

            `eventType` decides the schema of `eventData`. An event of a type that is not listed here is an `OtherEvent`: handle
            it in the default branch. A Java client of openapi-generator needs the option `useOneOfDiscriminatorLookup`.
            """;

    private ApiIntroduction() {}
}
