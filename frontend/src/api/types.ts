/** Short names for the shapes of the API document; `schema.d.ts` is generated from it. Ids are opaque. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Problem = Schemas['Problem'];
export type FieldProblem = Schemas['FieldProblem'];

export type Plan = Schemas['PlanView'];
export type Contact = Schemas['Contact'];

export type Session = Schemas['SessionView'];
/** What somebody with the right password still has to do before anything opens (CRD-2, CRD-9). */
export type Stage = NonNullable<Session['stage']>;
export type Language = Schemas['UserView']['language'];
export type MemberRole = Schemas['MembershipView']['role'];

export type OwnMembership = Schemas['OwnMembershipView'];
export type AccessLevel = Schemas['FeatureView']['access_level'];
export type AttentionItem = Schemas['AttentionItem'];

export type Mailbox = Schemas['MailboxView'];
export type BoxRow = Schemas['RowView'];
export type BoxPage = Schemas['RowsView'];
export type BoxSort = 'received' | 'party' | 'subject' | 'importance' | 'attachment';
export type Thread = Schemas['ThreadView'];
export type Message = Schemas['MessageView'];
export type BoxName = Message['box'];
export type Party = Schemas['Party'];
export type Forwarded = Schemas['Forwarded'];
export type Attachment = Schemas['AttachmentView'];

export type Recipient = Schemas['Recipient'];
export type RecipientKind = Recipient['kind'];
export type RecipientPage = Schemas['Offered'];

export type NewMessage = Schemas['MessageBody'];
export type NewReply = Schemas['ReplyBody'];
export type Sent = Schemas['Sent'];
export type MovedTo = Schemas['BoxBody']['box'];

export type NewUpload = Schemas['UploadBody'];
export type UploadForm = Schemas['Announced'];
export type Upload = Schemas['UploadView'];
