namespace StdWorkflow.Web.Features.WorkItems;

/// <summary>The words of work items.</summary>
public sealed class WorkItemTexts;
