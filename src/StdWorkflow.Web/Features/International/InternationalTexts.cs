namespace StdWorkflow.Web.Features.International;

/// <summary>The texts of international projects and of what files bring.</summary>
public sealed class InternationalTexts;
