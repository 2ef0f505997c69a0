/** Ready-made drafts, assessments and policies; each test names only what it is about. */

import type { Assessment, Finding, Obligation, Place, Reason } from "../../addin/src/contract/assessment.ts";
import type { Draft, Recipient } from "../../addin/src/contract/draft.ts";
import type { ForwardRequest, ForwardStanding, RequestedRecipient } from "../../addin/src/contract/forward.ts";
import type { Policy } from "../../addin/src/contract/policy.ts";
import type { DirectoryPerson, RecipientCheck, RecipientChecks, RecipientConcern } from "../../addin/src/contract/recipients.ts";
import { INITIAL_STATE, type PaneState } from "../../addin/src/assessment/state.ts";

export function draft(fields: Partial<Draft> = {}): Draft {
  return {
    kind: "message",
    compose_type: "new",
    subject: "Hej",
    body: "<p>Hej!</p>",
    body_format: "html",
    sender: { address: "anna.alm@example.se", name: "Anna Alm" },
    recipients: [],
    attachments: [],
    conversation_id: null,
    in_reply_to: null,
    label: null,
    location: "",
    start: null,
    end: null,
    session: null,
    ...fields,
  };
}

export function recipient(address: string, fields: Partial<Recipient> = {}): Recipient {
  return { address, name: "", role: "to", ...fields };
}

export function finding(fields: Partial<Finding> = {}): Finding {
  return {
    category: "health",
    rule: "health.diagnosis",
    part: "body",
    start: 0,
    end: 4,
    excerpt: "ad••",
    about_person: true,
    confidence: 0.9,
    explanation: "Texten nämner en diagnos.",
    source: ["M1"],
    ...fields,
  };
}

export function place(number: number | null, fields: Partial<Place> = {}): Place {
  const start = (number ?? 0) * 100;
  return { part: "body", start, end: start + 50, number, ...fields };
}

/** A reason for the finding with this index, in the sentence of the same number. */
export function reason(rule: string, index = 0, fields: Partial<Reason> = {}): Reason {
  const where = place(index + 1);
  return {
    text: `Om ${rule}.`, categories: [rule.split(".")[0] ?? ""], findings: [index], rules: [rule],
    sentence: where, places: [where], confidence: 0.9, role: "decides", ...fields,
  };
}

export function obligation(code: Obligation["code"], fields: Partial<Obligation> = {}): Obligation {
  return { code, met: false, text: "Gör så här.", source: ["M4"], decision: "block", ground: null, ...fields };
}

export function assessment(fields: Partial<Assessment> = {}): Assessment {
  return {
    id: "a-1",
    label: "none",
    confidence: 0.9,
    categories: [],
    findings: [],
    reasons: [],
    lowering: [],
    obligations: [],
    send_decision: "allow",
    verdict: "signed",
    summary: "",
    ...fields,
  };
}

export function directoryPerson(fields: Partial<DirectoryPerson> = {}): DirectoryPerson {
  return {
    kind: "person", address: "bo.berg@example.se", name: "Bo Berg", title: "", department: "", office: "", company: "", manager: "",
    enabled: true, guest: false, committee: "", branch: "", ...fields,
  };
}

/** A verified colleague who needs no thought, unless the fields say otherwise. */
export function recipientCheck(address: string, fields: Partial<RecipientCheck> = {}): RecipientCheck {
  return {
    address, verdict: "verified", reason: null, decision: "allow", person: null, members: null, mail_tips: null, resembles: "",
    organisation: "", concerns: [], meant: [], advice: "", advice_en: "", needs_thought: false, ...fields,
  };
}

export function concern(code: string, fields: Partial<RecipientConcern> = {}): RecipientConcern {
  return { code, decision: "prompt", text: `Om ${code}.`, text_en: `On ${code}.`, ...fields };
}

export function recipientChecks(each: readonly RecipientCheck[], fields: Partial<RecipientChecks> = {}): RecipientChecks {
  return { each, concerns: [], to_confirm: "each", ...fields };
}

export function forwardRequest(fields: Partial<ForwardRequest> = {}): ForwardRequest {
  return {
    id: "r1", status: "pending", approved_recipients: [], recipients: [requested("bo.berg@example.se")], reason: "same_case",
    asked_at: "2026-12-01T10:00:00Z", expires_at: "2026-12-03T10:00:00Z", decided_at: null, answer: "", decider: "", ...fields,
  };
}

export function requested(address: string, fields: Partial<RequestedRecipient> = {}): RequestedRecipient {
  return { address, name: "", verdict: "verified", approved: false, ...fields };
}

/** A flagged thread that a forward comes out of. */
export function forwardStanding(fields: Partial<ForwardStanding> = {}): ForwardStanding {
  return { thread_flagged: true, thread_label: "kanslig", counts: true, signals: ["compose_type"], request: null, ...fields };
}

export function policy(fields: Partial<Policy> = {}): Policy {
  const label = (id: "none" | "kanslig" | "mycket_kanslig", name: string, name_en: string): Policy["labels"][number] => ({
    id, name, name_en, color: "#9a4a00", classification: [{ aspect: "Konfidentialitet", level: "Betydande" }], channel: "sefos", assurance: "LOA2",
  });
  return {
    id: "standard",
    version: "1",
    name: "Standard",
    labels: [label("none", "Ingen", "None"), label("kanslig", "Känslig", "Sensitive"), label("mycket_kanslig", "Mycket känslig", "Highly sensitive")],
    categories: [{ id: "health", name: "Hälsa", name_en: "Health" }],
    grounds: {
      personnummer: [{ code: "consent", text: "Samtycke", text_en: "Consent" }],
      sensitive: [{ code: "health_social_care", text: "Vård", text_en: "Care" }],
      photo: [{ code: "agreement", text: "Avtal", text_en: "Agreement" }],
    },
    reasons: [
      { code: "same_case", text: "Samma ärende", text_en: "The same case", source: "OSL 8 kap. 2 §" },
      { code: "consent_12_2", text: "Samtycke", text_en: "Consent", source: "OSL 12 kap. 2 §" },
    ],
    sources: [{ id: "M1", document: "Anvisningar", section: "Definition", text: "Vad som är känsligt." }],
    channels: [
      { id: "sefos", name: "Sefos", url: "https://sefos.example/", kind: "message" },
      { id: "secure_meeting", name: "Secure meeting", url: "https://securemeeting.example/", kind: "meeting" },
    ],
    ...fields,
  };
}

export function state(fields: Partial<PaneState> = {}): PaneState {
  return { ...INITIAL_STATE, policy: policy(), ...fields };
}
