/** The run-time values of the Office enums in use. (The type package gives names only.) */

export const AsyncResultStatus = { Succeeded: "succeeded", Failed: "failed" } as const;
export const CoercionType = { Html: "html", Text: "text" } as const;

export const EventType = {
  RecipientsChanged: "olkRecipientsChanged",
  AttachmentsChanged: "olkAttachmentsChanged",
  AppointmentTimeChanged: "olkAppointmentTimeChanged",
  SensitivityLabelChanged: "olkSensitivityLabelChanged",
  InitializationContextChanged: "olkInitializationContextChanged",
  ItemChanged: "olkItemSelectedChanged",
} as const;

export const MailboxEnums = {
  ItemType: { Message: "message", Appointment: "appointment" },
  ComposeType: { NewMail: "newMail", Reply: "reply", Forward: "forward" },
  AttachmentContentFormat: { Base64: "base64", Url: "url", Eml: "eml", ICalendar: "iCalendar" },
  AttachmentType: { File: "file", Item: "item", Cloud: "cloud" },
  RecipientType: { User: "user", ExternalUser: "externalUser", DistributionList: "distributionList", Other: "other" },
  ItemNotificationMessageType: {
    ProgressIndicator: "progressIndicator", InformationalMessage: "informationalMessage", ErrorMessage: "errorMessage", InsightMessage: "insightMessage",
  },
  ActionType: { ShowTaskPane: "showTaskPane" },
  SendModeOverride: { PromptUser: "promptUser" },
} as const;
