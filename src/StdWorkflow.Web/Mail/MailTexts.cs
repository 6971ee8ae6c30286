namespace StdWorkflow.Web.Mail;

/// <summary>What every mail says around its own words.</summary>
public sealed class MailTexts;
