namespace StdWorkflow.Web.Features.Reminders;

/// <summary>The words of reminders.</summary>
public sealed class ReminderTexts;
