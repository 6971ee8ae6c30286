namespace StdWorkflow.Web.Features.Plans;

/// <summary>The words of plans.</summary>
public sealed class PlanTexts;
