namespace StdWorkflow.Web.Features.Account;

/// <summary>The words of signing in, of one's own account, and of the mails about it.</summary>
public sealed class AccountTexts;
