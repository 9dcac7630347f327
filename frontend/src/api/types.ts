/** Shapes of the HTTP API, written from its contract. Times are ISO 8601 in UTC, ids are opaque. */

export type Language = 'en' | 'es';
export type BoxName = 'inbox' | 'sent' | 'archived';

export interface FieldProblem {
  pointer: string;
  code: string;
  detail: string;
}

/** `application/problem+json` (RFC 9457): `code` is stable, `detail` says what to do next (PLT-3). */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id?: string;
  errors?: FieldProblem[];
}

export interface Contact {
  topic: string;
  phone: string | null;
  email: string | null;
}

export interface Plan {
  name: string;
  time_zone: string;
  helpdesk: { phone: string; hours: string };
  contacts: Contact[];
  confidentiality_notice: string;
  sharing_notice: string;
}

export type MemberRole = 'local_administrator' | 'backup_administrator' | 'general_user';

export interface Session {
  user: { id: string; name: string; email: string; language: Language };
  membership: null | {
    id: string;
    organization: { id: string; name: string };
    role: MemberRole;
    access_levels: string[];
  };
  staff: null | { roles: string[]; departments: { id: string; name: string }[] };
  seconds_left: number;
  warning_seconds: number;
}

export interface Mailbox {
  id: string;
  name: string;
  kind: 'membership' | 'department';
  unread: number;
}

export interface BoxRow {
  message_id: string;
  thread_id: string;
  subject: string;
  party: string;
  urgent: boolean;
  has_attachments: boolean;
  received_at: string;
  unread: boolean;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface Party {
  id: string;
  kind: 'member' | 'department';
  name: string;
}

export interface Attachment {
  id: string;
  file_name: string;
  content_type: string;
  size: number;
}

export interface Message {
  id: string;
  from: Party;
  to: Party[];
  cc: Party[];
  text: string;
  urgent: boolean;
  sent_at: string;
  box: BoxName;
  unread: boolean;
  attachments: Attachment[];
}

export interface Thread {
  thread_id: string;
  subject: string;
  organization: null | { id: string; name: string };
  messages: Message[];
  next_cursor: string | null;
}

export type RecipientKind = 'department' | 'member';

export interface Recipient {
  id: string;
  kind: RecipientKind;
  name: string;
  category: string;
  description: string;
}

export interface RecipientPage extends Page<Recipient> {
  total: number | null;
}

export interface NewMessage {
  to: string[];
  cc: string[];
  subject: string;
  text: string;
  urgent: boolean;
  upload_ids: string[];
}

export interface NewReply {
  message_id: string;
  text: string;
  urgent: boolean;
  all: boolean;
  upload_ids: string[];
}

export interface SentMessage {
  message_id: string;
  thread_id: string;
}

export interface NewUpload {
  mailbox_id: string;
  file_name: string;
  content_type: string;
  size: number;
  sha256: string;
}

export interface UploadForm {
  upload_id: string;
  url: string;
  fields: Record<string, string>;
}

export type RefusalReason = 'infected' | 'wrong_type' | 'wrong_content' | 'not_checked';

export interface Upload {
  id: string;
  file_name: string;
  content_type: string;
  size: number;
  state: 'waiting' | 'checking' | 'ready' | 'refused';
  reason: RefusalReason | null;
}

export interface DownloadLink {
  url: string;
  expires_in: number;
}
