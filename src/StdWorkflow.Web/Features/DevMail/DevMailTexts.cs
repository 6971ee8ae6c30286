namespace StdWorkflow.Web.Features.DevMail;

/// <summary>The words of the pages that show the mail folder in Development.</summary>
public sealed class DevMailTexts;
