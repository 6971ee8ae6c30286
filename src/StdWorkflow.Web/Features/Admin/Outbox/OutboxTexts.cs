namespace StdWorkflow.Web.Features.Admin.Outbox;

/// <summary>The words of the page of outgoing mail.</summary>
public sealed class OutboxTexts;
