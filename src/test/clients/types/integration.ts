// What an integrator writes with the types that openapi-typescript makes of the description: ids are read and sets of words
// are narrowed without "!" and without a cast. Each @ts-expect-error is a mistake that the types must refuse.
import type { components, paths } from "./comuta.js";

type Schemas = components["schemas"];
type Ok<O extends { responses: object }, S extends keyof O["responses"]> = O["responses"][S] extends {
    content: { "application/json": infer B };
}
    ? B
    : never;

// Ids are numbers that are always there.
type Created = Ok<paths["/clients/{clientId}/channels"]["post"], 201>;
export const idsOf = (channel: Created): number[] => [channel.clientId, channel.channelId];
export const secretOf = (channel: Created): string => channel.webhookSecret;
export const keyOf = (key: Ok<paths["/clients/{clientId}/api-keys"]["post"], 201>): string => key.key;
export const idsOfPage = (page: Schemas["SessionPage"]): number[] => page.items.map((session) => session.sessionId);

// What may be null says so.
export const brokerOf = (session: Schemas["Session"]): number | null => session.userId;
// @ts-expect-error a session may have no broker
export const brokerOrNone = (session: Schemas["Session"]): number => session.userId;

// A closed set is complete: every case is handled, and no other word is accepted.
export function isDone(message: Schemas["Message"]): boolean {
    switch (message.status) {
        case "Pendente":
        case "Enviada":
            return false;
        case "Entregue":
        case "Lida":
        case "Falhou":
        case "Incerta":
        case "Cancelada":
        case null:
            return true;
    }
}
export const filter: paths["/clients/{clientId}/tasks"]["get"]["parameters"]["query"] = {
    status: "Falhou",
    taskType: "a type of a later version",
};
export const wrongFilter: paths["/clients/{clientId}/tasks"]["get"]["parameters"]["query"] = {
    // @ts-expect-error no state of a task
    status: "Failed",
};
export const user: Schemas["UserFields"] = { userName: "João Correia", userRole: "Corretor" };
// @ts-expect-error no role of a user
export const wrongUser: Schemas["UserFields"] = { userName: "João Correia", userRole: "Broker" };

// The type of an event decides its data, and an event of a later version has a place.
export function idOf(event: Schemas["Event"]): string | undefined {
    switch (event.eventType) {
        case "MensagemRecebida":
        case "MensagemFalhou":
            return event.eventData.MessageID;
        case "TarefaFalhou":
            return event.eventData.TaskID;
        case "OtherEvent":
            return JSON.stringify(event.eventData?.["CallID"]);
        default:
            return undefined;
    }
}
export function wrongId(event: Schemas["Event"]): string | undefined {
    // @ts-expect-error a received message names no task
    return event.eventType === "MensagemRecebida" ? event.eventData.TaskID : undefined;
}
