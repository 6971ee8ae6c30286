namespace StdWorkflow.Web.Features.Committees;

/// <summary>The words of committees.</summary>
public sealed class CommitteeTexts;
