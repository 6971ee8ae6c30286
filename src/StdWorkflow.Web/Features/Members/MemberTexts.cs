namespace StdWorkflow.Web.Features.Members;

/// <summary>The words of members and positions.</summary>
public sealed class MemberTexts;
