namespace StdWorkflow.Web.Features.Following;

/// <summary>Words of following.</summary>
public sealed class FollowingTexts;
